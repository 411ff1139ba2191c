// The oracle of the CSV cutter: byte by byte, by the book.
namespace Recon.Tests.Sources;

/// <param name="Line">Where the row begins, from 1.</param>
sealed record PlainRow(int Line, IReadOnlyList<byte[]> Cells, bool IsTerminated, bool IsQuoteOpen, bool IsMisquoted);

/// <summary>
/// Cells end at a separator, rows at LF, CR or CRLF. A quote counts only where a cell begins; inside quotes it is written twice and
/// line ends become LF. Blanks behind a closing quote are left out, anything else there too, and told. Blank rows are passed over.
/// </summary>
sealed class PlainCutter(byte[] text, byte separator, byte quote)
{
    int _at;
    int _line = 1;

    public IEnumerable<PlainRow> Rows()
    {
        while (_at < text.Length)
        {
            var start = _at;
            var row = Row();
            var end = _at;
            while (end > start && text[end - 1] is (byte)'\n' or (byte)'\r' && !row.IsQuoteOpen)
            {
                end--;
            }

            if (row.Cells.Count > 1 || row.IsQuoteOpen || text[start..end].Any(unit => unit != ' '))
            {
                yield return row;
            }
        }
    }

    PlainRow Row()
    {
        var (line, cells, isOpen, isMisquoted) = (_line, new List<byte[]>(), false, false);
        while (true)
        {
            if (_at < text.Length && text[_at] == quote)
            {
                cells.Add(Quoted(out isOpen));
                isMisquoted |= Plain().Any(unit => unit != ' ');
            }
            else
            {
                cells.Add(Plain());
            }

            if (_at == text.Length || text[_at] != separator)
            {
                break;
            }

            _at++;
        }

        var isTerminated = _at < text.Length;
        if (isTerminated)
        {
            PassLineEnd();
        }

        return new PlainRow(line, cells, isTerminated, isOpen, isMisquoted);
    }

    byte[] Plain()
    {
        var start = _at;
        while (_at < text.Length && text[_at] != separator && text[_at] is not ((byte)'\n' or (byte)'\r'))
        {
            _at++;
        }

        return text[start.._at];
    }

    byte[] Quoted(out bool isOpen)
    {
        var (start, cell) = (++_at, new List<byte>());
        while (_at < text.Length)
        {
            if (text[_at] is (byte)'\n' or (byte)'\r')
            {
                PassLineEnd();
                cell.Add((byte)'\n');
            }
            else if (text[_at] != quote)
            {
                cell.Add(text[_at++]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == quote)
            {
                cell.Add(quote);
                _at += 2;
            }
            else
            {
                _at++;
                isOpen = false;
                return [.. cell];
            }
        }

        isOpen = true;
        return text[start..];
    }

    void PassLineEnd()
    {
        _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
