// Where the bytes of a file are read into, and what becomes of them when its rows are cut.
using System.Numerics;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Sources.Tables;

namespace Recon.Sources.Csv;

/// <summary>The rows of one window that are kept.</summary>
/// <param name="end">Behind the last byte of them.</param>
/// <param name="place">Bytes of the text before the window.</param>
/// <param name="starts">Row → where its first cell begins in the window.</param>
/// <param name="ends">Row by row, cell by cell: where the cell ends, counted from the start of its row.</param>
readonly ref struct KeptRows(byte[] window, int end, long place, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
{
    public byte[] Window => window;

    public int End => end;

    public long Place => place;

    public ReadOnlySpan<int> Starts { get; } = starts;

    public ReadOnlySpan<int> Ends { get; } = ends;
}

/// <param name="bytes">Of a window: 64, or twice, four times … as many.</param>
abstract class RowWindows(int bytes)
{
    readonly List<RowBlock> _kept = [];

    /// <summary>The rows kept so far, in their order; those of the last window are among them at the end only.</summary>
    public IReadOnlyList<RowBlock> Kept => _kept;

    /// <summary>A window that takes more than so many bytes.</summary>
    public byte[] New(int filled)
    {
        var size = bytes;
        while (size <= filled)
        {
            size *= 2;
        }

        return size == bytes ? New() : GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes over a window that is not read into any more.</summary>
    public void Close(KeptRows rows) => _kept.Add(Block(rows));

    /// <summary>A window of the usual size.</summary>
    protected virtual byte[] New() => GC.AllocateUninitializedArray<byte>(bytes);

    protected abstract RowBlock Block(KeptRows rows);
}

/// <summary>Rows that stay where they were read into.</summary>
sealed class StayingWindows(int bytes) : RowWindows(bytes)
{
    const int LeastBytes = 1 << 18;

    // 16 MiB: the system gives large pages for it, whose first touch costs a fraction of that of many small ones.
    const int MostBytes = 1 << 24;

    /// <summary>Windows for a file of this size.</summary>
    public static StayingWindows For(long fileBytes) =>
        new((int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(fileBytes + 1, LeastBytes, MostBytes)));

    // Small files keep no more than they have.
    protected override RowBlock Block(KeptRows rows) =>
        RowBlock.Of(rows.End > rows.Window.Length / 2 ? rows.Window : rows.Window[..rows.End], rows.Starts, rows.Ends);
}

/// <summary>Rows that are handed on, and whose windows are read into again where the file can be read again.</summary>
/// <param name="keeper">Null where it cannot: then the rows stay in memory.</param>
/// <param name="table">The rows of a block as a table.</param>
sealed class PassingWindows(BlockHandover handover, RowKeeper? keeper, Func<RowBlock, RawTable> table) : RowWindows(handover.WindowBytes)
{
    protected override byte[] New() => keeper is null ? base.New() : handover.Window();

    protected override RowBlock Block(KeptRows rows)
    {
        var block = RowBlock.Of(rows.Window, rows.Starts, rows.Ends);
        var elsewhere = keeper is null ? null : block.Elsewhere(keeper, rows.Place);
        handover.Hand(table(block), elsewhere, keeper is null ? null : rows.Window);
        return elsewhere ?? block;
    }
}
