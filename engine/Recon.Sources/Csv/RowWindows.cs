// Where the bytes of a file are read into, and what becomes of them when its rows are cut.
using System.Numerics;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Sources.Tables;

namespace Recon.Sources.Csv;

/// <param name="bytes">Of a window: 64, or twice, four times … as many.</param>
abstract class RowWindows(int bytes)
{
    readonly List<RowBlock> _kept = [];

    /// <summary>The rows kept so far, in their order; those of the last window are among them at the end only.</summary>
    public IReadOnlyList<RowBlock> Kept => _kept;

    /// <summary>A window that takes more than so many bytes.</summary>
    public RowWindow New(int filled)
    {
        var size = bytes;
        while (size <= filled)
        {
            size *= 2;
        }

        return size == bytes ? New() : new RowWindow(size);
    }

    /// <summary>Takes over a window that is not read into any more.</summary>
    /// <param name="end">Behind the last byte of the rows that are kept, of which there is one.</param>
    /// <param name="place">Bytes of the text before the window.</param>
    public void Close(RowWindow window, int end, long place) => _kept.Add(Block(window, end, place));

    /// <summary>A window of the usual size.</summary>
    protected virtual RowWindow New() => new(bytes);

    protected abstract RowBlock Block(RowWindow window, int end, long place);
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
    protected override RowBlock Block(RowWindow window, int end, long place) =>
        window.Kept.Block(end > window.Bytes.Length / 2 ? window.Bytes : window.Bytes[..end]);
}

/// <summary>Rows that are handed on, and whose windows are read into again where the file can be read again.</summary>
/// <param name="keeper">Null where it cannot: then the rows stay in memory.</param>
/// <param name="table">The rows of a block as a table.</param>
sealed class PassingWindows(BlockHandover handover, RowKeeper? keeper, Func<RowBlock, RawTable> table) : RowWindows(handover.WindowBytes)
{
    protected override RowWindow New() => keeper is null ? base.New() : handover.Window();

    protected override RowBlock Block(RowWindow window, int end, long place)
    {
        if (keeper is null)
        {
            var staying = window.Kept.Block(window.Bytes);
            handover.Hand(table(staying), elsewhere: null, end, window: null);
            return staying;
        }

        var block = window.Kept.Lent(window.Bytes);
        var elsewhere = window.Kept.Filed(keeper, place, handover.Starts);
        handover.Hand(table(block), elsewhere, end, window);
        return elsewhere;
    }
}
