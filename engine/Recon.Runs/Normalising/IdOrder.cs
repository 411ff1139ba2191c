// Brings rows into the order of their ids.
using System.Buffers.Binary;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>
/// Ordinal order of UTF-8 ids; equal ids by content, then by raw row. Ids are compared eight bytes at a time as one
/// number, behind the prefix that all of them share.
/// </summary>
sealed class IdOrder
{
    readonly TextColumn _ids;
    readonly UInt128[] _contents;
    readonly int[] _rows;

    IdOrder(TextColumn ids, UInt128[] contents, int[] rows)
    {
        _ids = ids;
        _contents = contents;
        _rows = rows;
    }

    /// <summary>Positions of <paramref name="ids"/> in their order; null where they stand in it already.</summary>
    /// <param name="contents">By raw row.</param>
    /// <param name="rows">Position → raw row.</param>
    public static int[]? Of(TextColumn ids, UInt128[] contents, int[] rows)
    {
        var order = new IdOrder(ids, contents, rows);
        if (order.IsSorted())
        {
            return null;
        }

        var positions = new int[ids.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = i;
        }

        order.Sort(positions, new ulong[positions.Length], 0, positions.Length, order.SharedPrefix());
        return positions;
    }

    bool IsSorted()
    {
        for (var i = 1; i < _ids.Count; i++)
        {
            if (Compare(i - 1, i) > 0)
            {
                return false;
            }
        }

        return true;
    }

    int SharedPrefix()
    {
        var shared = _ids.Utf8(0);
        for (var i = 1; i < _ids.Count && shared.Length > 0; i++)
        {
            shared = shared[..shared.CommonPrefixLength(_ids.Utf8(i))];
        }

        return shared.Length;
    }

    void Sort(int[] positions, ulong[] keys, int start, int end, int depth)
    {
        var longest = 0;
        for (var i = start; i < end; i++)
        {
            var id = _ids.Utf8(positions[i]);
            keys[i] = KeyAt(id, depth);
            longest = Math.Max(longest, id.Length);
        }

        Array.Sort(keys, positions, start, end - start);
        for (int from = start, to; from < end; from = to)
        {
            for (to = from + 1; to < end && keys[to] == keys[from]; to++)
            {
            }

            // A short id and one that goes on with zero bytes have one key; a full comparison tells them apart.
            if (to - from > 1 && depth + sizeof(ulong) < longest && to - from > 32)
            {
                Sort(positions, keys, from, to, depth + sizeof(ulong));
            }
            else if (to - from > 1)
            {
                positions.AsSpan(from, to - from).Sort(Compare);
            }
        }
    }

    int Compare(int left, int right)
    {
        var order = _ids.Utf8(left).SequenceCompareTo(_ids.Utf8(right));
        order = order != 0 ? order : _contents[_rows[left]].CompareTo(_contents[_rows[right]]);
        return order != 0 ? order : _rows[left].CompareTo(_rows[right]);
    }

    static ulong KeyAt(ReadOnlySpan<byte> id, int depth)
    {
        if (id.Length >= depth + sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(id[depth..]);
        }

        ulong key = 0;
        for (var i = depth; i < depth + sizeof(ulong); i++)
        {
            key = (key << 8) | (i < id.Length ? id[i] : 0u);
        }

        return key;
    }
}
