// One block whose candidate pairs are too many to be listed: its bins by side, and what each may meet.
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>
/// Bins of a hot key, numbered by their smallest record, and a tree of each side. Ties choose through it without a graph; they
/// give the same answer as through one, or none at all where the budget of the block is spent.
/// </summary>
sealed class LargeBlock
{
    readonly PassPlan _plan;
    readonly PairCondition? _condition;
    readonly Int128[][] _values;
    readonly int[][][] _rows;
    readonly WindowBox _box;

    /// <param name="bins">By side: the bins of the block and nothing else.</param>
    /// <param name="heads">By side and bin: the position of its smallest record.</param>
    public LargeBlock(
        PassPlan plan, PartitionRows[] rows, BinList[] bins, IReadOnlyList<int>[] heads, PairCondition? condition, long mostSteps)
    {
        (_plan, _condition) = (plan, condition);
        _box = WindowBox.Of(plan.Windows.Count);
        _rows = new int[2][][];
        _values = new Int128[2][];
        for (var side = 0; side < 2; side++)
        {
            // What the finder sorts by is seeded; the smallest records are the same in every run.
            var (own, ofSide) = (bins[side], heads[side]);
            int[] order = [.. Enumerable.Range(0, own.Count).OrderBy(own.Head)];
            _rows[side] = Array.ConvertAll(order, bin => own.Rows(bin).ToArray());
            _values[side] = [.. order.SelectMany(bin => rows[side].WindowsAt(ofSide[bin]).ToArray())];
        }

        Steps = StepBudget.Of(mostSteps, AllRows(0).LongCount() + AllRows(1).LongCount());
    }

    public StepBudget Steps { get; }

    public bool HasCondition => _condition is not null;

    public int BinCount(int side) => _rows[side].Length;

    /// <summary>Rows of a bin, ascending; a tie that takes them in another order sorts them anew.</summary>
    public int[] Rows(int side, int bin) => _rows[side][bin];

    /// <summary>Rows of all bins of a side.</summary>
    public IEnumerable<int> AllRows(int side) => _rows[side].SelectMany(rows => rows);

    /// <param name="ranks">By bin of the side.</param>
    public BinTree Tree(int side, int[] ranks) =>
        new(_values[side], _plan.Windows.Count, ranks, Array.ConvertAll(_rows[side], rows => rows.Length), Steps);

    /// <summary>Where the partners of a bin lie; valid until the next call.</summary>
    public WindowBox BoxOf(int side, int bin)
    {
        var windows = _plan.Windows.Count;
        _box.Surround(_plan.Windows, side, _values[side].AsSpan(bin * windows, windows));
        return _box;
    }

    /// <summary>The distance of two bins, measure by measure; a large block has no texts.</summary>
    public void Measure(int first, int second, Span<Int128> distance)
    {
        var windows = _plan.Windows.Count;
        for (var i = 0; i < distance.Length; i++)
        {
            var window = _plan.Measures[i].Index;
            distance[i] = Int128.Abs(_values[1][(second * windows) + window] - _values[0][(first * windows) + window]);
        }
    }

    /// <summary>The C# of the pass holds between two bins; asked about their smallest records.</summary>
    public bool Holds(int side, int bin, int other)
    {
        if (_condition is null)
        {
            return true;
        }

        Steps.Spend(StepBudget.SingleAskSteps);
        var (first, second) = side == 0 ? (bin, other) : (other, bin);
        return _condition.Holds(_rows[0][first][0], _rows[1][second][0]);
    }

    /// <summary>Keeps the bins of the other side for which the C# of the pass holds.</summary>
    public void Filter(int side, int bin, List<int> others)
    {
        if (_condition is not null && !Steps.Spend(others.Count))
        {
            _condition.Filter(side, _rows[side][bin][0], others, other => _rows[1 - side][other][0]);
        }
    }
}
