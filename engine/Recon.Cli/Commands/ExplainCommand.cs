// recon explain: why a record matched, why it did not, or what kept two records apart.
using System.CommandLine;
using System.Runtime.ExceptionServices;
using Recon.Cli.Explaining;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Store;

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
        var command = new Verb("explain",
            "Explains a record: its pass, conditions and alternatives; or why it is open and what came nearest.",
            "recon explain ledger:L-2031 -w examples/card-payments",
            "recon explain ledger:L-2020 provider:ch_006 -w examples/card-payments")
        {
            Ids, Workspace, CommonOptions.Store, Date, Packs.Environment, Packs.Parameters,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Explain(parsed, cancellation)));
        return command;
    }

    static int Explain(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
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
                using var explanation = new PackExplanation(workspace, store, loaded, ids, missing, cancellation);
                if (explanation.Tell(asked))
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

    static string Purged(RunStore store) => store.Purged() is { Count: > 0 } purged
        ? $"; {StoreCommand.Summary(purged, "were purged, and may have had it")}; --date decides them anew where the inputs of that date are still there"
        : "";

    /// <exception cref="ReconException">No run knows one of them; what kept it from being decided anew, where something did.</exception>
    static int ExplainAsRecorded(RunStore store, string[] ids, HashSet<string> missing, DateOnly? date, Exception? fault)
    {
        var recorded = new RecordedExplanation(store);
        var found = ids.Select(id => recorded.Of(id, date)).OfType<(RunHead Run, IReadOnlyList<Section> Sections)>().ToList();
        if (found.Count < ids.Length)
        {
            ExceptionDispatchInfo.Throw(fault ?? new ReconException(
                $"no record, match, break or posting {string.Join(" and ", missing.Count == 0 ? ids : ids.Where(missing.Contains))} in this workspace"
                    + Purged(store),
                FaultKind.NotFound));
        }

        if (fault is ReconException)
        {
            Console.Error.WriteLine($"recon: {PlainText.Of(fault.Message.Split('\n')[0])}");
        }

        Console.Error.WriteLine("recon: it cannot be decided anew from pack and inputs as they are now; this is what was recorded");
        found.ForEach(answer => Terminal.PrintEach(answer.Sections));
        return ExitCode.Fine;
    }
}
