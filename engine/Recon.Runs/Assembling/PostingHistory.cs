// Postings against what earlier runs did under the same keys.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Assembling;

static class PostingHistory
{
    internal static Reconciliation Apply(
        IReadOnlyList<Posting> postings,
        Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> earlier)
    {
        if (postings.Count == 0)
        {
            return new Reconciliation([], []);
        }

        var found = earlier([.. postings.Select(posting => posting.Key).Distinct(StringComparer.Ordinal)]);
        return PostingLedger.Reconcile(
            postings,
            found.ToDictionary(entry => entry.Key, entry => (entry.Value.Effect, entry.Value.RunId, entry.Value.State)));
    }
}
