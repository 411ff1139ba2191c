// Finds the amounts that do not fit the common scale of their column.
using Recon.Model;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

static class ColumnScale
{
    // 19 digits of an Int64 and 18 more stay within 37.
    const int SafeLift = 18;

    /// <summary>
    /// A column is scaled by the largest number of decimals among the rows that could be read; a value beyond ±10^37 units
    /// at that scale is a fault.
    /// </summary>
    public static IReadOnlyList<CellFault> TooLarge(FieldValues values, RowAccounts accounts, int rows)
    {
        if (values is not AmountValues amounts)
        {
            return [];
        }

        var scale = 0;
        for (var row = 0; row < rows; row++)
        {
            if (!amounts.IsNull(row) && amounts.Scale(row) > scale && accounts.IsInScope(row))
            {
                scale = amounts.Scale(row);
            }
        }

        if (!amounts.HasWide && scale <= SafeLift)
        {
            return [];
        }

        var faults = new List<CellFault>();
        for (var row = 0; row < rows; row++)
        {
            if (accounts.IsInScope(row) && !amounts.IsNull(row) && IsBeyond(amounts, row, scale))
            {
                faults.Add(new CellFault(row, CellFaultKind.TooLarge));
            }
        }

        return faults;
    }

    static bool IsBeyond(AmountValues amounts, int row, int scale) =>
        Int128.Abs(amounts.Units(row)) > ExactNumber.MaxUnits / ExactNumber.PowerOfTen(scale - amounts.Scale(row));
}
