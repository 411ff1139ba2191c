// Postings that an earlier revision queued and this one no longer wants are proposed for reversal, until one wants them again.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class Reversals
{
    /// <param name="wanted">The postings of this run.</param>
    /// <param name="before">What earlier revisions of its pack and date wanted and no other date holds.</param>
    /// <returns>
    /// One a queued posting that is not wanted with the same effect, and one a queued reversal of what is wanted again, sorted by the key of
    /// what is reversed.
    /// </returns>
    internal static IReadOnlyList<Posting> Of(IReadOnlyList<Posting> wanted, IReadOnlyList<PostingOfDate> before) =>
    [
        .. Tips(wanted, before).Where(tip => tip.IsWanted != tip.IsPosted)
            .OrderBy(tip => tip.Entry.Posting.Key, StringComparer.Ordinal)
            .Select(tip => Reverse(tip.Entry) with
            {
                Reason = $"reverses posting {tip.Entry.Posting.Key[..8]} of run {tip.Entry.RunId}, "
                    + (tip.IsPosted ? "which this revision no longer wants" : "because this revision wants again what that one reversed"),
            }),
    ];

    // Of each posting that was queued what of it came into the outbox last.
    internal static IEnumerable<(PostingOfDate Entry, int Depth, bool IsPosted, bool IsWanted)> Tips(
        IReadOnlyList<Posting> wanted, IReadOnlyList<PostingOfDate> before)
    {
        var standing = wanted.Select(posting => (posting.Key, posting.Effect)).ToHashSet();
        var queued = before.Where(entry => entry.IsQueued).DistinctBy(entry => entry.Posting.Key, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Posting.Key, StringComparer.Ordinal);
        var reversals = queued.Keys.Select(PostingKey.OfReversal).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in queued.Values.Where(entry => !reversals.Contains(entry.Posting.Key)))
        {
            var chain = ReversalChain.Of(entry.Posting.Key, queued.ContainsKey);
            yield return (queued[chain.Tip], chain.Depth, chain.IsPosted, standing.Contains((entry.Posting.Key, entry.Posting.Effect)));
        }
    }

    /// <summary>The reversals that earlier runs proposed of postings that this run wants, withdrawn.</summary>
    /// <param name="postings">The postings of this run, with what earlier runs did under their keys.</param>
    /// <param name="before">What earlier revisions of its pack and date wanted and no other date holds.</param>
    /// <param name="earlier">What was recorded before under these keys.</param>
    internal static IReadOnlyList<Posting> Withdrawn(
        IReadOnlyList<Posting> postings, IReadOnlyList<PostingOfDate> before,
        Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> earlier)
    {
        List<Posting> wanted =
        [
            .. postings.Where(posting => posting is { State: PostingState.Queued, FirstRun: not null }),
            .. Undone(postings, before),
        ];
        if (wanted.Count == 0)
        {
            return [];
        }

        var proposed = earlier([.. wanted.Select(posting => PostingKey.OfReversal(posting.Key))]);
        return
        [
            .. wanted.Where(posting => proposed.GetValueOrDefault(PostingKey.OfReversal(posting.Key))?.State == PostingState.Proposed)
                .OrderBy(posting => posting.Key, StringComparer.Ordinal)
                .Select(posting => Withdraw(posting, proposed[PostingKey.OfReversal(posting.Key)].RunId)),
        ];
    }

    /// <summary>
    /// What becomes of the reversals of a date's postings where a recorded run stands for it again: proposed ones of what it wants
    /// are withdrawn, withdrawn ones of what it does not want are proposed again. What stands so already, and what the run says
    /// itself, is left out.
    /// </summary>
    /// <param name="before">What the revisions of its date wanted and no other date holds.</param>
    internal static IReadOnlyList<Posting> Reinstated(
        RunRecord run, IReadOnlyList<PostingOfDate> before, Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> earlier)
    {
        var wanted = run.Posts.Where(posting => posting.State == PostingState.Queued).Concat(Undone(run.Posts, before))
            .Select(posting => Withdraw(posting with { FirstRun = posting.FirstRun ?? run.Head.Id }, run.Head.Id));
        var own = run.Posts.Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);
        List<Posting> reversals = [.. wanted.Concat(Of(run.Posts, before)).Where(posting => !own.Contains(posting.Key))];
        var known = earlier([.. reversals.Select(posting => posting.Key)]);
        return
        [
            .. reversals.Where(posting => known.TryGetValue(posting.Key, out var said) && said.Effect == posting.Effect
                    && said.State is PostingState.Proposed or PostingState.Withdrawn && said.State != posting.State)
                .OrderBy(posting => posting.Key, StringComparer.Ordinal),
        ];
    }

    // Reversals in the outbox that are as this run wants them: nothing is to be undone about them.
    static IEnumerable<Posting> Undone(IReadOnlyList<Posting> wanted, IReadOnlyList<PostingOfDate> before) => Tips(wanted, before)
        .Where(tip => tip.Depth > 0 && tip.IsWanted == tip.IsPosted)
        .Select(tip => tip.Entry.Posting with { FirstRun = tip.Entry.RunId });

    static Posting Withdraw(Posting posting, string proposedBy) => Reverse(new PostingOfDate(posting, posting.FirstRun!)) with
    {
        State = PostingState.Withdrawn,
        Reason = $"run {proposedBy} proposed it, but this one wants posting {posting.Key[..8]} again",
        FirstRun = proposedBy,
    };

    internal static Posting Reverse(PostingOfDate entry)
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
            Reason = null,
            FirstRun = null,
        };
    }
}
