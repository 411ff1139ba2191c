// Numbers the texts of a column that has few.
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Recon.Model.Columns;

/// <summary>Texts met so far, in the order in which they came. Open addressing over a hash under a secret seed.</summary>
/// <param name="most">How many there may be: a power of two.</param>
sealed class KnownTexts(int most, long seed)
{
    // 2^64 over the golden ratio, odd.
    const ulong Mixer = 0x9E3779B97F4A7C15;

    readonly List<byte[]> _texts = [];
    readonly Entry[] _table = new Entry[most * 2];

    // A hash of 0 is no entry.
    readonly record struct Entry(ulong Hash, int Code);

    public int Count => _texts.Count;

    /// <summary>The number of a text; below 0 where it would be one too many.</summary>
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text) | 1;
        for (var slot = (int)(hash >> 33); ; slot++)
        {
            ref var entry = ref _table[slot & (_table.Length - 1)];
            if (entry.Hash == hash && text.SequenceEqual(_texts[entry.Code]))
            {
                return entry.Code;
            }

            if (entry.Hash == 0)
            {
                return Add(text, hash, ref entry);
            }
        }
    }

    public RowBlock Rows()
    {
        var starts = new int[Count];
        var lengths = new int[Count];
        for (int i = 0, start = 0; i < Count; start += lengths[i++])
        {
            (starts[i], lengths[i]) = (start, _texts[i].Length);
        }

        return RowBlock.Of([.. _texts.SelectMany(text => text)], starts, lengths);
    }

    /// <summary>Text → print.</summary>
    public UInt128[] Prints() => [.. _texts.Select(text => TextPrint.Of(text, seed))];

    int Add(ReadOnlySpan<byte> text, ulong hash, ref Entry entry)
    {
        if (Count == most)
        {
            return -1;
        }

        entry = new Entry(hash, Count);
        _texts.Add(text.ToArray());
        return entry.Code;
    }

    // Texts of 8 to 16 bytes are all in their first and last eight.
    ulong Hash(ReadOnlySpan<byte> text)
    {
        if (text.Length is < sizeof(ulong) or > 2 * sizeof(ulong))
        {
            return XxHash3.HashToUInt64(text, seed);
        }

        var first = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ unchecked((ulong)seed);
        var last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]) ^ (ulong)text.Length;
        var high = Math.BigMul(first ^ Mixer, last ^ (Mixer << 1), out ulong low);
        return high ^ low;
    }
}
