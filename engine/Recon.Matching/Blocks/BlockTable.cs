// Cuts one partition into blocks: the rows of both sides that share a key.
using System.Numerics;
using Recon.Model;

namespace Recon.Matching.Blocks;

/// <summary>
/// The blocks of one partition. Buffers are kept from partition to partition; spans are valid until the next
/// <see cref="Build"/>.
/// </summary>
sealed class BlockTable(PartitionRows first, PartitionRows second)
{
    int[] _slots = [];
    int[] _heads = [];
    int[] _blockOfFirst = [];
    int[] _blockOfSecond = [];
    int[] _firstEnds = [];
    int[] _secondEnds = [];
    int[] _firstPositions = [];
    int[] _secondPositions = [];

    /// <summary>Number of blocks, those without a row on the second side included.</summary>
    public int Count { get; private set; }

    /// <summary>Positions of the block on a side, ascending.</summary>
    public ReadOnlySpan<int> Positions(int side, int block)
    {
        var (ends, positions) = side == 0 ? (_firstEnds, _firstPositions) : (_secondEnds, _secondPositions);
        var start = block == 0 ? 0 : ends[block - 1];
        return positions.AsSpan(start, ends[block] - start);
    }

    public void Build()
    {
        Count = 0;
        if (first.Count == 0 || second.Count == 0)
        {
            return;
        }

        Reserve(first.Count, second.Count);
        for (var position = 0; position < first.Count; position++)
        {
            _blockOfFirst[position] = FindOrAdd(position);
        }

        for (var position = 0; position < second.Count; position++)
        {
            _blockOfSecond[position] = Find(position);
        }

        Gather(_blockOfFirst.AsSpan(0, first.Count), _firstEnds, _firstPositions);
        Gather(_blockOfSecond.AsSpan(0, second.Count), _secondEnds, _secondPositions);
    }

    void Reserve(int firstCount, int secondCount)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)firstCount * 2);
        if (_slots.Length != slots)
        {
            _slots = new int[slots];
        }

        Array.Fill(_slots, -1);
        Grow(ref _heads, firstCount);
        Grow(ref _blockOfFirst, firstCount);
        Grow(ref _firstEnds, firstCount);
        Grow(ref _secondEnds, firstCount);
        Grow(ref _firstPositions, firstCount);
        Grow(ref _blockOfSecond, secondCount);
        Grow(ref _secondPositions, secondCount);
    }

    static void Grow(ref int[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new int[Math.Max(length, buffer.Length * 2)];
        }
    }

    int FindOrAdd(int position)
    {
        var mask = _slots.Length - 1;
        var key = first.Keys[position];
        for (var slot = unchecked((int)(ulong)key) & mask; ; slot = (slot + 1) & mask)
        {
            var block = _slots[slot];
            if (block == -1)
            {
                _slots[slot] = Count;
                _heads[Count] = position;
                return Count++;
            }

            if (first.Keys[_heads[block]] == key)
            {
                return block;
            }
        }
    }

    int Find(int position)
    {
        var mask = _slots.Length - 1;
        var key = second.Keys[position];
        for (var slot = unchecked((int)(ulong)key) & mask; ; slot = (slot + 1) & mask)
        {
            var block = _slots[slot];
            if (block == -1 || first.Keys[_heads[block]] == key)
            {
                return block;
            }
        }
    }

    void Gather(ReadOnlySpan<int> blockOf, int[] ends, int[] positions)
    {
        Array.Clear(ends, 0, Count);
        foreach (var block in blockOf)
        {
            if (block >= 0)
            {
                ends[block]++;
            }
        }

        var next = 0;
        for (var block = 0; block < Count; block++)
        {
            (ends[block], next) = (next, next + ends[block]);
        }

        for (var i = 0; i < blockOf.Length; i++)
        {
            if (blockOf[i] >= 0)
            {
                positions[ends[blockOf[i]]++] = i;
            }
        }

        Require.That(Count == 0 || ends[Count - 1] == next);
    }
}
