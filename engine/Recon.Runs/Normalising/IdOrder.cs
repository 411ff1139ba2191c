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
    // So few ids of one key are compared from end to end.
    const int FewIds = 32;

    readonly TextColumn _ids;
    readonly int[] _rows;
    readonly List<(int Start, int End)> _equal = [];

    IdOrder(TextColumn ids, int[] rows)
    {
        _ids = ids;
        _rows = rows;
        Positions = PositionsByIdAndRow();
    }

    /// <summary>Positions of the ids in their order; null where they stand in it already.</summary>
    public int[]? Positions { get; private set; }

    public bool HasEqualIds => _equal.Count > 0;

    /// <param name="rows">Position → raw row.</param>
    /// <param name="contents">Of the raw rows; null: equal ids stand in the order of rows.</param>
    public static IdOrder Of(TextColumn ids, int[] rows, RowContents? contents, CancellationToken cancellation)
    {
        var order = new IdOrder(ids, rows);
        if (contents is not null && order.HasEqualIds)
        {
            order.OrderEqualIds(contents, cancellation);
        }

        return order;
    }

    int[]? PositionsByIdAndRow()
    {
        if (IsSorted())
        {
            return null;
        }

        _equal.Clear();
        int[] positions = [.. Enumerable.Range(0, _ids.Count)];
        Sort(positions, new ulong[positions.Length], 0, positions.Length, SharedPrefix());
        return positions;
    }

    // Notes the equal ids on its way.
    bool IsSorted()
    {
        for (int i = 1, start = 0; i < _ids.Count; i++)
        {
            var order = _ids.Utf8(i - 1).SequenceCompareTo(_ids.Utf8(i));
            if (order > 0 || (order == 0 && _rows[i - 1] > _rows[i]))
            {
                return false;
            }

            start = order == 0 ? start : i;
            if (order == 0)
            {
                Note(start, i + 1);
            }
        }

        return true;
    }

    void Note(int start, int end)
    {
        if (_equal.Count > 0 && _equal[^1].Start == start)
        {
            _equal.RemoveAt(_equal.Count - 1);
        }

        _equal.Add((start, end));
    }

    int SharedPrefix()
    {
        var shared = _ids.Utf8(0);
        for (var i = 1; i < _ids.Count && shared.Length > 0; i++)
        {
            var id = _ids.Utf8(i);
            if (!id.StartsWith(shared))
            {
                shared = shared[..shared.CommonPrefixLength(id)];
            }
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

        KeySort.Sort(keys.AsSpan(start..end), positions.AsSpan(start..end));
        for (int from = start, to; from < end; from = to)
        {
            for (to = from + 1; to < end && keys[to] == keys[from]; to++)
            {
            }

            // A short id and one that goes on with zero bytes have one key; a full comparison tells them apart.
            if (to - from > FewIds && depth + sizeof(ulong) < longest)
            {
                Sort(positions, keys, from, to, depth + sizeof(ulong));
            }
            else if (to - from > 1)
            {
                SortFew(positions, from, to);
            }
        }
    }

    void SortFew(int[] positions, int from, int to)
    {
        positions.AsSpan(from..to).Sort(Compare);
        for (int i = from + 1, start = from; i < to; i++)
        {
            if (_ids.Utf8(positions[i - 1]).SequenceEqual(_ids.Utf8(positions[i])))
            {
                Note(start, i + 1);
            }
            else
            {
                start = i;
            }
        }
    }

    void OrderEqualIds(RowContents contents, CancellationToken cancellation)
    {
        int[] positions = Positions ?? [.. Enumerable.Range(0, _ids.Count)];
        contents.Learn(
            [.. _equal.SelectMany(run => positions[run.Start..run.End]).Select(position => _rows[position])], cancellation);
        foreach (var (start, end) in _equal)
        {
            positions.AsSpan(start..end).Sort((left, right) =>
            {
                var order = contents.Of(_rows[left]).CompareTo(contents.Of(_rows[right]));
                return order != 0 ? order : _rows[left].CompareTo(_rows[right]);
            });
        }

        Positions = positions;
    }

    int Compare(int left, int right)
    {
        var order = _ids.Utf8(left).SequenceCompareTo(_ids.Utf8(right));
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
