// Tells whether the two sides of a comparison disagree, and by how much.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>A comparison of money, numbers or texts over two tables. Dates never disagree; they lag.</summary>
abstract class ComparisonCheck(Comparison comparison)
{
    protected Comparison Comparison => comparison;

    /// <summary>True where the sides disagree. NULL agrees with NULL only. Allocates nothing where both have values.</summary>
    public abstract bool Differs(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows);

    /// <summary>The difference of two sides that disagree.</summary>
    public abstract Disagreement Describe(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows);

    /// <summary>The check of a comparison; null for dates and instants, and for texts that are not meant to be equal.</summary>
    /// <param name="rates">Tables of rates by name.</param>
    public static ComparisonCheck? Of(
        Comparison comparison, RecordTable left, RecordTable right, IReadOnlyDictionary<string, RateTable> rates) =>
        (comparison.Left.Kind, comparison.Right.Kind) switch
        {
            _ when comparison.Tolerance is AmountTolerance { Fx: { } rule } =>
                new RatedCheck(comparison, left, right, new Conversion(rule, rates.GetValueOrDefault(rule.Rates))),
            (FieldKind.Money or FieldKind.Number, FieldKind.Money or FieldKind.Number) =>
                new AmountCheck(comparison, left, right),
            (FieldKind.Text, FieldKind.Text) when comparison.CanDiffer => new TextCheck(comparison, left, right),
            _ => null,
        };
}

/// <summary>Money and numbers: equal where currency and sum are equal.</summary>
sealed class AmountCheck : ComparisonCheck
{
    readonly RecordTable _left;
    readonly RecordTable _right;
    readonly AmountSide _leftSide;
    readonly AmountSide _rightSide;

    public AmountCheck(Comparison comparison, RecordTable left, RecordTable right)
        : base(comparison)
    {
        (_left, _right) = (left, right);
        var scale = Math.Max(
            AmountSide.ScaleOf(comparison.Left, left), AmountSide.ScaleOf(comparison.Right, right));
        var numbers = new Dictionary<Currency, int>();
        _leftSide = AmountSide.Of(comparison.Left, left, scale, numbers);
        _rightSide = AmountSide.Of(comparison.Right, right, scale, numbers);
    }

    public override bool Differs(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        if (_leftSide.TrySum(leftRows, out var leftUnits, out var leftCurrency)
            && _rightSide.TrySum(rightRows, out var rightUnits, out var rightCurrency))
        {
            return leftUnits != rightUnits || leftCurrency != rightCurrency;
        }

        return !SameTotals(
            MoneyTotals.Of(Comparison.Left, _left, leftRows),
            MoneyTotals.Of(Comparison.Right, _right, rightRows));
    }

    public override Disagreement Describe(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        var left = MoneyTotals.Of(Comparison.Left, _left, leftRows);
        var right = MoneyTotals.Of(Comparison.Right, _right, rightRows);
        var weight = new MoneyTotals();
        weight.Add(right ?? []);
        weight.Subtract(left ?? []);
        var one = left is [var l] && right is [var r] && l.CurrencyCode == r.CurrencyCode
            ? r - l
            : default(Money?);
        var amount = Comparison.Left.Kind == FieldKind.Money ? one : null;
        var text = one is { } difference ? Text(difference) : $"{Text(left)} ≠ {Text(right)}";
        var weighs = Comparison.Left.Kind == FieldKind.Money ? weight.NotZero : [];
        return new Disagreement(Comparison, new Difference(Comparison.Name, amount, text), weighs);
    }

    static bool SameTotals(IReadOnlyList<Money>? left, IReadOnlyList<Money>? right) =>
        left is null || right is null ? left is null && right is null : left.SequenceEqual(right);

    static string Text(IReadOnlyList<Money>? totals) =>
        totals is null ? "NULL" : string.Join(" + ", totals.Select(Text));

    static string Text(Money money) =>
        money.Currency.Length == 0 ? money.Number.ToString() : money.ToString();
}

/// <summary>Texts: equal where their bytes are; on the many side every member must be.</summary>
sealed class TextCheck(Comparison comparison, RecordTable left, RecordTable right)
    : ComparisonCheck(comparison)
{
    // Values of a group that people are shown, and characters of each.
    const int ShownValues = 3;
    const int ShownCharacters = 80;

    readonly TextColumn _left = (TextColumn)LegView.ColumnOf(left, comparison.Left.Terms[0].Field);
    readonly TextColumn _right = (TextColumn)LegView.ColumnOf(right, comparison.Right.Terms[0].Field);

    public override bool Differs(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        foreach (var leftRow in leftRows)
        {
            foreach (var rightRow in rightRows)
            {
                if (!_left.ValueEquals(leftRow, _right, rightRow))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public override Disagreement Describe(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        var text = $"{Shown(_left, leftRows)} ≠ {Shown(_right, rightRows)}";
        return new Disagreement(Comparison, new Difference(Comparison.Name, null, text), []);
    }

    static string Shown(TextColumn column, ReadOnlySpan<int> rows)
    {
        var all = new List<string?>(rows.Length);
        foreach (var row in rows)
        {
            all.Add(column.Text(row));
        }

        var values = all.Distinct(StringComparer.Ordinal).ToList();
        var more = values.Count > ShownValues ? $" and {values.Count - ShownValues} more" : "";
        return string.Join(", ", values.Take(ShownValues).Select(Quoted)) + more;
    }

    static string Quoted(string? value)
    {
        if (value is null)
        {
            return "NULL";
        }

        var length = Math.Min(value.Length, ShownCharacters);
        length -= length < value.Length && char.IsHighSurrogate(value[length - 1]) ? 1 : 0;
        return length < value.Length ? $"\"{value[..length]}…\"" : $"\"{value}\"";
    }
}
