// Tells whether a description in a Parquet file is whole before a library reads it.
namespace Recon.Store.Evidence;

/// <summary>
/// Metadata of a file and headers of its pages are structures in Thrift's compact protocol. A library that reads on where a damaged one does
/// not end, or by its own schema where the file has a value of another kind, never comes back; so both are looked for here.
/// </summary>
/// <remarks>Thrift compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
/// <param name="bytes">From its first byte on; what stands behind its end is not looked at.</param>
ref struct ThriftStructure(ReadOnlySpan<byte> bytes)
{
    // In a page's header: its size as it lies in the file; in the headers of data pages: their number of values.
    const int CompressedSize = 3;
    const int Values = 1;

    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;
    long _size;
    long _values;

    /// <summary>Whether it ends within the bytes and each of its fields is of the kind that the shape says.</summary>
    internal static bool IsWhole(ReadOnlySpan<byte> bytes, ThriftShape shape) => new ThriftStructure(bytes).PassStruct(shape);

    /// <summary>A page by its header: bytes of header and content, and the values of a data page; a length of 0 where the header is damaged.</summary>
    internal static (long Length, long Values) PageOf(ReadOnlySpan<byte> bytes)
    {
        var header = new ThriftStructure(bytes);
        return header.PassStruct(ParquetStructures.PageHeader) && header is { _size: >= 0, _values: >= 0 }
            ? (header._at + header._size, header._values)
            : (0, 0);
    }

    bool PassStruct(ThriftShape shape)
    {
        var number = 0L;
        while (TryByte(out var head))
        {
            if (head == 0)
            {
                return true;
            }

            // A distance of 0 from the field before: its number follows.
            number += head >> 4;
            if (head >> 4 == 0 && !TryInteger(out number))
            {
                return false;
            }

            if (!PassField(shape, number, (ThriftType)(head & 15)))
            {
                return false;
            }
        }

        return false;
    }

    bool PassField(ThriftShape shape, long number, ThriftType type)
    {
        var field = shape[number];
        if (field.Type == ThriftType.Flag)
        {
            return type is ThriftType.Flag or ThriftType.Flag - 1;
        }

        return field.Type == type && type switch
        {
            ThriftType.I32 => TryInteger(out var value) && Noted(shape, number, value),
            ThriftType.List => PassList(field),
            _ => PassValue(type, field.Inner),
        };
    }

    bool Noted(ThriftShape shape, long number, long value)
    {
        if (shape == ParquetStructures.PageHeader && number == CompressedSize)
        {
            _size = value;
        }
        else if ((shape == ParquetStructures.DataPage || shape == ParquetStructures.DataPageV2) && number == Values)
        {
            _values = value;
        }

        return true;
    }

    bool PassValue(ThriftType type, ThriftShape? inner) => type switch
    {
        ThriftType.I8 => TryByte(out _),
        ThriftType.I16 or ThriftType.I32 or ThriftType.I64 => TryVarint(out _),
        ThriftType.Bytes => TryVarint(out var length) && TryPass(length),
        ThriftType.Struct => PassStruct(inner!),
        _ => false,
    };

    bool PassList(ThriftField field)
    {
        if (!TryByte(out var head))
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
        var isPassed = (ThriftType)(head & 15) == field.Element || count == 0;
        for (var i = 0UL; i < count && isPassed; i++)
        {
            isPassed = PassValue(field.Element, field.Inner);
        }

        return isPassed;
    }

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
