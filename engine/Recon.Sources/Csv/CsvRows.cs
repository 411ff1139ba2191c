// Cuts UTF-8 bytes into rows and cells, knowing the line of each.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Sources.Tables;

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
    RowWindow _read = windows.New(filled: 0);

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

    int[] _cellEnd = new int[32];

    byte[] Window => _read.Bytes;

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
    public ReadOnlySpan<byte> Row => Window.AsSpan(_start, _rowEnd - _start);

    public ReadOnlySpan<byte> Cell(int index)
    {
        var start = _cellStart[index];
        return start < 0
            ? _unquoted.AsSpan(~start, _cellLength[index])
            : Window.AsSpan(start, _cellLength[index]);
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
        text.CopyTo(Window);
        (_start, _next, _end, _ended, _lineBreaks, Line) = (0, 0, text.Length, true, 0, 1);
        _read.Kept.Clear();
        _marks.Read(Window, 0, _end);
    }

    /// <summary>The row as a block of its own; for the first row only.</summary>
    public RowBlock Alone()
    {
        Keep();
        return _read.Kept.Block(Window[.._rowEnd]);
    }

    /// <summary>Makes the row one of the rows of its window; all rows kept have equally many cells.</summary>
    public void Keep()
    {
        var at = _start;
        for (var i = 0; i < Count; i++)
        {
            // Behind quotes a cell moves down. It never meets what is still to be moved: nothing gets longer.
            if (_cellStart[i] != at)
            {
                Cell(i).CopyTo(Window.AsSpan(at));
            }

            at += _cellLength[i];
            _cellEnd[i] = at - _start;
            at++;
        }

        _read.Kept.Add(_start, _cellEnd.AsSpan(0, Count));
    }

    /// <summary>Keeps the plain rows behind the row, as many as are here; says how many. The row is then the last of them, without its cells.</summary>
    public int KeepPlain(PlainRows rows)
    {
        var count = rows.Cut(Window, _marks, ref _next, _read.Kept);
        if (count > 0)
        {
            (Line, _lineBreaks) = (Line + _lineBreaks + count - 1, 1);
        }

        return count;
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

        CloseBlock(_end);
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
            var isWhole = quote is { } mark && at < _end && Window[at] == mark
                ? CutQuoted(ref at, mark)
                : CutPlain(ref at);
            if (!isWhole || (at == _end && !_ended))
            {
                return false;
            }

            if (at < _end && Window[at] == separator)
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

                if (hit < 0 || Window[hit] != mark)
                {
                    IsQuoteOpen = true;
                    Add(from, _end - from);
                    at = _end;
                    return true;
                }
            }

            at = hit;
            var following = at + 1 < _end ? Window[at + 1] : (byte)0;
            if (Window[at] != mark)
            {
                _lineBreaks++;
                isPlain &= Window[at] == Lf;
                at += Window[at] == Cr && following == Lf ? 2 : 1;
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
        IsMisquoted |= Window.AsSpan(at, next - at).IndexOfAnyExcept((byte)' ') >= 0;
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

        var isCr = Window[at] == Cr;
        if (isCr && at + 1 == _end && !_ended)
        {
            return false;
        }

        _next = isCr && at + 1 < _end && Window[at + 1] == Lf ? at + 2 : at + 1;
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
            Array.Resize(ref _cellEnd, Count * 2);
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
        var source = Window.AsSpan(start, length);
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
        if (_end == Window.Length)
        {
            MakeRoom();
        }

        ThrowIfLong(_end);
        var read = utf8.Read(Window.AsSpan(_end, Math.Min(StepBytes, Window.Length - _end)));
        _end += read;
        _ended = read == 0;
        _marks.Read(Window, _start, _end);
    }

    // Behind the rows that are done with: in a new window where some of them stay in this one.
    void MakeRoom()
    {
        if (_start == 0)
        {
            _read.Grow();
            return;
        }

        var rest = _end - _start;
        var target = _read.Kept.Count > 0 ? windows.New(rest) : _read;
        Window.AsSpan(_start, rest).CopyTo(target.Bytes);
        CloseBlock(_start);
        (_read, _place, _start, _end) = (target, _place + _start, 0, rest);
    }

    void ThrowIfLong(int end)
    {
        if (end - _start > MaxRowBytes)
        {
            throw new LongRowException(Line);
        }
    }

    void CloseBlock(int end)
    {
        if (_read.Kept.Count > 0)
        {
            windows.Close(_read, end, _place);
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
