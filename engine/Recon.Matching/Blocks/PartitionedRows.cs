// The rows of one side that can take part in a pass, partitioned by the hash of their keys.
using System.Numerics;

namespace Recon.Matching.Blocks;

/// <summary>
/// Chunk by chunk as they were read, each sorted by partition, so that every row is written once; a partition is put together when it is
/// asked for. Within a partition rows ascend, whatever the number of threads.
/// </summary>
/// <remarks>Its arrays are borrowed: <see cref="Dispose"/> gives them back.</remarks>
sealed class PartitionedRows : IDisposable
{
    const int MostPartitions = 1 << 14;

    readonly PassPlan _plan;
    readonly int _partitions;
    readonly BufferPool _pool;
    readonly PartitionRows[] _chunks;

    // Chunk → partition → behind its last position.
    readonly int[][] _ends;

    PartitionedRows(PassPlan plan, int partitions, int chunks, BufferPool pool)
    {
        (_plan, _partitions, _pool) = (plan, partitions, pool);
        (_chunks, _ends) = (new PartitionRows[chunks], new int[chunks][]);
    }

    /// <summary>How many partitions so many rows are cut into: a power of two.</summary>
    public static int PartitionsFor(int rows, int partitionRows) =>
        Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(rows / partitionRows)), 1, MostPartitions);

    public static PartitionedRows Of(PassPlan plan, int side, OpenRows open, int partitions, Workers workers)
    {
        var closed = open.Closed(side);
        var chunks = RowChunk.Of(closed, workers);
        var rows = new PartitionedRows(plan, partitions, chunks.Length, workers.Buffers);
        workers.ForEach(
            chunks.Length,
            () => new RowReader(plan, side, closed, workers.Buffers),
            (index, reader) => rows.Take(index, reader.Read(chunks[index])),
            reader => reader.Dispose());
        return rows;
    }

    /// <summary>Fills <paramref name="target"/> with the rows of a partition.</summary>
    public void Load(int partition, PartitionRows target)
    {
        var count = 0;
        foreach (var ends in _ends)
        {
            count += ends[partition] - StartOf(ends, partition);
        }

        target.Reserve(count, _pool);
        for (var chunk = 0; chunk < _chunks.Length; chunk++)
        {
            target.Append(_chunks[chunk], StartOf(_ends[chunk], partition), _ends[chunk][partition]);
        }
    }

    public void Dispose() => Array.ForEach(_chunks, chunk => chunk.Return(_pool));

    // Sorts a chunk by partition; rows of one partition stay in their order.
    void Take(int chunk, PartitionRows read)
    {
        var shift = 128 - BitOperations.Log2((uint)_partitions);
        var ends = new int[_partitions];
        foreach (var key in read.Keys.AsSpan(0, read.Count))
        {
            ends[PartitionOf(key, shift)]++;
        }

        for (int partition = 0, next = 0; partition < _partitions; partition++)
        {
            (ends[partition], next) = (next, next + ends[partition]);
        }

        var rows = new PartitionRows(_plan);
        rows.Reserve(read.Count, _pool);
        for (var from = 0; from < read.Count; from++)
        {
            rows.Put(ends[PartitionOf(read.Keys[from], shift)]++, read, from);
        }

        rows.Count = read.Count;
        (_chunks[chunk], _ends[chunk]) = (rows, ends);
    }

    static int StartOf(int[] ends, int partition) => partition == 0 ? 0 : ends[partition - 1];

    // The uppermost bits, at most 14.
    static int PartitionOf(UInt128 key, int shift) => shift == 128 ? 0 : (int)((ulong)(key >> 64) >> (shift - 64));
}
