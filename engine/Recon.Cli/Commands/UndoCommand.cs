// recon undo: a person says that a run should not have been.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports.Sections;
using Recon.Runs.Acting;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class UndoCommand
{
    static readonly Argument<string> Id = new("RUN") { Description = "A run id or its first digits, as recon runs list has it" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();

    internal static Command Create()
    {
        var undo = new Verb("undo", "Takes back what a run posted; its date is then as one that was not run.",
            "recon undo 7f3a --reason \"the bank sent the file of another account\" -w examples/card-payments")
        {
            Id, ActOptions.Reason, ActOptions.As, ActOptions.Key, Workspace, CommonOptions.Store,
        };
        undo.SetAction((parsed, cancellation) =>
        {
            var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store));
            using var store = workspace.OpenExistingStore();
            var actor = ActOptions.ActorOf(parsed, parsed.GetValue(ActOptions.Reason));
            var (outcome, undoing) = new UndoDesk(store).Undo(parsed.GetValue(Id)!, actor);
            var head = undoing.Head;
            if (undoing.Record.Posts.Count > 0)
            {
                Terminal.Print([PostingSections.OfUndo(undoing.Record.Posts)]);
            }

            ActOptions.Tell(
                outcome,
                $"run {outcome.Act.Subject} is undone by run {head.Id}, revision {head.Revision} of {ResultDocument.Iso(head.BusinessDate)};"
                + " the next run of that date decides anew");
            return Task.FromResult(Deliveries.ExitOf(Deliveries.Of(workspace, store, head.PackId, actor.By, cancellation)));
        });
        return undo;
    }
}
