// Tells whether a description in a Parquet file is whole before a library reads it.
namespace Recon.Store.Evidence;

/// <summary>
/// Metadata of a file and headers of its pages are structures in Thrift's compact protocol. A library that reads on where a damaged one does
/// not end never comes back, so its end is looked for here.
/// </summary>
/// <remarks>Thrift compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
/// <param name="bytes">From its first byte on; what stands behind its end is not looked at.</param>
ref struct ThriftStructure(ReadOnlySpan<byte> bytes)
{
    // Those of a segment nest less than ten deep.
    const int MostLevels = 32;

    const byte False = 2;
    const byte Byte = 3;
    const byte I16 = 4;
    const byte I32 = 5;
    const byte I64 = 6;
    const byte Double = 7;
    const byte Binary = 8;
    const byte List = 9;
    const byte Set = 10;
    const byte Struct = 12;

    // Of a page's header in parquet.thrift: its size as it lies in the file, and where the headers of data pages have their number of values.
    const int CompressedSize = 3;
    const int DataPage = 5;
    const int DataPageV2 = 8;
    const int Values = 1;

    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;
    long _size;
    long _values;

    /// <summary>How many bytes it has; 0 where it does not end within them.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var structure = new ThriftStructure(bytes);
        return structure.PassStruct(MostLevels, within: 0) ? structure._at : 0;
    }

    /// <summary>A page by its header: bytes of header and content, and the values of a data page; a length of 0 where the header does not end.</summary>
    internal static (long Length, long Values) PageOf(ReadOnlySpan<byte> bytes)
    {
        var header = new ThriftStructure(bytes);
        return header.PassStruct(MostLevels, within: 0) && header is { _size: >= 0, _values: >= 0 } ? (header._at + header._size, header._values) : (0, 0);
    }

    /// <param name="within">The field of the outermost structure in which this one stands; 0 for that one itself, −1 deeper down.</param>
    bool PassStruct(int levels, int within)
    {
        var field = 0L;
        while (levels > 0 && TryByte(out var head))
        {
            if (head == 0)
            {
                return true;
            }

            // A distance of 0 from the field before: its number follows.
            field += head >> 4;
            if (head >> 4 == 0 && !TryInteger(out field))
            {
                return false;
            }

            var isPassed = (head & 15) switch
            {
                I32 => TryInteger(out var number) && Noted(within, field, number),
                Struct => PassStruct(levels - 1, within == 0 && field is > 0 and < int.MaxValue ? (int)field : -1),
                var type => PassValue((byte)type, levels - 1, isInList: false),
            };
            if (!isPassed)
            {
                return false;
            }
        }

        return false;
    }

    bool Noted(int within, long field, long number)
    {
        (_size, _values) = (within, field) switch
        {
            (0, CompressedSize) => (number, _values),
            (DataPage or DataPageV2, Values) => (_size, number),
            _ => (_size, _values),
        };
        return true;
    }

    bool PassValue(byte type, int levels, bool isInList) => type switch
    {
        // The value of a field of booleans is its type; in a list each has a byte.
        > 0 and <= False => !isInList || TryByte(out _),
        Byte => TryByte(out _),
        >= I16 and <= I64 => PassVarint(),
        Double => TryPass(sizeof(double)),
        Binary => TryVarint(out var length) && TryPass(length),
        List or Set => PassList(levels),
        Struct => PassStruct(levels, within: -1),
        _ => false,
    };

    bool PassList(int levels)
    {
        if (levels <= 0 || !TryByte(out var head))
        {
            return false;
        }

        // Up to 14 elements stand in the head; 15 says that their number follows.
        var count = (ulong)(head >> 4);
        if (count == 15 && !TryVarint(out count))
        {
            return false;
        }

        // Each takes a byte at least: a count beyond the end fails there.
        for (var i = 0UL; i < count; i++)
        {
            if (!PassValue((byte)(head & 15), levels - 1, isInList: true))
            {
                return false;
            }
        }

        return true;
    }

    bool PassVarint() => TryVarint(out _);

    bool TryInteger(out long value)
    {
        var isThere = TryVarint(out var coded);
        value = (long)(coded >> 1) ^ -(long)(coded & 1);
        return isThere;
    }

    bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && TryByte(out var part); shift += 7)
        {
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return true;
            }
        }

        return false;
    }

    bool TryByte(out byte value)
    {
        value = _at < _bytes.Length ? _bytes[_at] : default;
        return _at++ < _bytes.Length;
    }

    bool TryPass(ulong bytes)
    {
        if (bytes > (ulong)(_bytes.Length - _at))
        {
            return false;
        }

        _at += (int)bytes;
        return true;
    }
}
