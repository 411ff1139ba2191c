// recon match and recon unmatch: people say which records are one event, and which are not.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Runs.Acting;

namespace Recon.Cli.Commands;

static class MatchCommands
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Pack = new("--pack") { Description = "The pack with this id, where records of several packs bear the same name" };

    internal static Command CreateMatch()
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "Open records, as ledger:L-2020, at least one of each source of a leg",
            Arity = new ArgumentArity(2, 1000),
        };
        var match = new Verb("match", "Matches open records by hand; the next run takes it before any pass, and names what they differ by.",
            "recon match ledger:L-2020 provider:ch_006 --reason \"one order, two references\" -w examples/card-payments")
        {
            ids, ActOptions.Reason, ActOptions.As, ActOptions.Key, Pack, Workspace, CommonOptions.Store,
        };
        match.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var outcome = new MatchDesk(store).Match(
                parsed.GetValue(Pack), parsed.GetValue(ids)!, ActOptions.ActorOf(parsed, parsed.GetValue(ActOptions.Reason)));
            return ActOptions.Tell(
                outcome, $"match {outcome.Act.Subject} of {string.Join(" ~ ", outcome.Act.Detail.Records!)}: the next run takes it");
        });
        return match;
    }

    internal static Command CreateUnmatch()
    {
        var id = new Argument<string>("MATCH") { Description = "A match id or its first digits, as recon explain and the JSON have it" };
        var unmatch = new Verb("unmatch", "Takes a match apart; run its date again, and no rule finds just its records until one of them is changed.",
            "recon unmatch 5f0c --reason \"two orders of one amount\" -w examples/card-payments")
        {
            id, ActOptions.Reason, ActOptions.As, ActOptions.Key, Workspace, CommonOptions.Store,
        };
        unmatch.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var outcome = new MatchDesk(store).Unmatch(parsed.GetValue(id)!, ActOptions.ActorOf(parsed, parsed.GetValue(ActOptions.Reason)));
            return ActOptions.Tell(
                outcome,
                $"match {outcome.Act.Subject} of {string.Join(" ~ ", outcome.Act.Detail.Records!)} is taken apart;"
                    + $" run {outcome.Act.BusinessDate:yyyy-MM-dd} again");
        });
        return unmatch;
    }
}
