// recon eval: one expression on a record, or on two, as a rule would see them.
using System.CommandLine;
using Recon.Cli.Evaluating;
using Recon.Cli.Explaining;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Checking;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Ports;

namespace Recon.Cli.Commands;

static class EvalCommand
{
    static readonly Argument<string> Text = new("EXPR") { Description = "C# as it may stand in a pack; records have the names of their sources" };

    static readonly Option<string[]> Records = new("--record", "-r")
    {
        Description = "source:id, or an id that only one source has; twice for a rule about two records",
        Required = true,
    };

    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly PackOpener Packs = new();

    internal static Command Create()
    {
        var command = new Verb("eval",
            "Asks one expression about a record, or about two, as a rule would: the same language, checks and bounds.",
            "recon eval 'ledger.amount.Abs() > Money.Of(100m, \"EUR\")' --record ledger:L-2031 -w examples/card-payments",
            "recon eval 'Fn.Digits(ledger.order_ref)' --record ledger:L-2031 -w examples/card-payments",
            "recon eval 'ledger.booked >= provider.captured' --record ledger:L-2020 --record provider:ch_006 -w examples/card-payments")
        {
            Text, Records, Workspace, CommonOptions.Store, Date, Packs.Environment, Packs.Parameters,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Evaluate(parsed, cancellation)));
        return command;
    }

    static int Evaluate(ParseResult parsed, CancellationToken cancellation)
    {
        var ids = parsed.GetValue(Records)!;
        if (ids.Length > 2)
        {
            throw new UsageException("--record: one record, or two");
        }

        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        using IDisposable? opened = workspace.HasStore ? workspace.OpenExistingStore() : null;
        var store = (IRunStore?)opened ?? new Runs.Testing.MemoryRunStore();
        foreach (var directory in workspace.Packs)
        {
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            if (Answer(parsed, workspace, store, loaded, ids, cancellation) is { } answer)
            {
                return Tell(answer);
            }
        }

        throw new ReconException($"no record {string.Join(" and ", ids)} in this workspace on that date", FaultKind.NotFound);
    }

    // Null where this pack does not have the records.
    static Evaluated? Answer(
        ParseResult parsed, OpenedWorkspace workspace, IRunStore store, LoadedPack loaded, string[] ids, CancellationToken cancellation)
    {
        var date = CommonOptions.DateOf(parsed.GetValue(Date))
            ?? RunHead.Standing(store.Runs(loaded.Pack!.Id, int.MaxValue)).FirstOrDefault()?.BusinessDate
            ?? RunCommand.BusinessDateOf(null, workspace, loaded.Pack!);
        var reader = workspace.Reader();
        using var memory = RunMemory.Of(limit: null, reader, loaded.Pack!, date);
        var request = RunCommand.RequestOf(workspace, loaded, date, Environment.ProcessorCount, queuesPostings: true) with { Memory = memory.Plan };
        var decided = new Runner(reader, store).Explore(request, cancellation);
        var expression = new Expression(parsed.GetValue(Text)!, loaded.Pack!.Parameters);
        return ids.Select(id => RecordSearch.Find(id, decided)).ToList() switch
        {
            [{ } one] => expression.Of(one.Table, one.Row, cancellation),
            [{ } left, { } right] => expression.Of(left.Table, left.Row, right.Table, right.Row, cancellation),
            _ => null,
        };
    }

    static int Tell(Evaluated answer)
    {
        CheckReport.Write(answer.Diagnostics, Console.Error);
        if (answer.Value is null)
        {
            return ExitCode.PackWrong;
        }

        Console.Out.WriteLine(PlainText.Of(answer.Value));
        return ExitCode.Fine;
    }
}
