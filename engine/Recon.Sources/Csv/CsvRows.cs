// Cuts UTF-8 bytes into rows and cells, knowing the line of each.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Sources.Csv;

/// <summary>
/// RFC 4180 with the liberties of real files: lines end with LF, CRLF or CR in any mixture, a quote counts only at
/// the beginning of a cell. Works on bytes, because places, damaged bytes and half-written ends must be told exactly.
/// </summary>
/// <remarks>
/// Spans given out are valid until the next <see cref="Next"/> or <see cref="Keep"/>. Line ends inside quotes become LF. Rows that
/// are kept stay where they were read: the window becomes theirs, and another is read into.
/// </remarks>
/// <param name="windows">Where the bytes are read into; the answer does not depend on how large they are.</param>
sealed class CsvRows(Stream utf8, byte separator, byte? quote, RowWindows windows)
{
    // 256 KiB are read at once: cutting finds in the cache what reading and hashing left there.
    const int StepBytes = 1 << 18;

    /// <summary>No row may be longer: 8 MiB, eight of the longest cells.</summary>
    public const int MaxRowBytes = 8 << 20;

    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    readonly CsvMarks _marks = new(separator, quote);
    byte[] _window = windows.New(filled: 0);

    // Bytes of the stream before the window.
    long _place;
    int _start;
    int _rowEnd;
    int _next;
    int _end;
    bool _ended;
    int _lineBreaks;
    int[] _cellStart = new int[32];
    int[] _cellLength = new int[32];
    byte[] _unquoted = [];
    int _unquotedUsed;

    // Of the rows of this window that are kept.
    int[] _keptStarts = new int[16];
    int[] _keptEnds = new int[64];
    int _keptRows;
    int _keptCells;

    /// <summary>Cells of the row.</summary>
    public int Count { get; private set; }

    /// <summary>Line on which the row begins, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>False for a last row that the file ends without a line end.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>True where the file ends inside quotes.</summary>
    public bool IsQuoteOpen { get; private set; }

    /// <summary>True where a closing quote is followed by anything but a separator or line end.</summary>
    public bool IsMisquoted { get; private set; }

    /// <summary>The row as written, without its line end.</summary>
    public ReadOnlySpan<byte> Row => _window.AsSpan(_start, _rowEnd - _start);

    public ReadOnlySpan<byte> Cell(int index)
    {
        var start = _cellStart[index];
        return start < 0
            ? _unquoted.AsSpan(~start, _cellLength[index])
            : _window.AsSpan(start, _cellLength[index]);
    }

