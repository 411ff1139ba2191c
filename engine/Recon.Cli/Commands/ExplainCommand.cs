// recon explain: why a record matched, why it did not, or what kept two records apart.
using System.CommandLine;
using System.Runtime.ExceptionServices;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
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
        Description = "source:id, a bare id, a match, a break or a posting; two ids: what kept them apart",
        Arity = new ArgumentArity(1, 2),
    };

    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly PackOpener Packs = new();

    internal static Command Create()
    {
        var command = new Command("explain", CommonOptions.WithExamples(
            "Explains a record: its pass, conditions and alternatives; or why it is open and what came nearest.",
            "recon explain ledger:L-2031 -w examples/card-payments",
            "recon explain ledger:L-2020 provider:ch_006 -w examples/card-payments"))
        {
            Ids, Workspace, Date, Packs.Environment, Packs.Parameters,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Explain(parsed, cancellation)));
        return command;
    }

    static int Explain(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!);
        var ids = parsed.GetValue(Ids)!;
        var asked = CommonOptions.DateOf(parsed.GetValue(Date));
        using var store = workspace.OpenStore();
        var missing = ids.ToHashSet(StringComparer.Ordinal);
        Exception? fault = null;
        foreach (var directory in workspace.Packs)
        {
            try
            {
                using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
                if (IsExplained(workspace, store, loaded, asked, ids, missing, cancellation))
                {
                    StaleNotice.Tell(store, loaded.Pack!.Id);
                    return ExitCode.Fine;
                }
            }
            catch (Exception failure) when (failure is PackWrongException or ReconException
            {
                Kind: FaultKind.InputMissing or FaultKind.InputWrong or FaultKind.RuleFailed,
            })
            {
                fault ??= failure;
            }
        }

        return ExplainAsRecorded(store, ids, missing, asked, fault);
    }

    /// <summary>Explains on the date asked for, else on the newest, else on the newest that knows the ids; false where none does.</summary>
    static bool IsExplained(
        OpenedWorkspace workspace, IRunStore store, LoadedPack loaded, DateOnly? asked, string[] ids, HashSet<string> missing,
        CancellationToken cancellation)
    {
        var pack = loaded.Pack!;
        var newest = RunHead.Standing(store.Runs(pack.Id, int.MaxValue)).FirstOrDefault()?.BusinessDate;
        var date = asked ?? newest ?? RunCommand.BusinessDateOf(null, workspace, pack);
        return IsExplainedOn(date) || (asked is null && DateOf(store, pack, ids) is { } other && other != date && IsExplainedOn(other));

        bool IsExplainedOn(DateOnly on)
        {
            var request = RunCommand.RequestOf(workspace, loaded, on, Environment.ProcessorCount, queuesPostings: true);
            var decided = new Runner(new FileSourceReader(workspace.Inputs), store).Explore(request, cancellation);
            var answers = ids.Select(id => Answer.To(id, store, decided)).ToList();
            missing.IntersectWith(ids.Where((_, i) => !answers[i].IsKnown));
            if (answers.Exists(answer => !answer.IsKnown))
            {
                return false;
            }

            Print(store, pack, decided, answers);
            return true;
        }
    }

    /// <summary>The newest date whose standing run knows all of the ids; null where there is none.</summary>
    static DateOnly? DateOf(IRunStore store, Pack pack, string[] ids)
    {
        var recorded = new RecordedExplanation(store);
        return recorded.Of(ids[0], date: null) is { } found && found.Run.PackId == pack.Id
            && Array.TrueForAll(ids, id => recorded.Of(id, found.Run.BusinessDate) is not null)
                ? found.Run.BusinessDate
                : null;
    }

    /// <exception cref="ReconException">No run knows one of them; what kept it from being decided anew, where something did.</exception>
    static int ExplainAsRecorded(IRunStore store, string[] ids, HashSet<string> missing, DateOnly? date, Exception? fault)
    {
        var recorded = new RecordedExplanation(store);
        var found = ids.Select(id => recorded.Of(id, date)).OfType<(RunHead Run, IReadOnlyList<Section> Sections)>().ToList();
        if (found.Count < ids.Length)
        {
            ExceptionDispatchInfo.Throw(fault ?? new ReconException(
                $"no record, match, break or posting {string.Join(" and ", missing.Count == 0 ? ids : ids.Where(missing.Contains))} in this workspace",
                FaultKind.NotFound));
        }

        if (fault is ReconException)
        {
            Console.Error.WriteLine($"recon: {PlainText.Of(fault.Message.Split('\n')[0])}");
        }

        Console.Error.WriteLine("recon: it cannot be decided anew from pack and inputs as they are now; this is what was recorded");
        found.ForEach(answer => Print(answer.Sections));
        return ExitCode.Fine;
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

    static void Print(IRunStore store, Pack pack, DecidedRun decided, List<Answer> answers)
    {
        if (answers.TrueForAll(answer => answer.Record is not null))
        {
            WarnWhereChanged(store, decided);
            Print(SectionsOf(pack, new ExplanationSections(pack, decided), [.. answers.Select(answer => answer.Record!)]));
            return;
        }

        foreach (var answer in answers)
        {
            var lines = answer.Record is { } record
                ? [$"{record.Table.Name}:{record.Table.Id(record.Row)} is a record of this run"]
                : answer.Lines;
            foreach (var line in lines)
            {
                Console.Out.WriteLine(PlainText.Of(line));
            }

            Print(answer.Sections);
        }
    }

    static IEnumerable<Section> SectionsOf(Pack pack, ExplanationSections explanation, FoundRecord[] records)
    {
        if (records is [var record])
        {
            var posting = record.Posting is { } post ? [RecordedSections.Of(post)] : Array.Empty<Section>();
            return [.. posting, .. explanation.Of(record.Table, record.Row, record.Leg)];
        }

        var source = records[0].Table.Name;
        if (source == records[1].Table.Name && !pack.Passes.Any(pass => pass.IsOfOneSource && pass.Left.Name == source))
        {
            throw new UsageException($"both are records of {source}; a pass joins two sources");
        }

        return explanation.Between(records[0].Table, records[0].Row, records[1].Table, records[1].Row);
    }

    static void Print(IEnumerable<Section> sections)
    {
        foreach (var section in sections)
        {
            Terminal.Print(section);
            Console.Out.WriteLine();
        }
    }
}
