// Some rows of texts, wherever they lie.
namespace Recon.Model.Columns;

/// <summary>Rows of equal width. Immutable; safe for any number of threads.</summary>
public abstract class RowBlock
{
    private protected RowBlock(int count) => Count = count;

    /// <summary>Number of rows.</summary>
    public int Count { get; }

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
    public abstract ReadOnlySpan<byte> Cell(int row, int cell);

    /// <summary>True where a cell has no bytes.</summary>
    internal virtual bool IsEmpty(int row, int cell) => Cell(row, cell).IsEmpty;

    /// <summary>False where every row has bytes in this cell.</summary>
    internal virtual bool MayBeEmpty(int cell) => true;

    /// <summary>The print of a cell under a secret seed.</summary>
    internal virtual UInt128 Print(int row, int cell, long seed) => TextPrint.Of(Cell(row, cell), seed);

    /// <summary>The seed of the prints, where these are near and the bytes are not.</summary>
    internal virtual long? PrintSeed => null;
}
