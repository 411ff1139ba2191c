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

    /// <summary>One list of them all; where an id stands in several, the later list says its content.</summary>
    /// <param name="lists">Of one source, oldest first, at least one; neighbours are merged until one is left.</param>
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

    static SettledRecords Merge(SettledRecords older, SettledRecords newer)
    {
        var ids = new UInt128[older.Ids.Length + newer.Ids.Length];
        var contents = new UInt128[ids.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < older.Ids.Length || j < newer.Ids.Length)
        {
            if (j == newer.Ids.Length || (i < older.Ids.Length && older.Ids[i] < newer.Ids[j]))
            {
                (ids[count], contents[count++]) = (older.Ids[i], older.Contents[i++]);
                continue;
            }

            i += i < older.Ids.Length && older.Ids[i] == newer.Ids[j] ? 1 : 0;
            (ids[count], contents[count++]) = (newer.Ids[j], newer.Contents[j++]);
        }

        return new SettledRecords(older.Source, ids[..count], contents[..count]);
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
