// What becomes of the postings of a date whose run is undone: the books have none of them in the end.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Assembling;

static class UndonePostings
{
    /// <summary>
    /// Of what was posted and not reversed, what the books have or may have is reversed, and the rest leaves the outbox. What waits for people
    /// is withdrawn, proposed reversals too.
    /// </summary>
    /// <param name="before">What the revisions of the date wanted and no other date holds.</param>
    /// <param name="earlier">What is recorded now under the keys asked for.</param>
    /// <returns>Reversals, queued, then what is withdrawn; each part sorted by key.</returns>
    internal static IReadOnlyList<Posting> Of(
        IReadOnlyList<PostingOfDate> before, Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> earlier)
    {
        var tips = Reversals.Tips([], before).ToList();
        var now = earlier([.. tips.SelectMany(tip => (string[])[tip.Entry.Posting.Key, PostingKey.OfReversal(tip.Entry.Posting.Key)])]);
        var posted = tips.FindAll(tip => tip.IsPosted).ConvertAll(tip => tip.Entry);
        var reversed = posted.FindAll(entry => now[entry.Posting.Key].IsHandedOver).ConvertAll(Reverse);
        var withdrawn = posted.FindAll(entry => !now[entry.Posting.Key].IsHandedOver).ConvertAll(entry => Withdraw(entry.Posting, entry.RunId));
        var standing = reversed.Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);
        var proposed = tips.Select(tip => Reversals.Reverse(tip.Entry))
            .Where(reversal => !standing.Contains(reversal.Key) && now.GetValueOrDefault(reversal.Key) is { } known && known.State.Waits())
            .Select(reversal => Withdraw(reversal, now[reversal.Key].RunId));
        IReadOnlyList<Posting> posts = [.. InOrder(reversed), .. InOrder(withdrawn.Concat(proposed))];
        return [.. posts, .. WithdrawnProposals.Of(posts, before, earlier)];
    }

    static IOrderedEnumerable<Posting> InOrder(IEnumerable<Posting> postings) => postings.OrderBy(posting => posting.Key, StringComparer.Ordinal);

    static Posting Reverse(PostingOfDate entry) => Reversals.Reverse(entry) with
    {
        State = PostingState.Queued,
        Reason = $"reverses posting {entry.Posting.Key[..8]} of run {entry.RunId}: its date is undone",
    };

    static Posting Withdraw(Posting posting, string runId) => posting with
    {
        State = PostingState.Withdrawn,
        FirstRun = runId,
        Reason = $"run {runId} asked for it: its date is undone",
    };
}
