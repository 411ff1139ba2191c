// What an ambiguous component weighs: what one of its sides has more than the other.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// Whichever way the records of an ambiguous component are paired, the difference of its totals is left over; what pairs
/// is not at risk. Two entries of 386.75 against one in the books weigh 386.75, two against two weigh nothing.
/// </summary>
/// <param name="Side">The side of the leg that has more, by absolute total; of equals the right one of the pass.</param>
/// <param name="Value">Its total less that of the other side; 0 where they agree.</param>
sealed record Surplus(int Side, Money Value)
{
    /// <summary>
    /// Null where the totals cannot be compared: the pass compares no money or joins more than two sources, a value is NULL, there are several
    /// currencies, or the key has more candidates than the pass could weigh.
    /// </summary>
    /// <exception cref="ReconException">Amounts beyond ±10^37 units.</exception>
    public static Surplus? Of(Subject subject)
    {
        if (subject is not { Kind: BreakKind.Ambiguous, Component.IsCapped: false, Pass: { IsOfOneSource: false, IsOfSeveral: false } pass }
            || ValueComparison.Of(subject.View, [.. pass.Comparisons, .. KeysOf(pass)]) is not { } pair)
        {
            return null;
        }

        var (left, right) = (subject.View.SideOf(pair.Left.Source), subject.View.SideOf(pair.Right.Source));
        try
        {
            var ofLeft = MoneyTotals.Of(pair.Left, subject.View.Tables[left], subject.Rows[left]);
            var ofRight = MoneyTotals.Of(pair.Right, subject.View.Tables[right], subject.Rows[right]);
            return ofLeft is not [var a] || ofRight is not [var b] || a.CurrencyCode != b.CurrencyCode ? null
                : a.Number.Abs() > b.Number.Abs() ? new Surplus(left, a - b)
                : new Surplus(right, b - a);
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left(subject.Records[0].ToString(), overflow);
        }
    }

    // Amounts that the key asks to be equal are compared too.
    static IEnumerable<Comparison> KeysOf(PassSpec pass) =>
        from pair in pass.Key
        where pass.Left.Field(pair.LeftField).Kind == FieldKind.Money
        select new Comparison(
            $"{pass.Left.Name}.{pair.LeftField} ~ {pass.Right.Name}.{pair.RightField}",
            OperandOf(pass.Left.Name, pair.LeftField), OperandOf(pass.Right.Name, pair.RightField), Tolerance: null);

    static Operand OperandOf(string source, string field) => new(source, FieldKind.Money, [new Term(Minus: false, source, field)]);
}
