// Where the rows of a window of text begin and where their cells end, collected row by row.
namespace Recon.Model.Columns;

/// <summary>Rows of equal width, in their order. Filled, made a <see cref="RowBlock"/>, cleared and filled again.</summary>
public sealed class CutRows
{
    int[] _starts = [];
    ushort[] _ends = [];
    int[]? _longEnds;
    bool[] _hasEmpty = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Cells of each row.</summary>
    public int Width { get; private set; }

    /// <summary>Forgets all rows; the next ones may be of another width.</summary>
    public void Clear() => (Count, Width, _longEnds) = (0, 0, null);

    /// <summary>Adds a row.</summary>
    /// <param name="start">Where its first cell begins.</param>
    /// <param name="ends">Cell → where it ends, counted from the start of the row; ascending. As many as in the other rows.</param>
    public void Add(int start, ReadOnlySpan<int> ends)
    {
        Room(1, ends.Length);
        if (_longEnds is null && !ends.IsEmpty && ends[^1] > ushort.MaxValue)
        {
            _longEnds = Array.ConvertAll(_ends, end => (int)end);
        }

        _starts[Count] = start;
        for (int cell = 0, at = Count * Width, previous = -1; cell < Width; cell++, at++)
        {
            _hasEmpty[cell] |= ends[cell] == previous + 1;
            previous = ends[cell];
            if (_longEnds is null)
            {
                _ends[at] = (ushort)previous;
            }
            else
            {
                _longEnds[at] = previous;
            }
        }

        Count++;
    }

    /// <summary>Room to write rows into that <see cref="Added"/> takes; none where rows of 64 KiB are among those that are there.</summary>
    /// <param name="rows">At least so many.</param>
    /// <param name="width">Their cells: as many as in the other rows.</param>
    public FreeRows Room(int rows, int width)
    {
        if (Count == 0)
        {
            Width = width;
            _hasEmpty = _hasEmpty.Length == width ? _hasEmpty : new bool[width];
            Array.Clear(_hasEmpty);
        }

        Require.That(Width == width);
        Grow(ref _starts, Count + rows);
        if (_longEnds is not null)
        {
            Grow(ref _longEnds, (Count + rows) * width);
            return default;
        }

        Grow(ref _ends, (Count + rows) * width);
        return new FreeRows(_starts.AsSpan(Count), _ends.AsSpan(Count * width), _hasEmpty);
    }

    /// <summary>Takes over rows that were written into <see cref="Room"/>.</summary>
    public void Added(int rows) => Count += rows;

    /// <summary>The rows as a block of their own.</summary>
    /// <param name="utf8">What they were cut of; the block keeps it.</param>
    public RowBlock Block(byte[] utf8) => new ReadBlock(
        utf8, _starts[..Count], _longEnds is null ? _ends[..(Count * Width)] : null, _longEnds?[..(Count * Width)], _hasEmpty[..Width], Count);

    /// <summary>The rows as a block that is good until these are cleared.</summary>
    /// <param name="utf8">What they were cut of.</param>
    public RowBlock Lent(byte[] utf8) => new ReadBlock(utf8, _starts, _longEnds is null ? _ends : null, _longEnds, _hasEmpty[..Width], Count);

    /// <summary>The rows as a block of their own, without their bytes.</summary>
    /// <param name="keeper">Who reads them again.</param>
    /// <param name="place">Where the bytes that they were cut of begin, as <paramref name="keeper"/> counts.</param>
    /// <param name="slab">Where it is kept how the rows lie.</param>
    public RowBlock Filed(RowKeeper keeper, long place, Slab<int> slab)
    {
        var starts = slab.Take(Count);
        _starts.AsSpan(0, Count).CopyTo(starts.Span);
        return new FiledBlock(starts, keeper, place, _hasEmpty[..Width]);
    }

    static void Grow<T>(ref T[] array, int needed)
    {
        if (array.Length < needed)
        {
            Array.Resize(ref array, Math.Max(needed, Math.Max(64, array.Length * 2)));
        }
    }
}

/// <summary>Where rows may be written.</summary>
/// <param name="starts">Row → where its first cell begins.</param>
/// <param name="ends">Row by row, cell by cell: where the cell ends, counted from the start of its row; below 64 Ki.</param>
/// <param name="hasEmpty">Cell → whether one row or more has none of its bytes; to be set, never taken back.</param>
public readonly ref struct FreeRows(Span<int> starts, Span<ushort> ends, Span<bool> hasEmpty)
{
    public Span<int> Starts { get; } = starts;

    public Span<ushort> Ends { get; } = ends;

    public Span<bool> HasEmpty { get; } = hasEmpty;
}
