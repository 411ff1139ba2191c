// Collects the rows of an answer, cell by cell, in the blocks that the engine reads.
using System.Text;
using System.Text.Unicode;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Sources.Csv;
using Recon.Sources.Files;

namespace Recon.Sources.Databases;

/// <summary>Cells as text: what is NULL is empty. A row with a cell that cannot be text is a reject.</summary>
/// <param name="source">Name of the source, and <paramref name="label"/> of its query: where a reject comes from.</param>
/// <param name="width">Number of columns.</param>
/// <param name="close">Takes a block that is full.</param>
sealed class AnswerRows(string source, string label, int width, Action<RowBlock> close)
{
    const int BlockBytes = 1 << 20;
    const int BlockRows = 1 << 16;

    // As in a file: beyond this a cell is no field of a reconciliation.
    const int MostCellBytes = 1 << 20;

    // Beyond this the query is not what the pack means.
    const int MostRejects = 100_000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly List<Reject> _rejects = [];
    byte[] _utf8 = new byte[BlockBytes];
    int[] _starts = new int[1024];
    int[] _ends = new int[1024 * width];
    int _used;
    int _rows;
    int _cell;
    int _rowStart;
    string? _defect;

    public IReadOnlyList<Reject> Rejects => _rejects;

    /// <summary>Rows kept so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Room for a cell that is not written yet; at least one byte.</summary>
    /// <param name="least">So many bytes at least.</param>
    public Span<byte> Room(int least = 1)
    {
        Grow(least);
        return _utf8.AsSpan(_used, _utf8.Length - _used - 1);
    }

    /// <summary>The same room for a driver that fills arrays.</summary>
    public (byte[] Array, int From, int Length) RoomInArray(int least = 1)
    {
        Grow(least);
        return (_utf8, _used, _utf8.Length - _used - 1);
    }

    /// <summary>Ends a cell of so many bytes, which stand in the room already.</summary>
    public void Cell(int bytes)
    {
        var text = _utf8.AsSpan(_used, bytes);
        if (bytes > MostCellBytes)
        {
            Refuse($"cell {_cell + 1} has {bytes} bytes; the longest allowed has {MostCellBytes} (1 MiB)");
        }
        else if (!Ascii.IsValid(text) && !Utf8.IsValid(text))
        {
            Refuse($"cell {_cell + 1}: it {CsvDefect.OfBytes(text)}");
        }
        else if (text.Contains((byte)0))
        {
            Refuse($"cell {_cell + 1}: it {CsvDefect.OfBytes(text)}");
        }

        _used += bytes;
        _ends[(_rows * width) + _cell++] = _used - _rowStart;
        _utf8[_used++] = 0;
    }

    public void Null() => CellOf([]);

    public void CellOf(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length + 1));
        Cell(utf8.Length);
    }

    public void CellOf(string text)
    {
        try
        {
            Cell(Strict.GetBytes(text, Room(Strict.GetMaxByteCount(text.Length))));
        }
        catch (EncoderFallbackException)
        {
            Refuse($"cell {_cell + 1} has half of a surrogate pair");
            Null();
        }
    }

    /// <summary>A value that writes itself without culture.</summary>
    public void CellOf<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var bytes, format, System.Globalization.CultureInfo.InvariantCulture);
        Cell(bytes);
    }

    /// <summary>Makes the row a reject; the first reason counts.</summary>
    public void Refuse(string reason) => _defect ??= reason;

    public void EndRow()
    {
        Require.That(_cell == width);
        if (_defect is { } reason)
        {
            Reject(reason);
        }
        else
        {
            _starts[_rows++] = _rowStart;
            Bytes += _used - _rowStart;
            Count++;
        }

        (_cell, _defect) = (0, null);
        if (_rows == BlockRows || _used > BlockBytes - (BlockBytes / 16))
        {
            Close();
        }
        else if (_rows == _starts.Length)
        {
            Array.Resize(ref _starts, _rows * 2);
            Array.Resize(ref _ends, _rows * 2 * width);
        }

        _rowStart = _used;
    }

    /// <summary>Closes the last block.</summary>
    public void Finish() => Close();

    void Reject(string reason)
    {
        if (_rejects.Count == MostRejects)
        {
            throw new ReconException($"{label}: more than {MostRejects} rows rejected; the last: {reason}", FaultKind.InputWrong);
        }

        var row = _utf8.AsSpan(_rowStart, _used - 1 - _rowStart);
        row.Replace((byte)0, (byte)'|');
        _rejects.Add(new Reject(source, label, null, null, reason, Printable.Of(row)));
        _used = _rowStart;
    }

    void Close()
    {
        if (_rows > 0)
        {
            close(RowBlock.Of(_used > _utf8.Length / 2 ? _utf8 : _utf8[.._used], _starts.AsSpan(0, _rows), _ends.AsSpan(0, _rows * width)));
            _utf8 = GC.AllocateUninitializedArray<byte>(BlockBytes);
            (_used, _rows) = (0, 0);
        }
    }

    // One byte stands behind each cell.
    void Grow(int least)
    {
        if (_utf8.Length - _used - 1 < least)
        {
            Array.Resize(ref _utf8, checked(Math.Max(_utf8.Length * 2, _used + least + 1)));
        }
    }
}
