// Postings that an earlier revision left to a person and this one no longer wants wait for nobody any more.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Assembling;

static class WithdrawnProposals
{
    /// <summary>
    /// What waits for a person since an earlier revision of the date, and is not among the postings of this one; reversals are left
    /// out, for they follow the posting that they reverse.
    /// </summary>
    /// <param name="posts">All that the run says of postings.</param>
    /// <param name="before">What the revisions of the date wanted and no other date holds.</param>
    /// <param name="earlier">What is recorded now under the keys asked for.</param>
    /// <returns>Withdrawn, sorted by key.</returns>
    internal static IReadOnlyList<Posting> Of(
        IReadOnlyList<Posting> posts, IReadOnlyList<PostingOfDate> before,
        Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> earlier)
    {
        var said = posts.Select(posting => (posting.Key, posting.Effect)).ToHashSet();
        var reversals = before.Select(entry => PostingKey.OfReversal(entry.Posting.Key)).ToHashSet(StringComparer.Ordinal);
        var unwanted = before
            .Where(entry => entry.Posting.State.Waits() && !reversals.Contains(entry.Posting.Key)
                && !said.Contains((entry.Posting.Key, entry.Posting.Effect)))
            .DistinctBy(entry => (entry.Posting.Key, entry.Posting.Effect)).ToList();
        if (unwanted.Count == 0)
        {
            return [];
        }

        var now = earlier([.. unwanted.Select(entry => entry.Posting.Key).Distinct(StringComparer.Ordinal)]);
        return
        [
            .. unwanted.Where(entry => now.TryGetValue(entry.Posting.Key, out var known)
                    && known.Effect == entry.Posting.Effect && known.State.Waits())
                .OrderBy(entry => entry.Posting.Key, StringComparer.Ordinal)
                .Select(Withdraw),
        ];
    }

    static Posting Withdraw(PostingOfDate entry) => entry.Posting with
    {
        State = PostingState.Withdrawn,
        Reason = $"run {entry.RunId} left it to a person, but this revision no longer wants it",
        FirstRun = entry.RunId,
    };
}
