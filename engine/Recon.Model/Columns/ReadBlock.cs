// Rows as they were read: cell behind cell, each found by where it ends.
namespace Recon.Model.Columns;

/// <summary>
/// Rows over one run of bytes. The cells of a row stand one behind the other, one byte (of no meaning) between two of them, so that a row
/// of a file is a row of a block as it was read.
/// </summary>
/// <remarks>A row costs its bytes, four more, and two for each cell; four where a row is longer than 64 KiB.</remarks>
sealed class ReadBlock : RowBlock
{
    readonly byte[] _utf8;
    readonly int[] _starts;
    readonly int _width;
    readonly ushort[]? _shortEnds;
    readonly int[]? _longEnds;

    // By cell: whether one row or more has none of its bytes.
    readonly bool[] _hasEmpty;

    /// <param name="starts">Row → where its first cell begins; may be longer, and so may the ends.</param>
    /// <param name="shortEnds">Row by row, cell by cell: where the cell ends, counted from the start of its row; else <paramref name="longEnds"/>.</param>
    public ReadBlock(byte[] utf8, int[] starts, ushort[]? shortEnds, int[]? longEnds, bool[] hasEmpty, int count)
        : base(count)
    {
        (_utf8, _starts, _width) = (utf8, starts, hasEmpty.Length);
        (_shortEnds, _longEnds, _hasEmpty) = (shortEnds, longEnds, hasEmpty);
    }

    public override ReadOnlySpan<byte> Cell(int row, int cell)
    {
        var (start, length) = Find(row, cell);
        return _utf8.AsSpan(start, length);
    }

    internal override bool IsEmpty(int row, int cell) => Find(row, cell).Length == 0;

    internal override bool MayBeEmpty(int cell) => _hasEmpty[cell];

    /// <summary>One cell of all rows; false where a row is longer than 64 KiB.</summary>
    public bool TryCells(int cell, out CellsOfBlock cells)
    {
        cells = _shortEnds is null ? default : new CellsOfBlock(_utf8, _starts, _shortEnds, _width, cell, Count);
        return _shortEnds is not null;
    }

    (int Start, int Length) Find(int row, int cell)
    {
        var at = (row * _width) + cell;
        var (from, to) = _shortEnds is { } ends
            ? (cell == 0 ? 0 : ends[at - 1] + 1, ends[at])
            : (cell == 0 ? 0 : _longEnds![at - 1] + 1, _longEnds![at]);
        return (_starts[row] + from, to - from);
    }
}

/// <summary>One cell of the rows of a block as it was read, for loops over all of them.</summary>
public readonly ref struct CellsOfBlock
{
    readonly ReadOnlySpan<int> _starts;
    readonly ReadOnlySpan<ushort> _ends;
    readonly int _width;
    readonly int _cell;

    internal CellsOfBlock(byte[] utf8, int[] starts, ushort[] ends, int width, int cell, int count)
    {
        Require.That(cell >= 0 && cell < width);
        Utf8 = utf8;
        _starts = starts.AsSpan(0, count);
        _ends = ends.AsSpan(0, count * width);
        (_width, _cell) = (width, cell);
    }

    public int Count => _starts.Length;

    /// <summary>The bytes of all rows, and perhaps of others.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>The bytes of the cell in a row.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var (start, length) = Range(row);
            return Utf8.Slice(start, length);
        }
    }

    /// <summary>Where the cell stands in <see cref="Utf8"/>.</summary>
    public (int Start, int Length) Range(int row)
    {
        var at = (row * _width) + _cell;
        var from = _cell == 0 ? 0 : _ends[at - 1] + 1;
        return (_starts[row] + from, _ends[at] - from);
    }
}
