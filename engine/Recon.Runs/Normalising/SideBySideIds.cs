// Copies ids into the order in which they are asked for, so that one of them is found without a detour.
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

static class SideBySideIds
{
    /// <summary>The same ids in slots of equal length; as they are where one is too long for a slot.</summary>
    /// <param name="ids">None is NULL.</param>
    public static TextColumn Of(TextColumn ids, ColumnMemory memory, int threads, CancellationToken cancellation)
    {
        if (ids.IsSideBySide)
        {
            return ids;
        }

        var longest = Longest(ids, threads, cancellation);
        if (ids.Count == 0 || longest > SlotBlock.LongestCell)
        {
            return ids;
        }

        var blocks = new RowBlock[RowRanges.Count(ids.Count)];
        var slab = new Slab<byte>(memory);
        RowRanges.ForEach(
            ids.Count, threads, (from, to) => blocks[RowRanges.Of(from)] = SlotBlock.Of(ids, from, to, longest, slab), cancellation);
        return TextColumn.Of(new TextRows(blocks), new int[blocks.Length]);
    }

    static int Longest(TextColumn ids, int threads, CancellationToken cancellation)
    {
        var longest = new int[RowRanges.Count(ids.Count)];
        RowRanges.ForEach(
            ids.Count,
            threads,
            (from, to) => longest[RowRanges.Of(from)] = ids.Longest(from, to),
            cancellation);
        return longest.Length == 0 ? 0 : longest.Max();
    }
}
