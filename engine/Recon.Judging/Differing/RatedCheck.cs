// Tells by how much two sides of several currencies disagree, at the rates by which their pass matched them.
using System.Globalization;
using Recon.Judging.Classifying;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>
/// Of several currencies the difference is right − left in the currency of the rule, rounded half even to its minor unit; one that
/// rounds to nothing is none, since no amount of money comes closer. Of one currency they are compared as they are.
/// </summary>
sealed class RatedCheck(Comparison comparison, RecordTable left, RecordTable right, Conversion conversion)
    : ComparisonCheck(comparison)
{
    readonly AmountCheck _plain = new(comparison, left, right);
    readonly RecordDates _dates = new();

    public override bool Differs(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows) =>
        _plain.Differs(leftRows, rightRows) && (DifferenceOf(leftRows, rightRows) is not { } rounded || !rounded.Amount.IsZero);

    public override Disagreement Describe(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        if (DifferenceOf(leftRows, rightRows) is not var (amount, days))
        {
            return _plain.Describe(leftRows, rightRows);
        }

        var (from, to) = (Iso(days[0]), Iso(days[^1]));
        var words = $"{amount} at {conversion.Rule.Rates} rates of {from}{(from == to ? "" : $" to {to}")}, rounded";
        return new Disagreement(Comparison, new Difference(Comparison.Name, amount, words), [amount]);
    }

    // With the days of the rates, ascending. Null where both are of one currency, or something is missing.
    (Money Amount, List<int> Days)? DifferenceOf(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        if (IsOfOneCurrency(leftRows, rightRows))
        {
            return null;
        }

        var isLeft = conversion.Rule.DateSource == left.Name;
        var days = (isLeft ? leftRows : rightRows).ToArray().Select(row => DayOf(isLeft ? left : right, row)).Distinct().Order().ToList();

        // Records without a day of their own have that of the other side, where it is one.
        var only = days is [var day] ? day : null;
        return !days.Contains(null)
            && Total(Comparison.Left, left, leftRows, row => isLeft ? DayOf(left, row) : only) is { } x
            && Total(Comparison.Right, right, rightRows, row => isLeft ? only : DayOf(right, row)) is { } y
                ? (conversion.Rounded(y - x), [.. days.OfType<int>()])
                : null;
    }

    bool IsOfOneCurrency(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows) =>
        MoneyTotals.Of(Comparison.Left, left, leftRows) is [var a] && MoneyTotals.Of(Comparison.Right, right, rightRows) is [var b]
        && a.CurrencyCode == b.CurrencyCode;

    int? DayOf(RecordTable table, int row) => _dates.Of(table, table.Column(conversion.Rule.DateField), row)?.DayNumber;

    Fraction? Total(Operand operand, RecordTable table, ReadOnlySpan<int> rows, Func<int, int?> dayOf)
    {
        Fraction? total = ExactNumber.Zero;
        foreach (var ofDay in rows.ToArray().GroupBy(dayOf))
        {
            if (MoneyTotals.Of(operand, table, [.. ofDay]) is not { } amounts)
            {
                return null;
            }

            foreach (var amount in amounts)
            {
                total += conversion.Convert(amount.Number, amount.CurrencyCode, ofDay.Key);
            }
        }

        return total;
    }

    static string Iso(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
