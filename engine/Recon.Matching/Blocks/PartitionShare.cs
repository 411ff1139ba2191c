// A run of the partitions of a pass: those that stand in memory at once.
using System.Numerics;

namespace Recon.Matching.Blocks;

/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">All partitions of the pass: a power of two.</param>
readonly record struct PartitionShare(int First, int Count, int Of)
{
    public static PartitionShare All(int partitions) => new(0, partitions, partitions);

    /// <summary>Equal shares, one behind the other, of about so many rows at most.</summary>
    /// <param name="rows">Rows in all partitions.</param>
    public static IEnumerable<PartitionShare> Cut(int partitions, long rows, int mostRows)
    {
        var shares = (int)Math.Min(partitions, (long)BitOperations.RoundUpToPowerOf2((ulong)((rows + mostRows - 1) / mostRows)));
        var each = partitions / Math.Max(1, shares);
        for (var first = 0; first < partitions; first += each)
        {
            yield return new PartitionShare(first, each, partitions);
        }
    }

    /// <summary>The partition of a key, from 0 in this share; below 0 or <see cref="Count"/> and more where it is in another.</summary>
    public int IndexOf(UInt128 key) => PartitionOf(key) - First;

    public bool Holds(UInt128 key) => Count == Of || (IndexOf(key) is >= 0 and var index && index < Count);

    // The uppermost bits.
    int PartitionOf(UInt128 key) => Of == 1 ? 0 : (int)((ulong)(key >> 64) >> (64 - BitOperations.Log2((uint)Of)));
}
