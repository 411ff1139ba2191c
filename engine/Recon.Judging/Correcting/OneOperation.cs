// Folds the corrections of one run that share a key: one operation is posted once.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>
/// Corrections of one run by key. Those with one effect become one posting, that of the first break; where a key would
/// have two effects none of them may be posted, and each stands for a person to see.
/// </summary>
static class OneOperation
{
    const string Conflict =
        "same key, other effect: another break of this run asks for another posting under this key";

    /// <summary>The corrections in their order; what one break may not post under a key, no break may.</summary>
    public static Correction[] Settle(IReadOnlyList<Correction> corrections)
    {
        var objections = corrections
            .Where(correction => correction.Posting is not null)
            .GroupBy(correction => correction.Posting!.Key, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .ToDictionary(group => group.Key, ObjectionOf, StringComparer.Ordinal);
        return
        [
            .. corrections.Select(correction =>
                correction.Posting is { } posting
                && objections.GetValueOrDefault(posting.Key) is { } objection
                    ? Escalated(posting, correction.Objection ?? objection)
                    : correction),
        ];
    }

    /// <summary>The breaks that rest on one posting, by its key; keys of one break are left out.</summary>
    /// <param name="breaks">Id of the break of each correction.</param>
    public static ILookup<string, string> Sharing(IReadOnlyList<Correction> corrections, IReadOnlyList<string> breaks) => corrections
        .Zip(breaks, (correction, id) => (correction.Posting?.Key, Break: id))
        .Where(entry => entry.Key is not null)
        .GroupBy(entry => entry.Key!, StringComparer.Ordinal).Where(group => group.Skip(1).Any())
        .SelectMany(group => group).ToLookup(entry => entry.Key!, entry => entry.Break, StringComparer.Ordinal);

    /// <summary>The postings without the repetitions of (key, effect); the first in the order given stays.</summary>
    public static IEnumerable<Posting> Distinct(IEnumerable<Posting> postings) =>
        postings.DistinctBy(posting => (posting.Key, posting.Effect));

    static string? ObjectionOf(IEnumerable<Correction> sameKey) =>
        sameKey.Select(correction => correction.Posting!.Effect).Distinct(StringComparer.Ordinal).Count() > 1
            ? Conflict
            : sameKey.Select(correction => correction.Objection).OfType<string>().FirstOrDefault();

    static Correction Escalated(Posting posting, string objection) => new(
        posting with { Tier = Tier.Escalate, State = PostingState.Escalated, Reason = objection }, objection);
}
