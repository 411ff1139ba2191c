// The open rows of a leg of several sources, key by key.
using Recon.Matching.Blocks;

namespace Recon.Matching.Several;

/// <summary>Rows by key and side, ascending; keys are numbered in the order in which rows bear them.</summary>
sealed class SeveralBlocks
{
    readonly int[][] _ends;
    readonly int[][] _rows;

    SeveralBlocks(int[][] ends, int[][] rows) => (_ends, _rows) = (ends, rows);

    public int Count => _ends[0].Length;

    public ReadOnlySpan<int> Rows(int side, int block)
    {
        var start = block == 0 ? 0 : _ends[side][block - 1];
        return _rows[side].AsSpan(start, _ends[side][block] - start);
    }

    public static SeveralBlocks Of(SeveralPlan plan, OpenRows open, CancellationToken cancellation)
    {
        var numbers = new Dictionary<UInt128, int>();
        var blockOf = new int[plan.Tables.Length][];
        for (var side = 0; side < blockOf.Length; side++)
        {
            cancellation.ThrowIfCancellationRequested();
            blockOf[side] = new int[plan.Tables[side].Count];
            for (var row = 0; row < blockOf[side].Length; row++)
            {
                blockOf[side][row] = -1;
                if (open.IsOpen(side, row) && plan.TryKey(side, row, out var key))
                {
                    numbers.TryAdd(key, numbers.Count);
                    blockOf[side][row] = numbers[key];
                }
            }
        }

        var ends = Array.ConvertAll(blockOf, own => Ends(own, numbers.Count));
        return new SeveralBlocks(ends, [.. blockOf.Select((own, side) => Sorted(own, ends[side]))]);
    }

    static int[] Ends(int[] blockOf, int count)
    {
        var ends = new int[count];
        foreach (var block in blockOf)
        {
            if (block >= 0)
            {
                ends[block]++;
            }
        }

        for (var block = 1; block < count; block++)
        {
            ends[block] += ends[block - 1];
        }

        return ends;
    }

    static int[] Sorted(int[] blockOf, int[] ends)
    {
        var rows = new int[ends.Length == 0 ? 0 : ends[^1]];
        var next = new int[ends.Length];
        for (var row = 0; row < blockOf.Length; row++)
        {
            if (blockOf[row] is var block and >= 0)
            {
                rows[(block == 0 ? 0 : ends[block - 1]) + next[block]++] = row;
            }
        }

        return rows;
    }
}
