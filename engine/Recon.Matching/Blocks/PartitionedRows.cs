// The rows of one side that can take part in a pass, partitioned by the hash of their keys.
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using Recon.Matching.Reading;

namespace Recon.Matching.Blocks;

/// <summary>
/// Position by position: row, key, window values, totals. Within a partition rows ascend, whatever the number of threads.
/// </summary>
/// <remarks>A key is held by 128 bits of its hash under the secret seed of the run: equal hashes mean equal keys.</remarks>
sealed class PartitionedRows
{
    const int MostPartitions = 1 << 14;

    readonly int _windows;
    readonly int _totals;

    PartitionedRows(int count, int windows, int totals)
    {
        _windows = windows;
        _totals = totals;
        Rows = new int[count];
        Keys = new UInt128[count];
        WindowValues = new Int128[(long)count * windows];
        TotalValues = new Int128[(long)count * totals];
        TotalCurrencies = new int[(long)count * totals];
        PartitionEnds = [];
    }

    /// <summary>A total that is NULL or cannot be compared: a group that holds it fails.</summary>
    public const int UnknownTotal = -2;

    public int[] Rows { get; }

    public UInt128[] Keys { get; }

    public Int128[] WindowValues { get; }

    public Int128[] TotalValues { get; }

    public int[] TotalCurrencies { get; }

    /// <summary>Partition p holds the positions from the end of p − 1 to before its own.</summary>
    public int[] PartitionEnds { get; private set; }

    public Int128 WindowAt(int position, int window) => WindowValues[(position * _windows) + window];

    public ReadOnlySpan<Int128> WindowsAt(int position) => WindowValues.AsSpan(position * _windows, _windows);

    public Int128 TotalAt(int position, int total) => TotalValues[(position * _totals) + total];

    public int TotalCurrencyAt(int position, int total) => TotalCurrencies[(position * _totals) + total];

    /// <summary>How many partitions so many rows are cut into: a power of two.</summary>
    public static int PartitionsFor(int rows, int partitionRows) =>
        Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(rows / partitionRows)), 1, MostPartitions);

    public static PartitionedRows Of(PassPlan plan, int side, OpenRows open, int partitions, Workers workers)
    {
        var count = plan.Tables[side].Count;
        var chunkRows = workers.Cut.ChunkRows;
        var chunks = new PartitionedRows[(count + chunkRows - 1) / chunkRows];
        var used = new int[chunks.Length];
        workers.ForEach(chunks.Length, index =>
        {
            var start = index * chunkRows;
            var end = Math.Min(count, start + chunkRows);
            (chunks[index], used[index]) = Read(plan, side, open, start, end);
        });
        return Scatter(plan, chunks, used, partitions, workers);
    }

    static (PartitionedRows Chunk, int Used) Read(PassPlan plan, int side, OpenRows open, int start, int end)
    {
        var closed = open.Closed(side);
        var capacity = 0;
        for (var row = start; row < end; row++)
        {
            capacity += closed[row] ? 0 : 1;
        }

        var chunk = new PartitionedRows(capacity, plan.Windows.Count, plan.Totals.Count);
        var reader = new RowReader(plan, side);
        var used = 0;
        for (var row = start; row < end; row++)
        {
            if (!closed[row] && reader.TryRead(row, chunk, used))
            {
                used++;
            }
        }

        return (chunk, used);
    }

    static PartitionedRows Scatter(
        PassPlan plan, PartitionedRows[] chunks, int[] used, int partitions, Workers workers)
    {
        var shift = 128 - BitOperations.Log2((uint)partitions);
        var starts = new int[chunks.Length][];
        workers.ForEach(chunks.Length, index =>
        {
            var histogram = new int[partitions];
            foreach (var key in chunks[index].Keys.AsSpan(0, used[index]))
            {
                histogram[PartitionOf(key, shift)]++;
            }

            starts[index] = histogram;
        });

        var whole = new PartitionedRows(used.Sum(), plan.Windows.Count, plan.Totals.Count)
        {
            PartitionEnds = TurnIntoStarts(starts, partitions),
        };
        workers.ForEach(chunks.Length, index =>
        {
            var next = starts[index];
            for (var i = 0; i < used[index]; i++)
            {
                whole.Take(chunks[index], i, next[PartitionOf(chunks[index].Keys[i], shift)]++);
            }
        });
        return whole;
    }

    // Chunk by chunk within a partition, so that rows ascend in it.
    static int[] TurnIntoStarts(int[][] histograms, int partitions)
    {
        var ends = new int[partitions];
        var next = 0;
        for (var partition = 0; partition < partitions; partition++)
        {
            foreach (var histogram in histograms)
            {
                (histogram[partition], next) = (next, next + histogram[partition]);
            }

            ends[partition] = next;
        }

        return ends;
    }

    static int PartitionOf(UInt128 key, int shift) => shift == 128 ? 0 : (int)(key >> shift);

    void Take(PartitionedRows source, int from, int to)
    {
        Rows[to] = source.Rows[from];
        Keys[to] = source.Keys[from];
        source.WindowsAt(from).CopyTo(WindowValues.AsSpan(to * _windows));
        source.TotalValues.AsSpan(from * _totals, _totals).CopyTo(TotalValues.AsSpan(to * _totals));
        source.TotalCurrencies.AsSpan(from * _totals, _totals).CopyTo(TotalCurrencies.AsSpan(to * _totals));
    }

    /// <summary>Reads the rows of one side into positions, one after the other.</summary>
    sealed class RowReader(PassPlan plan, int side)
    {
        readonly KeyWriter[] _keys = [.. plan.Keys(side)];
        readonly ulong[] _words = new ulong[plan.KeyWords];
        readonly SideReader[] _windows = [.. plan.Windows.Select(window => window.Readers[side])];
        readonly Total[] _totals = [.. plan.Totals];
        readonly long _seed = plan.Seed;

        public bool TryRead(int row, PartitionedRows target, int position)
        {
            var offset = 0;
            foreach (var key in _keys)
            {
                if (!key.TryWrite(row, _words.AsSpan(offset)))
                {
                    return false;
                }

                offset += key.Words;
            }

            for (var i = 0; i < _windows.Length; i++)
            {
                if (!_windows[i].TryRead(row, out target.WindowValues[(position * _windows.Length) + i],
                    out _))
                {
                    return false;
                }
            }

            ReadTotals(row, target, position * _totals.Length);
            target.Rows[position] = row;
            target.Keys[position] = XxHash128.HashToUInt128(MemoryMarshal.AsBytes<ulong>(_words), _seed);
            return true;
        }

        void ReadTotals(int row, PartitionedRows target, int start)
        {
            for (var i = 0; i < _totals.Length; i++)
            {
                var known = _totals[i].Readers[side].TryRead(row, out var value, out var currency);
                target.TotalValues[start + i] = known ? value : 0;
                target.TotalCurrencies[start + i] = known ? currency : UnknownTotal;
            }
        }
    }
}
