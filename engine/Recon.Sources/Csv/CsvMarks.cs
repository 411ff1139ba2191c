// Where separators, quotes and line ends stand in a window of bytes, found 64 bytes at a time.
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recon.Sources.Csv;

/// <summary>
/// One bit a byte: whether it may end a plain cell, and whether it means something inside quotes. A row is then cut by looking
/// for the next bit, whatever the length of its cells.
/// </summary>
/// <remarks>The idea is that of simdjson (Langdale and Lemire, 2019): first a bitmap of structure, then the grammar.</remarks>
sealed class CsvMarks(byte separator, byte? quote)
{
    /// <summary>Windows are so long, or a multiple of it.</summary>
    public const int GroupBytes = 64;

    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    ulong[] _plain = [];
    ulong[] _quoted = [];

    // By group: whether a byte of it is NUL or not ASCII; and whether one is that or a quote.
    bool[] _odd = [];
    bool[] _special = [];

    // The group of the window that the first bits stand for.
    int _first;
    int _end;

    /// <summary>Marks the bytes in [from, end); those before are forgotten.</summary>
    /// <param name="window">A multiple of <see cref="GroupBytes"/>; what stands behind <paramref name="end"/> means nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(byte[] window, int from, int end)
    {
        (_first, _end) = (from / GroupBytes, end);
        Reserve(((end - from) / GroupBytes) + 2);
        var (separators, quotes) = (Vector512.Create(separator), Vector512.Create(quote ?? 0));
        var (crs, lfs) = (Vector512.Create(Cr), Vector512.Create(Lf));
        ref var first = ref MemoryMarshal.GetArrayDataReference(window);
        for (int i = 0, at = _first * GroupBytes; at < end; i++, at += GroupBytes)
        {
            var bytes = Vector512.LoadUnsafe(ref first, (nuint)at);
            var lineEnds = Vector512.Equals(bytes, crs) | Vector512.Equals(bytes, lfs);
            var quoteMarks = Vector512.Equals(bytes, quotes);
            var odd = bytes | Vector512.Equals(bytes, Vector512<byte>.Zero);
            _plain[i] = (lineEnds | Vector512.Equals(bytes, separators)).ExtractMostSignificantBits();
            _quoted[i] = (lineEnds | quoteMarks).ExtractMostSignificantBits();
            _odd[i] = odd.ExtractMostSignificantBits() != 0;
            _special[i] = (odd | quoteMarks).ExtractMostSignificantBits() != 0;
        }
    }

    /// <summary>The first separator, CR or LF at or behind <paramref name="at"/>; −1 where there is none.</summary>
    public int NextOfPlain(int at) => Next(_plain, at);

    /// <summary>The first quote, CR or LF at or behind <paramref name="at"/>; −1 where there is none.</summary>
    public int NextOfQuoted(int at) => Next(_quoted, at);

    /// <summary>False where all bytes in [from, to) are ASCII and none is NUL; else true or, for neighbours' sake, false alarm.</summary>
    public bool MayBeOdd(int from, int to)
    {
        for (var group = from / GroupBytes; group * GroupBytes < to; group++)
        {
            if (_odd[group - _first])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Behind the last byte, from <paramref name="at"/> on, before which none is a quote or odd; at the end of a group.</summary>
    public int PlainUntil(int at)
    {
        var group = (at / GroupBytes) - _first;
        var plain = _special.AsSpan(group, Math.Max(0, ((_end + GroupBytes - 1) / GroupBytes) - _first - group)).IndexOf(true);
        return plain < 0 ? _end : (_first + group + plain) * GroupBytes;
    }

    /// <summary>What ends plain cells, group by group from that of <paramref name="at"/> on; bits behind the end mean nothing.</summary>
    public ReadOnlySpan<ulong> Plain(int at) => _plain.AsSpan((at / GroupBytes) - _first);

    int Next(ulong[] marks, int at)
    {
        if (at >= _end)
        {
            return -1;
        }

        var group = at / GroupBytes;
        var bits = marks[group - _first] >> (at % GroupBytes);
        if (bits != 0)
        {
            return Known(at + BitOperations.TrailingZeroCount(bits));
        }

        while (++group * GroupBytes < _end)
        {
            bits = marks[group - _first];
            if (bits != 0)
            {
                return Known((group * GroupBytes) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return -1;
    }

    // What stands behind the end was left there by other bytes.
    int Known(int at) => at < _end ? at : -1;

    void Reserve(int groups)
    {
        if (_plain.Length < groups)
        {
            (_plain, _quoted, _odd, _special) = (new ulong[groups], new ulong[groups], new bool[groups], new bool[groups]);
        }
    }
}
