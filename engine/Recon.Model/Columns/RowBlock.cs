// Some rows of texts as they lie in memory: cell behind cell, each found by where it ends.
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recon.Model.Columns;

/// <summary>
/// Rows of equal width over one run of bytes. The cells of a row stand one behind the other, one byte (of no meaning)
/// between two of them, so that a row of a file is a row of a block as it was read. Immutable.
/// </summary>
/// <remarks>
/// A row costs its bytes, four more, and two for each cell; four where a row is longer than 64 KiB. Rows of one short cell may stand
/// in slots instead, all of the same length: then a row that is asked for out of order is found in one place of memory, not in three.
/// Rows that are hardly ever asked for may stay where they were read from: such a row costs four bytes, and a read of the file each time.
/// </remarks>
public sealed class RowBlock
{
    /// <summary>The longest cell that a slot takes, in bytes.</summary>
    public const int LongestOfSlot = 31;

    readonly byte[] _utf8;
    readonly int[] _starts;
    readonly int _width;
    readonly ushort[]? _shortEnds;
    readonly int[]? _longEnds;

    // Who reads rows again that are not in memory, and where their file has the first of these; null where they are.
    readonly RowKeeper? _keeper;
    readonly long _place;

    // By cell: whether one row or more has none of its bytes; null where nobody looked.
    readonly bool[]? _hasEmpty;

    // Bytes of a slot, its length in the first; 0 where rows are found by their starts. And where the first slot begins.
    readonly int _slot;
    readonly int _first;

    internal RowBlock(byte[] utf8, int[] starts, ushort[]? shortEnds, int[]? longEnds, bool[] hasEmpty, int count)
    {
        (_utf8, _starts, _width, Count) = (utf8, starts, hasEmpty.Length, count);
        (_shortEnds, _longEnds, _hasEmpty) = (shortEnds, longEnds, hasEmpty);
    }

    RowBlock(ArraySegment<byte> slots, int slot, int count)
    {
        (_utf8, _first, _slot, Count) = (slots.Array!, slots.Offset, slot, count);
        (_starts, _width) = ([], 1);
    }

    RowBlock(RowBlock rows, RowKeeper keeper, long place)
    {
        (_utf8, _starts, _width, _hasEmpty, Count) = ([], rows._starts[..rows.Count], rows._width, rows._hasEmpty, rows.Count);
        (_keeper, _place) = (keeper, place);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>True where the rows stand in slots.</summary>
    internal bool HasSlots => _slot > 0;

    /// <summary>The same rows without their bytes.</summary>
    /// <param name="place">Where the bytes of this block begin, as <paramref name="keeper"/> counts.</param>
    public RowBlock Elsewhere(RowKeeper keeper, long place)
    {
        Require.That(IsPlain);
        return new RowBlock(this, keeper, place);
    }

    /// <summary>Rows of one cell, each of at most <see cref="LongestOfSlot"/> bytes.</summary>
    /// <param name="longest">Bytes of the longest of them.</param>
    public static RowBlock OfSlots(TextColumn texts, int from, int to, int longest)
    {
        Require.That(longest is >= 0 and <= LongestOfSlot);
        var slot = longest + 1;
        var slots = GC.AllocateUninitializedArray<byte>((to - from) * slot);
        for (int row = from, at = 0; row < to; row++, at += slot)
        {
            var text = texts.Utf8(row);
            slots[at] = (byte)text.Length;
            text.CopyTo(slots.AsSpan(at + 1, longest));
        }

        return new RowBlock(slots, slot, to - from);
    }

    /// <summary>One cell of each row, in slots.</summary>
    /// <param name="longest">Bytes of the longest of them.</param>
    /// <param name="slab">Where the slots are.</param>
    internal RowBlock InSlots(int cell, int longest, Slab slab)
    {
        Require.That(longest is >= 0 and <= LongestOfSlot && IsPlain);
        var slot = longest + 1;

        // Whole vectors are written, and the next slot over what was too much.
        var part = slab.Take((Count * slot) + Vector256<byte>.Count);
        var slots = part.Array!;
        ref var from = ref MemoryMarshal.GetArrayDataReference(_utf8);
        ref var to = ref MemoryMarshal.GetArrayDataReference(slots);
        for (int row = 0, at = part.Offset; row < Count; row++, at += slot)
        {
            var (start, length) = Find(row, cell);
            slots[at] = (byte)length;
            if (start + Vector256<byte>.Count <= _utf8.Length)
            {
                Vector256.LoadUnsafe(ref from, (nuint)start).StoreUnsafe(ref to, (nuint)(at + 1));
            }
            else
            {
                _utf8.AsSpan(start, length).CopyTo(slots.AsSpan(at + 1));
            }
        }

        return new RowBlock(part, slot, Count);
    }

    /// <summary>Bytes of the longest text of a cell.</summary>
    internal int Longest(int cell)
    {
        var longest = 0;
        for (var row = 0; row < Count; row++)
        {
            longest = Math.Max(longest, Find(row, cell).Length);
        }

        return longest;
    }

    /// <summary>True where the rows are in memory as they were read.</summary>
    internal bool IsPlain => _slot == 0 && _keeper is null;

    /// <summary>A block over bytes that it keeps; the other arguments are copied.</summary>
    /// <param name="starts">Row → where its first cell begins.</param>
    /// <param name="ends">Row by row, cell by cell: where the cell ends, counted from the start of its row.</param>
    public static RowBlock Of(byte[] utf8, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        var width = starts.IsEmpty ? 0 : ends.Length / starts.Length;
        Require.That(width * starts.Length == ends.Length);
        var rows = new CutRows();
        for (var row = 0; row < starts.Length; row++)
        {
            rows.Add(starts[row], ends.Slice(row * width, width));
        }

        return rows.Block(utf8);
    }

    /// <summary>The bytes of a cell; rows and cells from 0.</summary>
    public ReadOnlySpan<byte> Cell(int row, int cell)
    {
        if (_slot > 0)
        {
            var at = _first + (row * _slot);
            return _utf8.AsSpan(at + 1, _utf8[at]);
        }

        if (_keeper is not null)
        {
            return _keeper.Row(_place + _starts[row]).Cell(0, cell);
        }

        var (start, length) = Find(row, cell);
        return _utf8.AsSpan(start, length);
    }

    // Of rows as they were read.
    (int Start, int Length) Find(int row, int cell)
    {
        var at = (row * _width) + cell;
        var (from, to) = _shortEnds is { } ends
            ? (cell == 0 ? 0 : ends[at - 1] + 1, ends[at])
            : (cell == 0 ? 0 : _longEnds![at - 1] + 1, _longEnds![at]);
        return (_starts[row] + from, to - from);
    }

    /// <summary>True where a cell has no bytes; the bytes of others are not touched.</summary>
    internal bool IsEmpty(int row, int cell)
    {
        if (_slot > 0)
        {
            return _utf8[_first + (row * _slot)] == 0;
        }

        if (_keeper is not null)
        {
            return _keeper.Row(_place + _starts[row]).IsEmpty(0, cell);
        }

        return Find(row, cell).Length == 0;
    }

    /// <summary>False where every row has bytes in this cell.</summary>
    internal bool MayBeEmpty(int cell) => _hasEmpty is null || _hasEmpty[cell];
}
