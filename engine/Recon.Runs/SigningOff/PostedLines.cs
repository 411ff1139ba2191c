// What our own postings, once they are in the books, take away from what explained a difference of balances.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.SigningOff;

/// <summary>
/// A posting closes the difference of its break: from the day on which it is in the books, our balance has the amount, and the break explains it
/// no more. Its reversal gives that back. What the books made of a posting beside that is ours alone.
/// </summary>
/// <param name="posted">The postings that are in the books.</param>
sealed class PostedLines(OpeningState closing, IReadOnlyList<Break> breaks, IReadOnlyList<OwnPosting> posted)
{
    readonly HashSet<string> _keys = posted.Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);

    readonly HashSet<string> _open = closing.Items.SelectMany(item => item.OpenLegs).Select(open => open.Break).ToHashSet(StringComparer.Ordinal);

    /// <summary>Parts of theirs − ours.</summary>
    internal IEnumerable<(string Why, Money Amount)> On(IReadOnlyList<string> leg, string ours, string theirs)
    {
        var reversals = posted.Select(posting => PostingKey.OfReversal(posting.Key)).Where(_keys.Contains).ToHashSet(StringComparer.Ordinal);
        var byId = breaks.DistinctBy(item => item.Id).ToDictionary(item => item.Id, StringComparer.Ordinal);
        foreach (var posting in posted.Where(posting => posting.To == ours && !reversals.Contains(posting.Key)))
        {
            if (posting.For is { } id && byId.GetValueOrDefault(id) is { } item && item.Leg.SequenceEqual(leg)
                && item.Value.Where(value => value.CurrencyCode == posting.Amount.CurrencyCode).Take(1).ToList() is [var value] && IsInBooks(posting)
                && PartOf(item, value, leg, theirs) is { } part)
            {
                yield return ($"posted since: {item.Class}", -part);
            }
        }

        foreach (var altered in breaks.Where(item => item.Class == BuiltInClasses.PostingAltered && item.Leg is [var only] && only == ours))
        {
            foreach (var amount in altered.Value)
            {
                yield return ($"in {ours} alone: {altered.Class}", -amount);
            }
        }
    }

    // Reversed as often as not, it is there.
    bool IsInBooks(OwnPosting posting)
    {
        var isThere = true;
        for (var next = PostingKey.OfReversal(posting.Key); _keys.Contains(next); next = PostingKey.OfReversal(next))
        {
            isThere = !isThere;
        }

        return isThere;
    }

    // Null for what is open no more: when its posting came back the two were matched, and both balances have it.
    Money? PartOf(Break item, Money value, IReadOnlyList<string> leg, string theirs) => item.Kind switch
    {
        BreakKind.Difference => leg[0] == theirs ? -value : value,
        BreakKind.Open when _open.Contains(item.Id) => item.Records[0].Source == theirs ? value : -value,
        _ => null,
    };
}
