// The conditions of a pass over two currencies, asked of the rows of one block.
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>All rate conditions of a pass together.</summary>
sealed class BlockRates(PassPlan plan)
{
    readonly Int128[] _distances = new Int128[plan.Rates.Count];
    readonly List<int> _found = [];

    public bool IsAsked => plan.Rates.Count > 0;

    /// <summary>The distances of the pair asked last, by condition.</summary>
    public ReadOnlySpan<Int128> Distances => _distances;

    public bool Fit(int firstRow, int secondRow)
    {
        for (var i = 0; i < plan.Rates.Count; i++)
        {
            if (!plan.Rates[i].Holds(firstRow, secondRow, out _distances[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sorts rows so that those that no condition tells apart come together and compare as 0.</summary>
    public int Compare(int side, int row, int otherRow)
    {
        var order = 0;
        for (var i = 0; order == 0 && i < plan.Rates.Count; i++)
        {
            order = plan.Rates[i].Compare(side, row, otherRow);
        }

        return order;
    }

    /// <summary>
    /// Pairs of places whose rows may meet the first condition: each row of the dated side with those that an index over the other finds.
    /// </summary>
    public IEnumerable<(int First, int Second)> Near(int[] firstRows, int[] secondRows)
    {
        var condition = plan.Rates[0];
        var (dated, others) = condition.DatedSide == 0 ? (firstRows, secondRows) : (secondRows, firstRows);
        var index = condition.IndexOver(others);
        for (var place = 0; place < dated.Length; place++)
        {
            _found.Clear();
            index.Find(dated[place], _found);
            foreach (var other in _found)
            {
                yield return condition.DatedSide == 0 ? (place, other) : (other, place);
            }
        }
    }
}
