// Some rows of texts as they lie in memory: cell behind cell, each found by where it ends.
namespace Recon.Model.Columns;

/// <summary>
/// Rows of equal width over one run of bytes. The cells of a row stand one behind the other, one byte (of no meaning)
/// between two of them, so that a row of a file is a row of a block as it was read. Immutable.
/// </summary>
/// <remarks>A row costs its bytes, four more, and two for each cell; four where a row is longer than 64 KiB.</remarks>
public sealed class RowBlock
{
    readonly byte[] _utf8;
    readonly int[] _starts;
    readonly int _width;
    readonly ushort[]? _shortEnds;
    readonly int[]? _longEnds;

    RowBlock(byte[] utf8, int[] starts, int width, ushort[]? shortEnds, int[]? longEnds)
    {
        _utf8 = utf8;
        _starts = starts;
        _width = width;
        _shortEnds = shortEnds;
        _longEnds = longEnds;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _starts.Length;

    /// <summary>A block over bytes that it keeps; the other arguments are copied.</summary>
    /// <param name="starts">Row → where its first cell begins.</param>
    /// <param name="ends">Row by row, cell by cell: where the cell ends, counted from the start of its row.</param>
    public static RowBlock Of(byte[] utf8, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        var width = starts.IsEmpty ? 0 : ends.Length / starts.Length;
        Require.That(width * starts.Length == ends.Length);
        return Shortened(ends) is { } shortEnds
            ? new RowBlock(utf8, [.. starts], width, shortEnds, null)
            : new RowBlock(utf8, [.. starts], width, null, [.. ends]);
    }

    /// <summary>The bytes of a cell; rows and cells from 0.</summary>
    public ReadOnlySpan<byte> Cell(int row, int cell)
    {
        var at = (row * _width) + cell;
        var (from, to) = _shortEnds is { } ends
            ? (cell == 0 ? 0 : ends[at - 1] + 1, ends[at])
            : (cell == 0 ? 0 : _longEnds![at - 1] + 1, _longEnds![at]);
        return _utf8.AsSpan(_starts[row] + from, to - from);
    }

    /// <summary>True where a cell has no bytes; the bytes of others are not touched.</summary>
    internal bool IsEmpty(int row, int cell)
    {
        var at = (row * _width) + cell;
        return _shortEnds is { } ends
            ? ends[at] == (cell == 0 ? 0 : ends[at - 1] + 1)
            : _longEnds![at] == (cell == 0 ? 0 : _longEnds[at - 1] + 1);
    }

    static ushort[]? Shortened(ReadOnlySpan<int> ends)
    {
        var shortEnds = new ushort[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends[i] > ushort.MaxValue)
            {
                return null;
            }

            shortEnds[i] = (ushort)ends[i];
        }

        return shortEnds;
    }
}
