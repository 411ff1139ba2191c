// The rows of one side that can take part in a pass, partitioned by the hash of their keys.
using System.Numerics;

namespace Recon.Matching.Blocks;

/// <summary>
/// Position by position: row, key, window values, totals. Within a partition rows ascend, whatever the number of threads.
/// </summary>
/// <remarks>Its arrays are borrowed: they may be longer than what they hold, and <see cref="Dispose"/> gives them back.</remarks>
sealed class PartitionedRows : IDisposable
{
    const int MostPartitions = 1 << 14;

    readonly int _windows;
    readonly int _totals;
    readonly BufferPool _pool;

    PartitionedRows(PassPlan plan, int capacity, BufferPool pool)
    {
        (_windows, _totals, _pool) = (plan.Windows.Count, plan.Totals.Count, pool);
        Rows = pool.Rent<int>(capacity);
        Keys = pool.Rent<UInt128>(capacity);
        WindowValues = pool.Rent<Int128>((long)capacity * _windows);
        TotalValues = pool.Rent<Int128>((long)capacity * _totals);
        TotalCurrencies = pool.Rent<int>((long)capacity * _totals);
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

    public void Dispose()
    {
        foreach (var array in new Array[] { Rows, Keys, WindowValues, TotalValues, TotalCurrencies })
        {
            _pool.Return(array);
        }
    }

    /// <summary>How many partitions so many rows are cut into: a power of two.</summary>
    public static int PartitionsFor(int rows, int partitionRows) =>
        Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(rows / partitionRows)), 1, MostPartitions);

    public static PartitionedRows Of(PassPlan plan, int side, OpenRows open, int partitions, Workers workers)
    {
        var chunks = RowChunk.Of(open.Closed(side), workers);
        using var read = new PartitionedRows(plan, chunks.Sum(chunk => chunk.Capacity), workers.Buffers);
        workers.ForEach(chunks.Length, () => new RowReader(plan, side, open.Closed(side), read), (index, reader) => reader.Read(chunks[index]), _ => { });
        return read.Scatter(plan, chunks, partitions, workers);
    }

    PartitionedRows Scatter(PassPlan plan, RowChunk[] chunks, int partitions, Workers workers)
    {
        var shift = 128 - BitOperations.Log2((uint)partitions);
        var starts = new int[chunks.Length][];
        workers.ForEach(chunks.Length, index =>
        {
            var histogram = new int[partitions];
            foreach (var key in Keys.AsSpan(chunks[index].Place, chunks[index].Used))
            {
                histogram[PartitionOf(key, shift)]++;
            }

            starts[index] = histogram;
        });

        var whole = new PartitionedRows(plan, chunks.Sum(chunk => chunk.Used), workers.Buffers)
        {
            PartitionEnds = TurnIntoStarts(starts, partitions),
        };
        workers.ForEach(chunks.Length, index => whole.Take(this, chunks[index], starts[index], shift));
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

    // The uppermost bits, at most 14.
    static int PartitionOf(UInt128 key, int shift) => shift == 128 ? 0 : (int)((ulong)(key >> 64) >> (shift - 64));

    void Take(PartitionedRows source, RowChunk chunk, int[] next, int shift)
    {
        var (rows, keys, fromRows, fromKeys) = (Rows, Keys, source.Rows, source.Keys);
        var hasValues = _windows + _totals > 0;
        for (var from = chunk.Place; from < chunk.Place + chunk.Used; from++)
        {
            var key = fromKeys[from];
            var to = next[PartitionOf(key, shift)]++;
            rows[to] = fromRows[from];
            keys[to] = key;
            if (hasValues)
            {
                TakeValues(source, from, to);
            }
        }
    }

    void TakeValues(PartitionedRows source, int from, int to)
    {
        source.WindowsAt(from).CopyTo(WindowValues.AsSpan(to * _windows));
        source.TotalValues.AsSpan(from * _totals, _totals).CopyTo(TotalValues.AsSpan(to * _totals));
        source.TotalCurrencies.AsSpan(from * _totals, _totals).CopyTo(TotalCurrencies.AsSpan(to * _totals));
    }
}
