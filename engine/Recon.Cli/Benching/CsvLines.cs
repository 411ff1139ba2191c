// Writes lines of CSV as bytes.
using System.Buffers;
using System.Text;

namespace Recon.Cli.Benching;

/// <summary>Cells of UTF-8, quoted where they need it; lines end with LF.</summary>
sealed class CsvLines(string path) : IDisposable
{
    const int Together = 1 << 18;

    static readonly SearchValues<byte> QuotedBytes = SearchValues.Create(",\"\r\n"u8);

    readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    readonly ArrayBufferWriter<byte> _bytes = new(2 * Together);
    bool _isFirst = true;

    internal void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            Cell(Encoding.UTF8.GetBytes(cell));
        }

        EndLine();
    }

    internal void Cell(ReadOnlySpan<byte> utf8)
    {
        if (!_isFirst)
        {
            _bytes.Write(","u8);
        }

        _isFirst = false;
        if (utf8.ContainsAny(QuotedBytes))
        {
            Quote(utf8);
        }
        else
        {
            _bytes.Write(utf8);
        }
    }

    internal void EndLine()
    {
        _bytes.Write("\n"u8);
        _isFirst = true;
        if (_bytes.WrittenCount >= Together)
        {
            Flush();
        }
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    void Quote(ReadOnlySpan<byte> utf8)
    {
        _bytes.Write("\""u8);
        foreach (var part in utf8.Split((byte)'"'))
        {
            _bytes.Write(part.Start.Value == 0 ? [] : "\"\""u8);
            _bytes.Write(utf8[part]);
        }

        _bytes.Write("\""u8);
    }

    void Flush()
    {
        _file.Write(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }
}
