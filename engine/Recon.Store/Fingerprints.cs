// Fingerprints of settled records as bytes, and many runs' fingerprints as one sorted list.
using System.Buffers.Binary;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store;

static class Fingerprints
{
    /// <summary>16 bytes of id, 16 of content, both big-endian.</summary>
    public const int Bytes = 32;

    // 2^20 fingerprints are 32 MiB: far below what one value of a database may hold.
    const int SegmentRecords = 1 << 20;

    /// <summary>The fingerprints in segments; none where nothing was settled.</summary>
    public static IEnumerable<byte[]> Write(SettledRecords settled)
    {
        Require.That(settled.Ids.Length == settled.Contents.Length && IsSorted(settled.Ids));
        for (var start = 0; start < settled.Ids.Length; start += SegmentRecords)
        {
            var count = Math.Min(SegmentRecords, settled.Ids.Length - start);
            var data = new byte[count * Bytes];
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteUInt128BigEndian(data.AsSpan(i * Bytes), settled.Ids[start + i]);
                BinaryPrimitives.WriteUInt128BigEndian(data.AsSpan((i * Bytes) + 16), settled.Contents[start + i]);
            }

            yield return data;
        }
    }

    public static SettledRecords Read(string source, IReadOnlyList<byte[]> segments)
    {
        var count = segments.Sum(segment => segment.Length / Bytes);
        var settled = new SettledRecords(source, new UInt128[count], new UInt128[count]);
        var next = 0;
        foreach (var segment in segments)
        {
            for (var at = 0; at < segment.Length; at += Bytes, next++)
            {
                settled.Ids[next] = BinaryPrimitives.ReadUInt128BigEndian(segment.AsSpan(at));
                settled.Contents[next] = BinaryPrimitives.ReadUInt128BigEndian(segment.AsSpan(at + 16));
            }
        }

        return settled;
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
