// Delivers what is in the outbox to the targets of a workspace, one process at a time.
using Recon.Model;
using Recon.Runs.Delivering;
using Recon.Store;

namespace Recon.Cli.Workspaces;

static class Deliveries
{
    // A date that is no business date: the claim is of the deliveries of a pack, not of a run.
    static readonly DateOnly NoDate = DateOnly.MinValue;

    /// <summary>Delivers, and says on stderr what became of it; null where another process is at it.</summary>
    internal static DeliveryOutcome? Of(OpenedWorkspace workspace, RunStore store, string packId, string by, CancellationToken cancellation)
    {
        if (workspace.Targets.Count == 0)
        {
            return DeliveryOutcome.Nothing;
        }

        try
        {
            using var claim = store.Claim(packId, NoDate);
            var outcome = new Deliverer(store, workspace.TargetOf).Deliver(packId, TimeProvider.System.GetUtcNow, by, cancellation);
            Tell(outcome);
            return outcome;
        }
        catch (ReconException fault) when (fault.Kind == FaultKind.Busy)
        {
            Console.Error.WriteLine($"recon: another process delivers postings of {packId}");
            return null;
        }
    }

    static void Tell(DeliveryOutcome outcome)
    {
        foreach (var books in outcome.Acknowledged.GroupBy(posting => posting.To, StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"recon: {books.Count()} posting{(books.Count() == 1 ? "" : "s")} delivered to {books.Key}");
        }

        foreach (var (posting, why) in outcome.Refused)
        {
            Console.Error.WriteLine($"recon: posting {posting.Key[..8]} of {posting.Amount} was refused by {posting.To}: {why}");
        }
    }
}
