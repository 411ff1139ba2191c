// Postings that an earlier revision queued and this one no longer wants: proposed for reversal.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;

namespace Recon.Runs.Assembling;

static class Reversals
{
    /// <param name="wanted">The postings of this run.</param>
    /// <param name="queued">What earlier revisions of its pack and date queued.</param>
    /// <returns>One a queued posting that is not wanted with the same effect, sorted by the key of that posting.</returns>
    internal static IReadOnlyList<Posting> Of(IReadOnlyList<Posting> wanted, IReadOnlyList<QueuedPosting> queued)
    {
        var standing = wanted.Select(posting => (posting.Key, posting.Effect)).ToHashSet();
        return
        [
            .. queued.Where(entry => !standing.Contains((entry.Posting.Key, entry.Posting.Effect)))
                .OrderBy(entry => entry.Posting.Key, StringComparer.Ordinal)
                .Select(Reverse),
        ];
    }

    static Posting Reverse(QueuedPosting entry)
    {
        var posting = entry.Posting;
        return posting with
        {
            Key = PostingKey.OfReversal(posting.Key),
            Effect = PostingKey.Effect(posting.To, posting.Credit, posting.Debit, posting.Amount),
            Debit = posting.Credit,
            Credit = posting.Debit,
            Tier = Tier.Manual,
            State = PostingState.Proposed,
            Reason = $"reverses posting {posting.Key[..8]} of run {entry.RunId}, which this revision no longer wants",
            FirstRun = null,
        };
    }
}
