// What the amounts of a column add up to, currency by currency.
using System.Numerics;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Assembling;

/// <summary>Exact sums in units of the column, in the order of its currencies; NULL adds nothing.</summary>
static class CurrencyTotals
{
    /// <param name="leftOut">Row → true where it does not count; null where all rows do.</param>
    internal static BigInteger[] OfAll(MoneyColumn column, bool[]? leftOut)
    {
        if (!column.IsNarrow || leftOut is not null)
        {
            return Of(column, [.. Enumerable.Range(0, column.Count)], leftOut);
        }

        // 2^31 rows of 63 bits fit.
        var sums = new Int128[column.Currencies.Count];
        var units = column.NarrowUnits;
        for (var row = 0; row < units.Length; row++)
        {
            if (!column.IsNull(row))
            {
                sums[column.CurrencyIndex(row)] += units[row];
            }
        }

        return [.. sums.Select(sum => (BigInteger)sum)];
    }

    internal static BigInteger[] Of(MoneyColumn column, ReadOnlySpan<int> rows, bool[]? leftOut)
    {
        var sums = column.Currencies.Select(_ => new ExactSum()).ToArray();
        foreach (var row in rows)
        {
            if (!column.IsNull(row) && leftOut?[row] != true)
            {
                sums[column.CurrencyIndex(row)].Add(column.Units(row), column.Scale);
            }
        }

        return [.. sums.Select(sum => sum.Total.UnitsAt(column.Scale))];
    }
}
