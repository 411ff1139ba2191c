// recon breaks approve: shows what waits for an approval, and approves it by its hash.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Acting;

namespace Recon.Cli.Commands;

static class ApproveCommand
{
    static readonly Argument<string> Id = new("BREAK") { Description = "A break id or its first digits" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();

    static readonly Option<string?> Hash = new("--hash")
    {
        Description = "Approves what has this hash (its first 8 digits are enough); without it nothing is approved, only shown",
    };

    internal static Command Create()
    {
        var approve = new Verb("approve", "Shows what would be posted for a break, and approves it by its hash.",
            "recon breaks approve 9c1e -w examples/card-payments",
            "recon breaks approve 9c1e --hash 5d0c2a7e --reason \"fee list of March\" -w examples/card-payments")
        {
            Id, Hash, ActOptions.OptionalReason, ActOptions.As, ActOptions.Key, Workspace, CommonOptions.Store,
        };
        approve.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var desk = new ApprovalDesk(store);
            var id = parsed.GetValue(Id)!;
            return parsed.GetValue(Hash) is { } hash
                ? Approve(desk, id, hash, ActOptions.ActorOf(parsed, parsed.GetValue(ActOptions.OptionalReason)))
                : Show(desk, id);
        });
        return approve;
    }

    static int Show(ApprovalDesk desk, string id)
    {
        var (found, proposals) = desk.Of(id);
        if (proposals.Count == 0)
        {
            throw new ReconException($"nothing of break {found.Break.Id} waits for an approval", FaultKind.InputWrong);
        }

        Terminal.Print([RecordedSections.Of(found.Break, $"run {found.RunId}"), .. proposals.Select(RecordedSections.Of)]);
        foreach (var proposal in proposals.Where(each => each.Objection is null))
        {
            Console.Error.WriteLine($"recon: nothing is approved yet; 'recon breaks approve {found.Break.Id} --hash {proposal.Hash}' does it");
        }

        return ExitCode.Fine;
    }

    static int Approve(ApprovalDesk desk, string id, string hash, Actor actor)
    {
        var outcome = desk.Approve(id, hash, actor);
        var left = desk.Of(outcome.Act.Subject).Proposals.FirstOrDefault(each => each.Hash == outcome.Act.Detail.Text);
        return ActOptions.Tell(outcome, $"break {outcome.Act.Subject}: {outcome.Act.Detail.Facts!.First(fact => fact.Name == "entry").Value}"
            + (left is null ? ": approved and in the outbox" : $": {left.Approved.Count} of {left.Posting.Approvals} approvals"));
    }
}
