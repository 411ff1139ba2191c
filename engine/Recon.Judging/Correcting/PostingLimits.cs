// Holds what a run would post against the limits of its resolutions.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>What may be posted, and what a person must look at before.</summary>
/// <param name="Postings">All of them, in the order given.</param>
/// <param name="Escalated">Those of them that the engine would have posted, and does not.</param>
public sealed record Restraint(IReadOnlyList<Posting> Postings, IReadOnlyList<Posting> Escalated)
{
    /// <summary>The postings, those with an objection escalated.</summary>
    /// <param name="objection">
    /// Why the engine may not post it by itself; null where it may. Asked in the order of the business keys, that of the record in the books first:
    /// which source a pack declares first decides nothing.
    /// </param>
    internal static Restraint Of(IReadOnlyList<Posting> postings, Func<Posting, string?> objection)
    {
        Posting[] all = [.. postings];
        var escalated = new List<Posting>();
        foreach (var i in Enumerable.Range(0, all.Length).OrderBy(i => BusinessKey(postings[i])).ThenBy(i => postings[i].Key, StringComparer.Ordinal))
        {
            if (IsNew(postings[i]) && objection(postings[i]) is { } reason)
            {
                all[i] = postings[i] with { Tier = Tier.Escalate, State = PostingState.Escalated, Reason = reason };
                escalated.Add(all[i]);
            }
        }

        return new Restraint(all, escalated);
    }

    static RecordId? BusinessKey(Posting posting) =>
        posting.Records.Where(record => record.Source == posting.To).Min() ?? posting.Records.Min();

    /// <summary>True for what the engine posts now; what stands in the outbox already is posted, whatever a limit says.</summary>
    internal static bool IsNew(Posting posting) => posting is { State: PostingState.Queued, FirstRun: null };
}

/// <summary>
/// Limits over several postings. The first that would go beyond one, and all behind it that the same limit counts, wait for a
/// person: what is posted is a beginning of the canonical order, never a choice of what still fits.
/// </summary>
public static class PostingLimits
{
    /// <param name="postings">In canonical order, held against what earlier runs did under their keys.</param>
    /// <param name="ofDate">What the engine posted in other runs of the same business date.</param>
    public static Restraint Hold(Pack pack, IReadOnlyList<Posting> postings, IReadOnlyList<Posting> ofDate)
    {
        var limits = pack.Resolutions.Where(rule => rule.PostsByItself).ToDictionary(rule => rule.For, rule => rule.Limit, StringComparer.Ordinal);
        if (limits.Values.All(limit => (limit.Run, limit.Day, limit.Account, limit.Counterparty) is (null, null, null, null)))
        {
            return new Restraint(postings, []);
        }

        var used = new UsedLimits(limits);
        foreach (var posting in ofDate)
        {
            used.Add(posting, isOfRun: false);
        }

        return Restraint.Of(postings, posting =>
        {
            var objection = used.Objection(posting);
            if (objection is null)
            {
                used.Add(posting, isOfRun: true);
            }

            return objection;
        });
    }
}
