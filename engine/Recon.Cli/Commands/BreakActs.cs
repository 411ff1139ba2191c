// recon breaks assign, comment, label, extend, resolve and reopen: the work of people.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class BreakActs
{
    const string Usual = "-w examples/card-payments";

    static readonly Argument<string> Id = new("BREAK") { Description = "A break id or its first digits" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();

    internal static IEnumerable<Command> All => [Assign(), Comment(), Label(), Extend(), Resolve(), Reopen(), ApproveCommand.Create()];

    static Verb Assign()
    {
        var to = ActOptions.Bounded(new Argument<string>("NAME")
        {
            Description = $"Who works on it from now on; '{BreakWork.Nobody}' takes it from whoever does",
        });
        return Act(
            new Verb("assign", "Says who works on a break.",
                $"recon breaks assign 9c1e anna {Usual}", $"recon breaks assign 9c1e nobody --reason \"anna is on leave\" {Usual}")
            {
                Id, to, ActOptions.OptionalReason,
            },
            ActOptions.OptionalReason,
            (desk, id, parsed, actor) =>
            {
                var name = parsed.GetValue(to)!;
                return (desk.Assign(id, name == BreakWork.Nobody ? null : name, actor), $"is assigned to {name}");
            });
    }

    static Verb Comment()
    {
        var text = ActOptions.Bounded(new Argument<string>("TEXT") { Description = "What there is to say" });
        return Act(
            new Verb("comment", "Says something about a break to whoever looks at it later.",
                $"recon breaks comment 9c1e \"the bank confirms it for Monday\" {Usual}") { Id, text },
            reason: null,
            (desk, id, parsed, actor) => (desk.Comment(id, parsed.GetValue(text)!, actor), "has the comment"));
    }

    static Verb Label()
    {
        var label = ActOptions.Bounded(new Argument<string>("LABEL") { Description = "One word or a few: what it should be found by" });
        var remove = new Option<bool>("--remove") { Description = "Take the label off again" };
        return Act(
            new Verb("label", "Puts a label on a break, or takes it off.",
                $"recon breaks label 9c1e fx {Usual}", $"recon breaks label 9c1e fx --remove {Usual}") { Id, label, remove, ActOptions.OptionalReason },
            ActOptions.OptionalReason,
            (desk, id, parsed, actor) => parsed.GetValue(remove)
                ? (desk.Unlabel(id, parsed.GetValue(label)!, actor), $"does not have the label {parsed.GetValue(label)} any more")
                : (desk.Label(id, parsed.GetValue(label)!, actor), $"has the label {parsed.GetValue(label)}"));
    }

    static Verb Extend()
    {
        var to = new Option<string>("--to") { Description = "The last business date on which its class still holds, as 2026-03-09", Required = true };
        return Act(
            new Verb("extend", "Gives a break another deadline, by which the next run judges; a class whose deadline has passed holds again.",
                $"recon breaks extend 9c1e --to 2026-03-09 --reason \"holiday at the bank\" {Usual}") { Id, to, ActOptions.Reason },
            ActOptions.Reason,
            (desk, id, parsed, actor) =>
            {
                var until = CommonOptions.DateOf(parsed.GetValue(to), "--to")!.Value;
                return (desk.Extend(id, until, actor), $"has until {ResultDocument.Iso(until)}; the next run judges by it");
            });
    }

    static Verb Resolve() => Act(
        new Verb("resolve", "Closes a break; it stays closed in later runs until what this rested on is something else.",
            $"recon breaks resolve 9c1e --reason \"refunded in March\" {Usual}") { Id, ActOptions.Reason },
        ActOptions.Reason,
        (desk, id, _, actor) => (desk.Resolve(id, actor), "is resolved"));

    static Verb Reopen() => Act(
        new Verb("reopen", "Opens a break again that a person resolved.",
            $"recon breaks reopen 9c1e --reason \"the refund was for another order\" {Usual}") { Id, ActOptions.Reason },
        ActOptions.Reason,
        (desk, id, _, actor) => (desk.Reopen(id, actor), "is open again"));

    static Verb Act(Verb verb, Option<string?>? reason, Func<BreakDesk, string, ParseResult, Actor, (ActOutcome Outcome, string What)> act)
    {
        verb.Options.Add(ActOptions.As);
        verb.Options.Add(ActOptions.Key);
        verb.Options.Add(Workspace);
        verb.Options.Add(CommonOptions.Store);
        verb.SetAction(parsed =>
        {
            using var store = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();
            var actor = ActOptions.ActorOf(parsed, reason is null ? null : parsed.GetValue(reason));
            var (outcome, what) = act(new BreakDesk(store), parsed.GetValue(Id)!, parsed, actor);
            return ActOptions.Tell(outcome, $"break {outcome.Act.Subject} {what}");
        });
        return verb;
    }
}
