// Fingerprints of settled records as bytes, and many runs' fingerprints as one sorted list.
using System.Buffers;
using System.Buffers.Binary;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store;

/// <remarks>
/// A segment is fingerprint after fingerprint: a byte whose high half counts the leading bytes of the id that are those of
/// the id before and whose low half counts the zeros at its end, the bytes of the id between them, 16 bytes of content; all
/// big-endian. The first id of a segment follows zeros. Ids stand in order, so some 18 of 32 bytes are left.
/// </remarks>
static class Fingerprints
{
    const int IdBytes = 16;
    const int ContentBytes = 16;
    const int MostBytes = 1 + IdBytes + ContentBytes;

    // 2^17 fingerprints: some MiB, so that one segment can be written while the next is made.
    const int SegmentRecords = 1 << 17;

    /// <summary>The fingerprints in segments, each made when it is asked for; none where nothing was settled.</summary>
    public static IEnumerable<byte[]> Write(SettledRecords settled)
    {
        Require.That(settled.Ids.Length == settled.Contents.Length && IsSorted(settled.Ids));
        for (var start = 0; start < settled.Ids.Length; start += SegmentRecords)
        {
            yield return WriteSegment(settled, start, Math.Min(settled.Ids.Length, start + SegmentRecords));
        }
    }

    static byte[] WriteSegment(SettledRecords settled, int start, int end)
    {
        var data = ArrayPool<byte>.Shared.Rent(MostBytes * (end - start));
        var used = 0;
        UInt128 previous = 0;
        Span<byte> id = stackalloc byte[IdBytes];
        for (var i = start; i < end; i++)
        {
            var shared = Math.Min((int)UInt128.LeadingZeroCount(settled.Ids[i] ^ previous) / 8, IdBytes - 1);
            var zeros = Math.Min((int)UInt128.TrailingZeroCount(settled.Ids[i]) / 8, IdBytes - 1 - shared);
            data[used++] = (byte)((shared << 4) | zeros);
            BinaryPrimitives.WriteUInt128BigEndian(id, settled.Ids[i]);
            id[shared..^zeros].CopyTo(data.AsSpan(used));
            used += IdBytes - shared - zeros;
            BinaryPrimitives.WriteUInt128BigEndian(data.AsSpan(used), settled.Contents[i]);
            used += ContentBytes;
            previous = settled.Ids[i];
        }

        var segment = data.AsSpan(0, used).ToArray();
        ArrayPool<byte>.Shared.Return(data);
        return segment;
    }

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: a segment is damaged.</exception>
    public static SettledRecords Read(string source, IReadOnlyList<byte[]> segments)
    {
        var (ids, contents) = (new List<UInt128>(), new List<UInt128>());
        foreach (var segment in segments)
        {
            ReadSegment(segment, ids, contents);
        }

        return new SettledRecords(source, [.. ids], [.. contents]);
    }

    static void ReadSegment(ReadOnlySpan<byte> rest, List<UInt128> ids, List<UInt128> contents)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        id.Clear();
        while (!rest.IsEmpty)
        {
            var (shared, zeros) = (rest[0] >> 4, rest[0] & 15);
            var own = IdBytes - shared - zeros;
            if (own < 1 || rest.Length < 1 + own + ContentBytes)
            {
                throw new ReconException("fingerprints are damaged", FaultKind.Storage);
            }

            rest.Slice(1, own).CopyTo(id[shared..]);
            id[(shared + own)..].Clear();
            ids.Add(BinaryPrimitives.ReadUInt128BigEndian(id));
            contents.Add(BinaryPrimitives.ReadUInt128BigEndian(rest[(1 + own)..]));
            rest = rest[(1 + own + ContentBytes)..];
        }
    }

    /// <summary>One list of them all, sorted by id, then content; an id has every content with which it was settled.</summary>
    /// <param name="lists">Of one source, at least one, each so sorted; neighbours are merged until one is left.</param>
    public static SettledRecords Merge(List<SettledRecords> lists)
    {
        while (lists.Count > 1)
        {
            var merged = new List<SettledRecords>((lists.Count + 1) / 2);
            for (var i = 0; i < lists.Count; i += 2)
            {
                merged.Add(i + 1 < lists.Count ? Merge(lists[i], lists[i + 1]) : lists[i]);
            }

            lists = merged;
        }

        return lists[0];
    }

    static SettledRecords Merge(SettledRecords left, SettledRecords right)
    {
        var ids = new UInt128[left.Ids.Length + right.Ids.Length];
        var contents = new UInt128[ids.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < left.Ids.Length || j < right.Ids.Length)
        {
            var order = Order(left, i, right, j);
            (ids[count], contents[count]) = order <= 0
                ? (left.Ids[i], left.Contents[i])
                : (right.Ids[j], right.Contents[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            count++;
        }

        return new SettledRecords(left.Source, ids[..count], contents[..count]);
    }

    /// <summary>Below 0 where the left one comes first, 0 where both are the same; what has ended comes last.</summary>
    static int Order(SettledRecords left, int i, SettledRecords right, int j)
    {
        if (i == left.Ids.Length || j == right.Ids.Length)
        {
            return i == left.Ids.Length ? 1 : -1;
        }

        var order = left.Ids[i].CompareTo(right.Ids[j]);
        return order != 0 ? order : left.Contents[i].CompareTo(right.Contents[j]);
    }

    static bool IsSorted(UInt128[] ids)
    {
        for (var i = 1; i < ids.Length; i++)
        {
            if (ids[i - 1] >= ids[i])
            {
                return false;
            }
        }

        return true;
    }
}
