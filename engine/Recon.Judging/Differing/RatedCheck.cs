// Tells by how much two amounts of two currencies disagree, at the rates by which their pass matched them.
using Recon.Judging.Classifying;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>
/// Of two currencies the difference is right − left in the currency of the rule, rounded half even to its minor unit; one that
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
        if (DifferenceOf(leftRows, rightRows) is not var (amount, day))
        {
            return _plain.Describe(leftRows, rightRows);
        }

        var words = $"{amount} at {conversion.Rule.Rates} rates of {day:yyyy-MM-dd}, rounded";
        return new Disagreement(Comparison, new Difference(Comparison.Name, amount, words), [amount]);
    }

    // Null where both are of one currency, or something is missing.
    (Money Amount, DateOnly Day)? DifferenceOf(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        var isLeft = conversion.Rule.DateSource == left.Name;
        var table = isLeft ? left : right;
        var rows = isLeft ? leftRows : rightRows;
        if (rows.Length != 1 || MoneyTotals.Of(Comparison.Left, left, leftRows) is not [var a]
            || MoneyTotals.Of(Comparison.Right, right, rightRows) is not [var b] || a.CurrencyCode == b.CurrencyCode
            || _dates.Of(table, table.Column(conversion.Rule.DateField), rows[0]) is not { } day)
        {
            return null;
        }

        return conversion.Convert(a.Number, a.CurrencyCode, day.DayNumber) is { } x
            && conversion.Convert(b.Number, b.CurrencyCode, day.DayNumber) is { } y
                ? (conversion.Rounded(y - x), day)
                : null;
    }
}