    /// <summary>Moves to the next row that is not blank; false at the end.</summary>
    /// <exception cref="LongRowException">The row is longer than <see cref="MaxRowBytes"/>.</exception>
    public bool Next()
    {
        while (Advance())
        {
            if (!IsBlank())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False where the row is known to be ASCII without NUL.</summary>
    public bool MayBeOdd => _marks.MayBeOdd(_start, _rowEnd);

    /// <summary>Begins with other text, all of which is here; at most as long as a window.</summary>
    public void Begin(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_window);
        (_start, _next, _end, _ended, _lineBreaks, Line) = (0, 0, text.Length, true, 0, 1);
        (_keptRows, _keptCells) = (0, 0);
        _marks.Read(_window, 0, _end);
    }

    /// <summary>The row as a block of its own; for the first row only.</summary>
    public RowBlock Alone()
    {
        Keep();
        return RowBlock.Of(_window[.._rowEnd], _keptStarts.AsSpan(0, 1), _keptEnds.AsSpan(0, _keptCells));
    }

    /// <summary>Makes the row one of the rows of its window; all rows kept have equally many cells.</summary>
    public void Keep()
    {
        if (_keptRows == _keptStarts.Length)
        {
            Array.Resize(ref _keptStarts, _keptRows * 2);
        }

        if (_keptCells + Count > _keptEnds.Length)
        {
            Array.Resize(ref _keptEnds, Math.Max(_keptCells + Count, _keptCells * 2));
        }

        _keptStarts[_keptRows++] = _start;
        var at = _start;
        for (var i = 0; i < Count; i++)
        {
            // Behind quotes a cell moves down. It never meets what is still to be moved: nothing gets longer.
            if (_cellStart[i] != at)
            {
                Cell(i).CopyTo(_window.AsSpan(at));
            }

            at += _cellLength[i];
            _keptEnds[_keptCells++] = at - _start;
            at++;
        }
    }

    /// <summary>Passes over one line, whatever is in it; false at the end.</summary>
    public bool SkipLine()
    {
        var kept = quote;
        quote = null;
        var any = Advance();
        quote = kept;
        return any;
    }

    bool Advance()
    {
        _start = _next;
        Line += _lineBreaks;
        _lineBreaks = 0;
        while (!(_ended && _start == _end))
        {
            if (Cut())
            {
                return true;
            }

            Fill();
        }

        CloseBlock(_window, _end);
        return false;
    }

    bool IsBlank() => Count == 1 && !IsQuoteOpen && Row.IndexOfAnyExcept((byte)' ') < 0;

    // False: the row is longer than what has been read so far.
    bool Cut()
    {
        (Count, _unquotedUsed, _lineBreaks) = (0, 0, 0);
        (IsTerminated, IsQuoteOpen, IsMisquoted) = (false, false, false);
        var at = _start;
        while (true)
        {
            var isWhole = quote is { } mark && at < _end && _window[at] == mark
                ? CutQuoted(ref at, mark)
                : CutPlain(ref at);
            if (!isWhole || (at == _end && !_ended))
            {
                return false;
            }

            if (at < _end && _window[at] == separator)
            {
                at++;
                continue;
            }

            return EndRow(at);
        }
    }

    bool CutPlain(ref int at)
    {
        var next = _marks.NextOfPlain(at);
        if (next < 0 && !_ended)
        {
            return false;
        }

        next = next < 0 ? _end : next;
        Add(at, next - at);
        at = next;
        return true;
    }

    bool CutQuoted(ref int at, byte mark)
    {
        var from = ++at;
        var isPlain = true;
        while (true)
        {
            var hit = _marks.NextOfQuoted(at);
            if (hit < 0 || hit + 1 == _end)
            {
                if (!_ended)
                {
                    return false;
                }

                if (hit < 0 || _window[hit] != mark)
                {
                    IsQuoteOpen = true;
                    Add(from, _end - from);
                    at = _end;
                    return true;
                }
            }

            at = hit;
            var following = at + 1 < _end ? _window[at + 1] : (byte)0;
            if (_window[at] != mark)
            {
                _lineBreaks++;
                isPlain &= _window[at] == Lf;
                at += _window[at] == Cr && following == Lf ? 2 : 1;
            }
            else if (following == mark)
            {
                isPlain = false;
                at += 2;
            }
            else
            {
                AddQuoted(from, at - from, isPlain, mark);
                at++;
                return AfterQuote(ref at);
            }
        }
    }

    // Blanks may stand between a closing quote and the separator; anything else is left out and told.
    bool AfterQuote(ref int at)
    {
        var next = _marks.NextOfPlain(at);
        if (next < 0 && !_ended)
        {
            return false;
        }

        next = next < 0 ? _end : next;
        IsMisquoted |= _window.AsSpan(at, next - at).IndexOfAnyExcept((byte)' ') >= 0;
        at = next;
        return true;
    }

    bool EndRow(int at)
    {
        ThrowIfLong(at);
        _rowEnd = at;
        _next = at;
        if (at == _end)
        {
            return true;
        }

        var isCr = _window[at] == Cr;
        if (isCr && at + 1 == _end && !_ended)
        {
            return false;
        }

        _next = isCr && at + 1 < _end && _window[at + 1] == Lf ? at + 2 : at + 1;
        _lineBreaks++;
        IsTerminated = true;
        return true;
    }

    void Add(int start, int length)
    {
        if (Count == _cellStart.Length)
        {
            Array.Resize(ref _cellStart, Count * 2);
            Array.Resize(ref _cellLength, Count * 2);
        }

        _cellStart[Count] = start;
        _cellLength[Count++] = length;
    }

    void AddQuoted(int start, int length, bool isPlain, byte mark)
    {
        if (isPlain)
        {
            Add(start, length);
            return;
        }

        if (_unquoted.Length < _unquotedUsed + length)
        {
            Array.Resize(ref _unquoted, Math.Max(_unquotedUsed + length, _unquoted.Length * 2));
        }

        var target = _unquotedUsed;
        var source = _window.AsSpan(start, length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == Cr)
            {
                _unquoted[target++] = Lf;
                i += i + 1 < source.Length && source[i + 1] == Lf ? 1 : 0;
            }
            else
            {
                _unquoted[target++] = source[i];
                i += source[i] == mark ? 1 : 0;
            }
        }

        Add(~_unquotedUsed, target - _unquotedUsed);
        _unquotedUsed = target;
    }

    void Fill()
    {
        if (_end == _window.Length)
        {
            MakeRoom();
        }

        ThrowIfLong(_end);
        var read = utf8.Read(_window.AsSpan(_end, Math.Min(StepBytes, _window.Length - _end)));
        _end += read;
        _ended = read == 0;
        _marks.Read(_window, _start, _end);
    }

    // Behind the rows that are done with: in a new window where some of them stay in this one.
    void MakeRoom()
    {
        if (_start == 0)
        {
            Array.Resize(ref _window, _window.Length * 2);
            return;
        }

        var rest = _end - _start;
        var target = _keptRows > 0 ? windows.New(rest) : _window;
        _window.AsSpan(_start, rest).CopyTo(target);
        CloseBlock(_window, _start);
        (_window, _place, _start, _end) = (target, _place + _start, 0, rest);
    }

    void ThrowIfLong(int end)
    {
        if (end - _start > MaxRowBytes)
        {
            throw new LongRowException(Line);
        }
    }

    void CloseBlock(byte[] window, int end)
    {
        if (_keptRows > 0)
        {
            windows.Close(new KeptRows(window, end, _place, _keptStarts.AsSpan(0, _keptRows), _keptEnds.AsSpan(0, _keptCells)));
            (_keptRows, _keptCells) = (0, 0);
        }
    }
}

/// <summary>A row beyond <see cref="CsvRows.MaxRowBytes"/>; nothing after it can be read.</summary>
sealed class LongRowException(int line) : Exception
{
    public int Line => line;

    public ReconException Fault(string file) => new(
        $"{file}: line {line}: a row of more than {CsvRows.MaxRowBytes >> 20} MiB "
        + "(a quote that is never closed, or no CSV file)",
        FaultKind.InputWrong);
}
