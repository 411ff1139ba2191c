// recon postings list, show, deliver and retry: what became of postings.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Store;

namespace Recon.Cli.Commands;

static class PostingsCommand
{
    static readonly Argument<string> Key = new("KEY") { Description = "The key of a posting or its first digits" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string?> Pack = new("--pack") { Description = "Only of this pack" };
    static readonly Option<int> Limit = CommonOptions.Limit("How many, the newest first", usual: 50);

    static readonly Option<string?> State = new("--state")
    {
        Description = "Only in this state: proposed, escalated, withdrawn, queued, sent, acknowledged or failed",
    };

    internal static Command Create() => new("postings", "Shows postings and what became of them; delivers them.") { List(), Show(), Deliver(), Retry() };

    static Verb List()
    {
        var list = new Verb("list", "Lists postings, the newest first.", "recon postings list --state failed -w examples/card-payments")
        {
            Workspace, CommonOptions.Store, Pack, State, Limit,
        };
        State.AcceptOnlyFromAmong("proposed", "escalated", "withdrawn", "queued", "sent", "acknowledged", "failed");
        list.SetAction(parsed =>
        {
            using var store = OpenedStore(parsed);
            var found = store.Postings(parsed.GetValue(Pack)).Where(posting => parsed.GetValue(State) is not { } state || posting.Word == state).ToList();
            var limit = parsed.GetValue(Limit);
            Terminal.Print([PostingSections.Of([.. found.Take(limit)], Math.Max(found.Count - limit, 0))]);
            return ExitCode.Fine;
        });
        return list;
    }

    static Verb Show()
    {
        var show = new Verb("show", "Shows one posting and each attempt to deliver it.", "recon postings show 3f9a -w examples/card-payments")
        {
            Key, Workspace, CommonOptions.Store,
        };
        show.SetAction(parsed =>
        {
            using var store = OpenedStore(parsed);
            var posting = Find(store, parsed.GetValue(Key)!);
            Terminal.Print([PostingSections.Of(posting), PostingSections.Of(store.EventsOf(posting.Key))]);
            return ExitCode.Fine;
        });
        return show;
    }

    static Verb Deliver()
    {
        var deliver = new Verb("deliver", "Delivers what is in the outbox, as every run does when it has been recorded.",
            "recon postings deliver -w examples/card-payments")
        {
            Workspace, CommonOptions.Store, Pack,
        };
        deliver.SetAction((parsed, cancellation) =>
        {
            var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store));
            using var store = workspace.OpenExistingStore();
            var packs = store.Postings(parsed.GetValue(Pack)).Select(posting => posting.PackId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            var exit = ExitCode.Fine;
            foreach (var pack in packs)
            {
                var outcome = Deliveries.Of(workspace, store, pack, Environment.UserName, cancellation);
                exit = exit != ExitCode.Fine ? exit : outcome is null ? ExitCode.Busy : Deliveries.ExitOf(outcome);
            }

            return Task.FromResult(exit);
        });
        return deliver;
    }

    static Verb Retry()
    {
        var retry = new Verb("retry", "Puts a posting that was refused back into the outbox; the next delivery tries it again.",
            "recon postings retry 3f9a --reason \"account 7990 is open again\" -w examples/card-payments")
        {
            Key, ActOptions.Reason, ActOptions.As, Workspace, CommonOptions.Store,
        };
        retry.SetAction(parsed =>
        {
            using var store = OpenedStore(parsed);
            var posting = Find(store, parsed.GetValue(Key)!);
            if (posting is not { Decided: PostingState.Queued, Delivery: DeliveryState.Failed })
            {
                throw new ReconException($"posting {posting.Key[..8]} is {posting.Word}: only one that failed is tried again", FaultKind.InputWrong);
            }

            store.Write(
                [new DeliveryStep(posting, DeliveryState.Queued, $"to be tried again: {parsed.GetValue(ActOptions.Reason)}")],
                TimeProvider.System.GetUtcNow(), parsed.GetValue(ActOptions.As)!);
            Console.WriteLine($"posting {posting.Key} is queued again");
            return ExitCode.Fine;
        });
        return retry;
    }

    static RunStore OpenedStore(ParseResult parsed) =>
        OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)).OpenExistingStore();

    static OutboxPosting Find(IOutbox store, string key)
    {
        var found = store.Postings(packId: null).Where(posting => HexPrefix.Begins(posting.Key, key)).ToList();
        return HexPrefix.Only(key, "postings", found, posting => posting.Key)
            ?? throw new ReconException($"no posting {key}; 'recon postings list' shows what there is{HexPrefix.Hint(key)}", FaultKind.NotFound);
    }
}
