// A tolerance that is a little wider, a little narrower, or twice as wide.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Mutating;

static class ToleranceMutants
{
    const int Twentieth = SimilarityTolerance.Whole / 20;

    public static IEnumerable<(string What, Tolerance Tolerance)> Of(Tolerance tolerance) => tolerance switch
    {
        AmountTolerance amount =>
        [
            .. Bounds(amount.Over).Select(bound => (Instead($"up to {Text(bound)} more", Text(amount.Over)), (Tolerance)(amount with { Over = bound }))),
            .. Bounds(amount.Under).Select(bound => (Instead($"up to {Text(bound)} less", Text(amount.Under)), (Tolerance)(amount with { Under = bound }))),
        ],
        DayTolerance day =>
        [
            .. Steps(day.To, 1).Where(to => to >= day.From).Select(to => (Days("to", to, day.To), (Tolerance)(day with { To = to }))),
            .. Steps(day.From, -1).Where(from => from <= day.To).Select(from => (Days("from", from, day.From), (Tolerance)(day with { From = from }))),
        ],
        ElapsedTolerance elapsed =>
        [
            .. Spans(elapsed.To).Where(to => to >= elapsed.From)
                .Select(to => (Instead($"to {Text(to)}", Text(elapsed.To)), (Tolerance)(elapsed with { To = to }))),
            .. Spans(elapsed.From).Where(from => from <= elapsed.To)
                .Select(from => (Instead($"from {Text(from)}", Text(elapsed.From)), (Tolerance)(elapsed with { From = from }))),
        ],
        SimilarityTolerance alike =>
        [
            .. new[] { alike.Threshold - Twentieth, alike.Threshold + Twentieth }.Where(threshold => threshold is > 0 and <= SimilarityTolerance.Whole)
                .Select(threshold => (Instead($"alike by {threshold}", $"{alike.Threshold} millionths"), (Tolerance)(alike with { Threshold = threshold }))),
        ],
        _ => [],
    };

    // One unit of the last decimal up and down, and twice as much.
    public static IEnumerable<ExactNumber> Amounts(ExactNumber amount)
    {
        var unit = new ExactNumber(1, Math.Max(amount.Scale, 2));
        yield return amount + unit;
        if (!amount.IsZero)
        {
            yield return amount - unit;
        }

        // Twice one unit is one unit more.
        if (!amount.IsZero && amount != unit)
        {
            yield return amount + amount;
        }
    }

    static IEnumerable<AmountBound> Bounds(AmountBound bound) => bound.Amount is { } amount
        ? Amounts(amount).Select(other => bound with { Amount = other })
        : Amounts(bound.Percent!.Value).Where(percent => percent <= new ExactNumber(100, 0)).Select(percent => bound with { Percent = percent });

    static IEnumerable<int> Steps(int days, int outward) => days == 0 ? [outward] : ((int[])[days + 1, days - 1, days * 2]).Distinct();

    // A second is as short as people write.
    static IEnumerable<TimeSpan> Spans(TimeSpan span)
    {
        var second = TimeSpan.FromSeconds(1);
        return span == TimeSpan.Zero ? [second, -second] : ((TimeSpan[])[span + second, span - second, span * 2]).Distinct();
    }

    static string Instead(string now, string before) => $"{now} instead of {before}";

    static string Days(string word, int days, int before) => string.Create(CultureInfo.InvariantCulture, $"{word} day {days} instead of {before}");

    static string Text(TimeSpan span)
    {
        var size = span.Duration();
        (long Count, string Unit)[] parts = [((long)size.TotalHours, "h"), (size.Minutes, "min"), (size.Seconds, "s")];
        var text = string.Join(
            ' ', parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}")));
        return text.Length == 0 ? "0" : span < TimeSpan.Zero ? $"-{text}" : text;
    }

    static string Text(AmountBound bound) => bound.Amount is { } amount ? amount.ToString() : $"{bound.Percent} %";
}
