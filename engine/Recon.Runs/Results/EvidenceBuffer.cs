// Bytes of evidence on their way out and on their way in.
using System.Buffers;
using System.Text;
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>Bytes that grow at their end, borrowed until it is disposed.</summary>
sealed class EvidenceBuffer(int capacity) : IDisposable
{
    byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Seven bits a byte, the low ones first; the high bit says that more follow (LEB128).</summary>
    public EvidenceBuffer Number(uint value)
    {
        if (value < 0x80 && Length < _bytes.Length)
        {
            _bytes[Length++] = (byte)value;
            return this;
        }

        Reserve(5);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value & 0x7F | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
        return this;
    }

    public EvidenceBuffer Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>As <see cref="Number(uint)"/>, for values that may be negative or wide: zigzag, then seven bits a byte.</summary>
    public EvidenceBuffer Wide(Int128 value)
    {
        Reserve(19);
        var rest = unchecked((UInt128)((value << 1) ^ (value >> 127)));
        while (rest >= 0x80)
        {
            _bytes[Length++] = (byte)((byte)(rest & 0x7F) | 0x80);
            rest >>= 7;
        }

        _bytes[Length++] = (byte)rest;
        return this;
    }

    /// <summary>The text as UTF-8 behind its length in bytes.</summary>
    public EvidenceBuffer Text(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Number((uint)bytes);
        Reserve(bytes);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        return this;
    }

    /// <summary>Appends what <paramref name="scratch"/> was filled with behind its length, and empties it.</summary>
    public void Section(EvidenceBuffer scratch, EvidenceBuffer filled)
    {
        Require.That(ReferenceEquals(scratch, filled));
        Number((uint)scratch.Length);
        Bytes(scratch.Written);
        scratch.Length = 0;
    }

    /// <summary>Gives the bytes back: what was written must not be read after it.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    void Reserve(int bytes)
    {
        if (Length + bytes > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + bytes));
            Written.CopyTo(larger);
            Dispose();
            _bytes = larger;
        }
    }
}

/// <summary>Reads bytes from the left; whatever does not fit is a fault, never a crash.</summary>
ref struct EvidenceCursor(ReadOnlySpan<byte> bytes)
{
    /// <summary>1 GiB: far above any segment that is written.</summary>
    public const int MaxBody = 1 << 30;

    ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public uint Number()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                break;
            }

            var unit = _rest[0];
            _rest = _rest[1..];
            value |= unchecked((uint)(unit & 0x7F) << shift);
            if (unit < 0x80)
            {
                return value;
            }
        }

        throw Damaged("a number does not end");
    }

    /// <inheritdoc cref="EvidenceBuffer.Wide"/>
    public Int128 Wide()
    {
        UInt128 value = 0;
        for (var shift = 0; shift < 133 && !_rest.IsEmpty; shift += 7)
        {
            var unit = _rest[0];
            _rest = _rest[1..];
            value |= (UInt128)(unit & 0x7Fu) << shift;
            if (unit < 0x80)
            {
                return unchecked((Int128)(value >> 1) ^ -(Int128)(value & 1));
            }
        }

        throw Damaged("a number does not end");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes(Count(MaxBody)));

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int Count(int most)
    {
        var count = Number();
        return count <= (uint)most ? (int)count : throw Damaged($"{count} where at most {most} can stand");
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw Damaged("it ends too early");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public EvidenceCursor Section() => new(Bytes(Count(MaxBody)));

    public string[] Names()
    {
        var names = new string[Count(_rest.Length)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Text();
        }

        return names;
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged($"{_rest.Length} bytes too many");
        }
    }

    public static ReconException Damaged(string why) => new($"evidence is damaged: {why}", FaultKind.Storage);
}
