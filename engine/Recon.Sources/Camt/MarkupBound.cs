// Keeps one text, one tag or one comment of an XML file from filling the memory.
using Recon.Model;
using Recon.Sources.Files;

namespace Recon.Sources.Camt;

/// <summary>
/// Passes a file on, and ends it where no <c>&lt;</c> stands within <see cref="MaxBytes"/>. Neither a text nor an attribute may hold
/// that character, so each text, tag and attribute is bounded, and with the tag the number of its attributes, which the parser
/// compares with each other.
/// </summary>
sealed class MarkupBound(InputStream input) : Stream
{
    /// <summary>1 MiB: the longest cell of a CSV file.</summary>
    const int MaxBytes = 1 << 20;

    // In UTF-16 a byte of another character may look like the mark, so its pair must be NUL.
    readonly bool? _isBigEndian = IsBigEndianUtf16(input.Head());
    long _read;
    long _lastMark;
    byte _before;

    public override int Read(Span<byte> buffer)
    {
        var count = input.Read(buffer);
        if (_isBigEndian is { } isBigEndian)
        {
            FindMark16(buffer[..count], isBigEndian);
        }
        else if (buffer[..count].LastIndexOf((byte)'<') is var at and >= 0)
        {
            _lastMark = _read + at;
        }

        _read += count;
        ThrowIfFar();
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // By the mark or the first character, as the parser decides it; null: bytes are characters, or parts of none like the mark.
    static bool? IsBigEndianUtf16(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => false,
        [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => true,
        _ => null,
    };

    void FindMark16(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var isSecond = ((_read + i) & 1) == 1;
            var (low, high) = isBigEndian ? (bytes[i], _before) : (_before, bytes[i]);
            if (isSecond && low == '<' && high == 0)
            {
                _lastMark = _read + i;
            }

            _before = bytes[i];
        }
    }

    // Asked between two reads of some KiB: a bound that is met is met a little later.
    void ThrowIfFar()
    {
        if (_read - _lastMark > MaxBytes)
        {
            throw new ReconException(
                $"{input.Name}: from byte {_lastMark + 1} on more than 1 MiB without a new element: no bank writes a text or tag so long",
                FaultKind.InputWrong);
        }
    }
}
