// recon explain: why a record matched, why it did not, or what kept two records apart.
using System.CommandLine;
using System.Text;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Sources;

namespace Recon.Cli.Commands;

static class ExplainCommand
{
    static readonly Argument<string[]> Ids = new("ID")
    {
        Description = "source:id, a bare id, a match or a break; two ids: what kept them apart",
        Arity = new ArgumentArity(1, 2),
    };

    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly Option<string?> Env = CommonOptions.Environment();
    static readonly Option<string[]> Parameters = CommonOptions.Parameters();

    internal static Command Create()
    {
        var command = new Command("explain", CommonOptions.WithExamples(
            "Explains a record: its pass, conditions and alternatives; or why it is open and what came nearest.",
            "recon explain ledger:L-2031 -w examples/card-payments",
            "recon explain ledger:L-2020 provider:ch_006 -w examples/card-payments"))
        {
            Ids, Workspace, Date, Env, Parameters,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Explain(parsed, cancellation)));
        return command;
    }

    static int Explain(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!);
        var options = CommonOptions.PackOptionsOf(parsed.GetValue(Env), parsed.GetValue(Parameters) ?? [], workspace.Calendars.Keys);
        var ids = parsed.GetValue(Ids)!;
        using var store = workspace.OpenStore();
        foreach (var directory in workspace.Packs)
        {
            using var loaded = LoadedPack.From(directory, options, cancellation).OrStop();
            var date = CommonOptions.DateOf(parsed.GetValue(Date))
                ?? (store.Runs(loaded.Pack!.Id, limit: 1) is [var newest, ..] ? newest.BusinessDate : (DateOnly?)null)
                ?? RunCommand.BusinessDateOf(null, workspace, loaded.Pack);
            var request = RunCommand.RequestOf(workspace, loaded, date, Environment.ProcessorCount, queuesPostings: true);
            var decided = new Runner(new FileSourceReader(workspace.Inputs), store).Explore(request, cancellation);
            var records = ids.Select(id => RecordSearch.Find(id, decided)).ToList();
            if (records.TrueForAll(record => record is not null))
            {
                WarnWhereChanged(store, decided);
                Print(new ExplanationSections(loaded.Pack!, decided), [.. records.OfType<FoundRecord>()]);
                return ExitCode.Fine;
            }

            if (ids.Length == 1 && PrintElsewhere(store, decided, ids[0]))
            {
                return ExitCode.Fine;
            }
        }

        throw new ReconException($"no record, match or break {string.Join(" and ", ids)} in this workspace", FaultKind.NotFound);
    }

    static void WarnWhereChanged(IRunStore store, DecidedRun decided)
    {
        var head = decided.Submission.Record.Head;
        if (store.FindByKey(head.Key) is null)
        {
            Console.Error.WriteLine(
                $"recon: pack, inputs and state as they are now were not run yet for {ResultDocument.Iso(head.BusinessDate)};"
                + " this is what a run would say");
        }
    }

    static void Print(ExplanationSections explanation, FoundRecord[] records)
    {
        var sections = records.Length == 1
            ? explanation.Of(records[0].Table, records[0].Row)
            : explanation.Between(records[0].Table, records[0].Row, records[1].Table, records[1].Row);
        foreach (var section in sections)
        {
            Terminal.Print(section);
            Console.Out.WriteLine();
        }
    }

    // Rows that are no records now: rejected ones, and those that an earlier run settled.
    static bool PrintElsewhere(IRunStore store, DecidedRun decided, string id)
    {
        var bare = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var rejects = decided.Submission.Record.Rejects.Where(reject => reject.Id is not null && (reject.Id == bare || reject.Id == id)).ToList();
        foreach (var reject in rejects)
        {
            Console.Out.WriteLine($"{reject.Source}:{reject.Id} was rejected ({reject.File}:{reject.Line}): {reject.Reason}");
        }

        if (rejects.Count > 0)
        {
            return true;
        }

        foreach (var head in store.Runs(decided.Submission.Record.Head.PackId, int.MaxValue))
        {
            var run = store.FindRun(head.Id)!;
            var matches = run.Record.Sources
                .SelectMany(source => MatchView.Of(run.Record, new RecordId(source.Name, bare)))
                .Where(match => !id.Contains(':', StringComparison.Ordinal) || match.Records.Any(record => record.ToString() == id)).ToList();
            foreach (var match in matches)
            {
                Console.Out.WriteLine(
                    $"{id} was settled by run {head.Id} of {ResultDocument.Iso(head.BusinessDate)}: matched by {match.Pass},"
                    + $" class {match.Class}, with {RunSections.RecordNames(match.Records)}");
            }

            if (matches.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A record in a table of a decided run.</summary>
sealed record FoundRecord(RecordTable Table, int Row);

/// <summary>Finds a record by what people type: source:id, a bare id, a match or a break.</summary>
static class RecordSearch
{
    /// <exception cref="UsageException">The bare id stands in two sources.</exception>
    internal static FoundRecord? Find(string text, DecidedRun decided)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && decided.Tables.FirstOrDefault(table => table.Name == text[..colon]) is RecordTable named)
        {
            return In(named, text[(colon + 1)..]);
        }

        var found = decided.Tables.Select(table => In(table, text)).OfType<FoundRecord>().ToList();
        return found.Count switch
        {
            0 => OfEvent(text, decided),
            1 => found[0],
            _ => throw new UsageException(
                $"{text} is in {string.Join(" and ", found.Select(record => record.Table.Name))}; write {found[0].Table.Name}:{text}"),
        };
    }

    static FoundRecord? In(RecordTable table, string id) =>
        table.RowOf(Encoding.UTF8.GetBytes(id)) is >= 0 and var row ? new FoundRecord(table, row) : null;

    static FoundRecord? OfEvent(string id, DecidedRun decided)
    {
        const int LeastDigits = 4;
        if (id.Length < LeastDigits)
        {
            return null;
        }

        var record = decided.Submission.Record;
        var members = record.Breaks.FirstOrDefault(item => item.Id.StartsWith(id, StringComparison.Ordinal))?.Records
            ?? MatchView.All(record).FirstOrDefault(match => match.Id.StartsWith(id, StringComparison.Ordinal))?.Records;
        return members is null ? null : In(decided.Tables.First(table => table.Name == members[0].Source), members[0].Id);
    }
}
