// Cuts UTF-8 bytes into rows and cells, knowing the line of each.
using Recon.Model;

namespace Recon.Sources.Csv;

/// <summary>
/// RFC 4180 with the liberties of real files: lines end with LF, CRLF or CR in any mixture, a quote counts only at
/// the beginning of a cell. Works on bytes, because places, damaged bytes and half-written ends must be told exactly.
/// </summary>
/// <remarks>Spans given out are valid until the next <see cref="Next"/>. Line ends inside quotes become LF.</remarks>
sealed class CsvRows(Stream utf8, byte separator, byte? quote)
{
    /// <summary>No row may be longer: 8 MiB, eight of the longest cells.</summary>
    public const int MaxRowBytes = 8 << 20;

    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    byte[] _window = new byte[1 << 18];
    int _start;
    int _rowEnd;
    int _next;
    int _end;
    bool _ended;
    int _lineBreaks;
    int[] _cellStart = new int[64];
    int[] _cellLength = new int[64];
    byte[] _unquoted = [];
    int _unquotedUsed;

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
        var length = _window.AsSpan(at, _end - at).IndexOfAny(separator, Cr, Lf);
        if (length < 0 && !_ended)
        {
            return false;
        }

        length = length < 0 ? _end - at : length;
        Add(at, length);
        at += length;
        return true;
    }

    bool CutQuoted(ref int at, byte mark)
    {
        var from = ++at;
        var isPlain = true;
        while (true)
        {
            var hit = _window.AsSpan(at, _end - at).IndexOfAny(mark, Cr, Lf);
            if (hit < 0 || at + hit + 1 == _end)
            {
                if (!_ended)
                {
                    return false;
                }

                if (hit < 0 || _window[at + hit] != mark)
                {
                    IsQuoteOpen = true;
                    Add(from, _end - from);
                    at = _end;
                    return true;
                }
            }

            at += hit;
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
        var rest = _window.AsSpan(at, _end - at);
        var length = rest.IndexOfAny(separator, Cr, Lf);
        if (length < 0 && !_ended)
        {
            return false;
        }

        length = length < 0 ? rest.Length : length;
        IsMisquoted |= rest[..length].IndexOfAnyExcept((byte)' ') >= 0;
        at += length;
        return true;
    }

    bool EndRow(int at)
    {
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
        if (_start > 0)
        {
            _window.AsSpan(_start, _end - _start).CopyTo(_window);
            _end -= _start;
            _start = 0;
        }

        if (_end == _window.Length)
        {
            if (_end >= MaxRowBytes)
            {
                throw new LongRowException(Line);
            }

            Array.Resize(ref _window, _window.Length * 2);
        }

        var read = utf8.Read(_window.AsSpan(_end));
        _end += read;
        _ended = read == 0;
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
