// Postings against what earlier runs did under the same keys.
using Recon.Judging.Correcting;
using Recon.Model;

namespace Recon.Runs.Assembling;

static class PostingHistory
{
    internal static Reconciliation Apply(IReadOnlyList<Posting> postings, RunChainInput input)
    {
        if (postings.Count == 0)
        {
            return new Reconciliation([], []);
        }

        var found = input.Earlier([.. postings.Select(posting => posting.Key).Distinct(StringComparer.Ordinal)]);
        var reversed = found.Values.Where(posting => posting.State == PostingState.Queued && !ReversalChain.Of(posting.Key, IsQueued).IsPosted)
            .Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);
        var queued = input.QueuedFor([.. postings.Select(posting => posting.Break).Distinct(StringComparer.Ordinal)]);
        return PostingLedger.Reconcile(
            postings,
            found.ToDictionary(entry => entry.Key, entry => (entry.Value.Effect, entry.Value.RunId, entry.Value.State)),
            queued.ToDictionary(entry => entry.Key, entry => (entry.Value.Key, entry.Value.RunId)),
            reversed);

        bool IsQueued(string key) => input.Earlier([key]).GetValueOrDefault(key)?.State == PostingState.Queued;
    }
}
