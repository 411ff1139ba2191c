// Tells whether records of one source that were netted cancel, and what is left of them.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>The total of the members' amounts, which should be 0. Both sides of the comparison are the same rows.</summary>
sealed class NetCheck(Comparison comparison, RecordTable table) : ComparisonCheck(comparison)
{
    public override bool Differs(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows) => TotalOf(leftRows).NotZero.Count > 0;

    public override Disagreement Describe(ReadOnlySpan<int> leftRows, ReadOnlySpan<int> rightRows)
    {
        var total = TotalOf(leftRows).NotZero;
        var isMoney = Comparison.Left.Kind == FieldKind.Money;
        var text = string.Join(" + ", total.Select(each => isMoney ? each.ToString() : each.Number.ToString()));
        var amount = isMoney && total is [var only] ? only : default(Money?);
        return new Disagreement(Comparison, new Difference(Comparison.Name, amount, text), isMoney ? total : []);
    }

    MoneyTotals TotalOf(ReadOnlySpan<int> rows)
    {
        var totals = new MoneyTotals();
        foreach (var term in Comparison.Left.Terms)
        {
            totals.AddTerm(term, table, rows);
        }

        return totals;
    }
}
