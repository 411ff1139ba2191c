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
    readonly PartitionShare _share;
    readonly BufferPool _pool;
    readonly PartitionRows[] _chunks;

    // Chunk → partition → behind its last position.
    readonly int[][] _ends;

    PartitionedRows(PassPlan plan, PartitionShare share, int chunks, BufferPool pool)
    {
        (_plan, _share, _pool) = (plan, share, pool);
        (_chunks, _ends) = (new PartitionRows[chunks], new int[chunks][]);
    }

    /// <summary>How many partitions so many rows are cut into: a power of two.</summary>
    public static int PartitionsFor(int rows, int partitionRows) =>
        Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(rows / partitionRows)), 1, MostPartitions);

    public static PartitionedRows Of(PassPlan plan, int side, OpenRows open, PartitionShare share, Workers workers)
    {
        var closed = open.Closed(side);
        var chunks = RowChunk.Of(closed, workers);
        var rows = new PartitionedRows(plan, share, chunks.Length, workers.Buffers);
        workers.ForEach(
            chunks.Length,
            () => new RowReader(plan, side, closed, share, workers.Buffers),
            (index, reader) => rows.Take(index, reader.Read(chunks[index])),
            reader => reader.Dispose());
        return rows;
    }

    /// <summary>Fills <paramref name="target"/> with the rows of a partition, from 0 in the share.</summary>
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
        var ends = new int[_share.Count];
        foreach (var key in read.Keys.AsSpan(0, read.Count))
        {
            ends[_share.IndexOf(key)]++;
        }

        for (int partition = 0, next = 0; partition < ends.Length; partition++)
        {
            (ends[partition], next) = (next, next + ends[partition]);
        }

        var rows = new PartitionRows(_plan);
        rows.Reserve(read.Count, _pool);
        for (var from = 0; from < read.Count; from++)
        {
            rows.Put(ends[_share.IndexOf(read.Keys[from])]++, read, from);
        }

        rows.Count = read.Count;
        (_chunks[chunk], _ends[chunk]) = (rows, ends);
    }

    static int StartOf(int[] ends, int partition) => partition == 0 ? 0 : ends[partition - 1];
}
