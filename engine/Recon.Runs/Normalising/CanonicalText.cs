// Collects bytes to be hashed: values in canonical text, each behind its length.
using System.Buffers.Binary;
using Recon.Model;

namespace Recon.Runs.Normalising;

/// <summary>A byte buffer that is filled and hashed row by row. One thread at a time.</summary>
sealed class CanonicalText
{
    byte[] _bytes = new byte[512];
    int _used;

    public ReadOnlySpan<byte> Utf8 => _bytes.AsSpan(0, _used);

    public void Clear() => _used = 0;

    /// <summary>The length in bytes (32 bits, little endian), then the bytes.</summary>
    public void AppendPart(ReadOnlySpan<byte> utf8)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), utf8.Length);
        _used += 4;
        Append(utf8);
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        _used += utf8.Length;
    }

    /// <summary>The value without trailing zeros behind the point, so that 1.5 and 1.50 are one text.</summary>
    public void AppendNumber(Int128 units, int scale)
    {
        while (scale > 0 && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        Span<byte> digits = stackalloc byte[48];
        Require.That(Int128.Abs(units).TryFormat(digits, out var count, default, null));
        if (units < 0)
        {
            Append("-"u8);
        }

        Append(count > scale ? digits[..(count - scale)] : "0"u8);
        if (scale > 0)
        {
            Append("."u8);
            for (var i = count; i < scale; i++)
            {
                Append("0"u8);
            }

            Append(digits[Math.Max(count - scale, 0)..count]);
        }
    }

    public void AppendFormatted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Require.That(value.TryFormat(
            Reserve(64), out var written, format, System.Globalization.CultureInfo.InvariantCulture));
        _used += written;
    }

    Span<byte> Reserve(int bytes)
    {
        if (_used + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + bytes));
        }

        return _bytes.AsSpan(_used);
    }
}
