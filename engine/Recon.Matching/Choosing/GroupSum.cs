// What the amounts of a group add up to.
using Recon.Matching.Blocks;
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>A sum and its currency.</summary>
/// <param name="Currency"><see cref="PartitionRows.UnknownTotal"/> where there is no sum.</param>
readonly record struct GroupSum(Int128 Value, int Currency)
{
    /// <summary>Sums stop here, short of the range of Int128: one more amount of 10^37 still fits.</summary>
    public static readonly Int128 Most = 15 * ExactNumber.MaxUnits;

    /// <summary>No sum where an amount is missing, two currencies meet or it leaves the range.</summary>
    public static GroupSum Of(PartitionRows rows, IReadOnlyList<int> positions, int total)
    {
        var currency = rows.TotalCurrencyAt(positions[0], total);
        Int128 sum = 0;
        foreach (var position in positions)
        {
            sum += rows.TotalAt(position, total);
            if (rows.TotalCurrencyAt(position, total) != currency || sum > Most || sum < -Most)
            {
                return new GroupSum(0, PartitionRows.UnknownTotal);
            }
        }

        return new GroupSum(sum, currency);
    }

    /// <summary>True where two sums are of one currency that the pass takes, and as near as it demands.</summary>
    public static bool Fit(Total total, GroupSum first, GroupSum second) =>
        first.Currency != PartitionRows.UnknownTotal && first.Currency == second.Currency
        && first.Currency == (total.Currency ?? first.Currency) && total.Allowance.Holds(first.Value, second.Value);
}
