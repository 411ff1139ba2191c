// Rows of one short cell in slots of equal length.
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recon.Model.Columns;

/// <summary>A row that is asked for out of order is found in one place of memory, not in three.</summary>
public sealed class SlotBlock : RowBlock
{
    /// <summary>The longest cell that a slot takes, in bytes.</summary>
    public const int LongestCell = 31;

    // Bytes of a slot, the length of its text in the first.
    readonly Extent<byte> _slots;
    readonly int _slot;

    SlotBlock(Extent<byte> slots, int slot, int count)
        : base(count) => (_slots, _slot) = (slots, slot);

    /// <summary>Rows of one cell, each of at most <see cref="LongestCell"/> bytes.</summary>
    /// <param name="longest">Bytes of the longest of them.</param>
    /// <param name="slab">Where the slots are.</param>
    public static SlotBlock Of(TextColumn texts, int from, int to, int longest, Slab<byte> slab)
    {
        Require.That(longest is >= 0 and <= LongestCell);
        var slot = longest + 1;
        var extent = slab.Take((to - from) * slot);
        var slots = extent.Span;
        for (int row = from, at = 0; row < to; row++, at += slot)
        {
            var text = texts.Utf8(row);
            slots[at] = (byte)text.Length;
            text.CopyTo(slots.Slice(at + 1, longest));
        }

        return new SlotBlock(extent, slot, to - from);
    }

    /// <summary>One cell of rows as they were read; null where one is too long.</summary>
    /// <param name="slab">Where the slots are.</param>
    internal static SlotBlock? TryOf(CellsOfBlock cells, Slab<byte> slab)
    {
        var longest = 0;
        for (var row = 0; row < cells.Count; row++)
        {
            longest = Math.Max(longest, cells.Range(row).Length);
        }

        return longest > LongestCell ? null : Of(cells, longest + 1, slab);
    }

    static SlotBlock Of(CellsOfBlock cells, int slot, Slab<byte> slab)
    {
        // Whole vectors are written, and the next slot over what was too much.
        var extent = slab.Take((cells.Count * slot) + Vector256<byte>.Count);
        var slots = extent.Span;
        ref var from = ref MemoryMarshal.GetReference(cells.Utf8);
        ref var to = ref MemoryMarshal.GetReference(slots);
        for (int row = 0, at = 0; row < cells.Count; row++, at += slot)
        {
            var (start, length) = cells.Range(row);
            slots[at] = (byte)length;
            if (start + Vector256<byte>.Count <= cells.Utf8.Length)
            {
                Vector256.LoadUnsafe(ref from, (nuint)start).StoreUnsafe(ref to, (nuint)(at + 1));
            }
            else
            {
                cells.Utf8.Slice(start, length).CopyTo(slots[(at + 1)..]);
            }
        }

        return new SlotBlock(extent, slot, cells.Count);
    }

    public override ReadOnlySpan<byte> Cell(int row, int cell)
    {
        ReadOnlySpan<byte> slot = _slots.Span.Slice(row * _slot, _slot);
        return slot.Slice(1, slot[0]);
    }
}
