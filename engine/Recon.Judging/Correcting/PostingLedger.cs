// Holds the postings of a run against those that earlier runs made under the same keys.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <param name="Postings">All of them, in the order given.</param>
/// <param name="Conflicts">Those of them whose key an earlier run used for another effect.</param>
public sealed record Reconciliation(IReadOnlyList<Posting> Postings, IReadOnlyList<Posting> Conflicts);

/// <summary>One key, one effect, over all runs.</summary>
public static class PostingLedger
{
    /// <summary>
    /// Same key and effect: the earlier result stands (<see cref="Posting.FirstRun"/>, its state). Same key, other effect:
    /// a conflict, escalated, never queued. What was withdrawn since is wanted anew, and waits for a person as before.
    /// </summary>
    /// <param name="earlier">By key: what was recorded first, whichever run made it.</param>
    /// <param name="queuedFor">By break: what is in the outbox for it. Another key for the same break waits for a person.</param>
    /// <param name="reversed">Keys of postings whose reversal is in the outbox: neither is posted again.</param>
    public static Reconciliation Reconcile(
        IReadOnlyList<Posting> postings,
        IReadOnlyDictionary<string, (string Effect, string RunId, PostingState State)> earlier,
        IReadOnlyDictionary<string, (string Key, string RunId)> queuedFor,
        IReadOnlySet<string> reversed)
    {
        var settled = postings.Select(posting => reversed.Contains(posting.Key) && earlier[posting.Key].Effect == posting.Effect
            ? Reversed(posting, earlier[posting.Key])
            : Settle(posting, earlier, queuedFor)).ToList();
        return new Reconciliation(
            [.. settled.Select(entry => entry.Posting)],
            [.. settled.Where(entry => entry.Conflicts).Select(entry => entry.Posting)]);
    }

    /// <summary>The breaks, those of the postings escalated with the reason said.</summary>
    /// <param name="sharing">Breaks that rest on one posting, by its key; keys of one break may be left out.</param>
    public static IReadOnlyList<Break> Escalate(
        IReadOnlyList<Break> breaks, IReadOnlyList<Posting> escalated, ILookup<string, string> sharing)
    {
        if (escalated.Count == 0)
        {
            return breaks;
        }

        var reasons = escalated.SelectMany(posting => sharing[posting.Key].Prepend(posting.Break).Select(id => (Break: id, posting.Reason)))
            .DistinctBy(entry => entry.Break)
            .ToDictionary(entry => entry.Break, entry => entry.Reason, StringComparer.Ordinal);
        return
        [
            .. breaks.Select(item => reasons.TryGetValue(item.Id, out var reason)
                ? item with { Tier = Tier.Escalate, Reason = $"{item.Reason}; escalated: {reason}" }
                : item),
        ];
    }

    // The same key is the same operation: it was done, and it was undone.
    static (Posting Posting, bool Conflicts) Reversed(Posting posting, (string Effect, string RunId, PostingState State) first) => (posting with
    {
        Tier = Tier.Escalate,
        State = first.State,
        FirstRun = first.RunId,
        Reason = $"run {first.RunId} posted it, and it was reversed since: to have it again is to reverse that",
    }, true);

    static (Posting Posting, bool Conflicts) Settle(
        Posting posting,
        IReadOnlyDictionary<string, (string Effect, string RunId, PostingState State)> earlier,
        IReadOnlyDictionary<string, (string Key, string RunId)> queuedFor)
    {
        if (!earlier.TryGetValue(posting.Key, out var first))
        {
            return Guard(posting, queuedFor);
        }

        if (first.Effect == posting.Effect && posting.State == PostingState.Queued && first.State != PostingState.Queued)
        {
            // It waits for a person since then: a later run may not decide over their head.
            return (posting with
            {
                Tier = Tier.Escalate,
                State = first.State == PostingState.Withdrawn ? PostingState.Escalated : first.State,
                FirstRun = first.RunId,
                Reason = $"waits for a person since run {first.RunId}",
            }, true);
        }

        if (first.Effect == posting.Effect && first.State == PostingState.Withdrawn)
        {
            return (posting with { FirstRun = first.RunId }, false);
        }

        if (first.Effect == posting.Effect)
        {
            var reason = first.State == posting.State ? posting.Reason : null;
            return (posting with { FirstRun = first.RunId, State = first.State, Reason = reason }, false);
        }

        return (posting with
        {
            Tier = Tier.Escalate,
            State = PostingState.Escalated,
            Reason = $"key was used for another effect by run {first.RunId}",
        }, true);
    }

    // A break that was classed anew has another key: two keys must not correct one difference twice.
    static (Posting Posting, bool Conflicts) Guard(
        Posting posting, IReadOnlyDictionary<string, (string Key, string RunId)> queuedFor) =>
        posting.State == PostingState.Queued && queuedFor.TryGetValue(posting.Break, out var other) && other.Key != posting.Key
            ? (posting with
            {
                Tier = Tier.Escalate,
                State = PostingState.Escalated,
                Reason = $"run {other.RunId} queued another posting for this break",
            }, true)
            : (posting, false);
}
