// Delivers what is in the outbox to the targets of a workspace, one process at a time.
using Recon.Model;
using Recon.Runs.Delivering;
using Recon.Store;

namespace Recon.Cli.Workspaces;

static class Deliveries
{
    /// <summary>Delivers, and says on stderr what became of it; null where another process is at it.</summary>
    internal static DeliveryOutcome? Of(OpenedWorkspace workspace, RunStore store, string packId, string by, CancellationToken cancellation)
    {
        if (workspace.Targets.Count == 0)
        {
            return DeliveryOutcome.Nothing;
        }

        try
        {
            using var claim = store.Claim(packId, Deliverer.ClaimedDate);
            using var targets = new DeliveryTargets(workspace);
            var outcome = new Deliverer(store, targets.Of).Deliver(packId, TimeProvider.System.GetUtcNow, by, cancellation);
            Tell(outcome);
            TellUntargeted(outcome, workspace.Targets.Keys);
            return outcome;
        }
        catch (ReconException fault) when (fault.Kind == FaultKind.Busy)
        {
            Console.Error.WriteLine($"recon: another process delivers postings of {packId}");
            return null;
        }
    }

    /// <summary>Refused ones before those that a retry may help.</summary>
    internal static int ExitOf(DeliveryOutcome? outcome) => outcome switch
    {
        { Refused.Count: > 0 } => ExitCode.PostingsRefused,
        { Unanswered.Count: > 0 } => ExitCode.Storage,
        _ => ExitCode.Fine,
    };

    // A workspace that names targets and not this one has misspelt it, or forgotten it.
    static void TellUntargeted(DeliveryOutcome outcome, IEnumerable<string> targets)
    {
        foreach (var (books, count) in outcome.Untargeted)
        {
            var hint = NearestName.Hint(books, targets.Select(name => name[(name.LastIndexOf('/') + 1)..]).Distinct(StringComparer.Ordinal));
            Console.Error.WriteLine($"recon: {count} posting{(count == 1 ? " stays" : "s stay")} in the outbox:"
                + $" no target '{books}' in {OpenedWorkspace.WorkspaceFile}; {hint}");
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

        foreach (var (posting, why) in outcome.Unanswered)
        {
            Console.Error.WriteLine($"recon: posting {posting.Key[..8]} of {posting.Amount} may not have arrived at {posting.To}: {why}; it is sent again");
        }
    }
}
