// The records of one key that stay, found again by the windows of the pass without comparing all with all.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Matching.Blocks;
using Recon.Model;

namespace Recon.Matching.Deduping;

/// <summary>
/// A grid whose cells are as wide as the windows reach: whatever lies within all windows of a record lies in its cell or
/// in one beside it, and two records of one cell lie within all windows of each other.
/// </summary>
/// <remarks>
/// Windows of a dedupe pass are the same both ways. Records with equal values in all windows are held once: only the first
/// of them can be the first that fits.
/// </remarks>
sealed class KeptRecords(PassPlan plan, PartitionRows rows)
{
    // Half a second of comparing: only records of one key that stay for other reasons, by the ten thousand, come near.
    const int MostCompared = 1 << 26;

    readonly Dictionary<ulong, List<(int Order, int Position)>> _cells = [];
    readonly Int128[] _cell = new Int128[plan.Windows.Count];
    int _count;
    long _compared;

    public void Clear()
    {
        _cells.Clear();
        (_count, _compared) = (0, 0);
    }

    /// <summary>Records are added in the order in which they stay.</summary>
    public void Add(int position)
    {
        for (var window = 0; window < _cell.Length; window++)
        {
            _cell[window] = CellOf(position, window);
        }

        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, HashOfCell(), out _);
        cell ??= [];
        if (!cell.Exists(kept => rows.WindowsAt(kept.Position).SequenceEqual(rows.WindowsAt(position))))
        {
            cell.Add((_count, position));
        }

        _count++;
    }

    /// <summary>The first record that was added and meets every window with this one; −1 for none.</summary>
    public int FirstThatFits(int position)
    {
        var best = (Order: int.MaxValue, Position: -1);
        LookAround(position, window: 0, ref best);
        return best.Position;
    }

    void LookAround(int position, int window, ref (int Order, int Position) best)
    {
        if (window == _cell.Length)
        {
            Look(position, ref best);
            return;
        }

        for (var step = -1; step <= 1; step++)
        {
            _cell[window] = CellOf(position, window) + step;
            LookAround(position, window + 1, ref best);
        }
    }

    void Look(int position, ref (int Order, int Position) best)
    {
        if (!_cells.TryGetValue(HashOfCell(), out var cell))
        {
            return;
        }

        foreach (var kept in cell)
        {
            if (kept.Order > best.Order)
            {
                return;
            }

            RefuseTooMany(position);
            if (Fits(kept.Position, position))
            {
                best = kept;
                return;
            }
        }
    }

    bool Fits(int kept, int position)
    {
        for (var window = 0; window < _cell.Length; window++)
        {
            var difference = rows.WindowAt(kept, window) - rows.WindowAt(position, window);
            if (Int128.Abs(difference) > Width(window))
            {
                return false;
            }
        }

        return true;
    }

    // The binder allows only windows that are fixed and the same both ways.
    Int128 Width(int window) => plan.Windows[window].Allowance.High(0, 0);

    Int128 CellOf(int position, int window)
    {
        var (value, width) = (rows.WindowAt(position, window), Width(window) + 1);
        return value >= 0 ? value / width : ((value + 1) / width) - 1;
    }

    // Cells that share a hash share a list: it costs comparisons, never an answer.
    ulong HashOfCell() => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(_cell.AsSpan()), plan.Seed);

    void RefuseTooMany(int position)
    {
        if (++_compared > MostCompared)
        {
            throw new ReconException(
                $"pass {plan.Pass.Id}: more than {MostCompared:N0} comparisons of records with one key, among them "
                + $"{plan.Tables[0].Name}:{plan.Tables[0].Id(rows.Rows[position])}; add a key field or narrow a window",
                FaultKind.InputWrong);
        }
    }
}
