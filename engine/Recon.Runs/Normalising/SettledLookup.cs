// Asks whether records were settled by an earlier run.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

enum SettledState : byte
{
    Unknown,

    /// <summary>Settled before with the same content.</summary>
    Same,

    /// <summary>Settled before, with other content only.</summary>
    Other,
}

static class SettledLookup
{
    /// <summary>Bytes of the longest id that stands for itself.</summary>
    public const int LongestPlain = 15;

    /// <summary>
    /// An id of up to 15 bytes stands for itself: its length, then its bytes, then zeros. A longer one: 255, then the first
    /// 120 bits of its SHA-256. The two never meet.
    /// </summary>
    public static UInt128 Fingerprint(ReadOnlySpan<byte> id)
    {
        Span<byte> fingerprint = stackalloc byte[SHA256.HashSizeInBytes + 1];
        fingerprint.Clear();
        if (id.Length <= LongestPlain)
        {
            fingerprint[0] = (byte)id.Length;
            id.CopyTo(fingerprint[1..]);
        }
        else
        {
            fingerprint[0] = byte.MaxValue;
            SHA256.HashData(id, fingerprint[1..]);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(fingerprint);
    }

    /// <summary>State by position.</summary>
    /// <param name="asJoined">What rows would be if their server had joined them, as it may have then; null where none does.</param>
    public static SettledState[] Find(
        Candidates candidates,
        RowContents meanings,
        RowContents? asJoined,
        IReadOnlyList<SettledRecords> settled,
        int threads,
        CancellationToken cancellation)
    {
        var ids = candidates.Ids;
        var states = new SettledState[ids.Count];
        if (settled.Count == 0)
        {
            return states;
        }

        var fingerprints = new UInt128[ids.Count];
        var positions = new int[ids.Count];
        RowRanges.ForEach(
            ids.Count,
            threads,
            (from, to) =>
            {
                for (var i = from; i < to; i++)
                {
                    (fingerprints[i], positions[i]) = (Fingerprint(ids.Utf8(i)), i);
                }
            },
            cancellation);
        Array.Sort(fingerprints, positions);
        var hits = new List<(int Position, UInt128 Content)>();
        foreach (var run in settled)
        {
            cancellation.ThrowIfCancellationRequested();
            AddHits(run, fingerprints, positions, hits);
        }

        meanings.Learn([.. hits.Select(hit => candidates.Rows[hit.Position]).Distinct()], cancellation);
        foreach (var (position, content) in hits)
        {
            var row = candidates.Rows[position];
            var isSame = states[position] == SettledState.Same || content == meanings.Of(row)
                || (asJoined is not null && content == asJoined.Of(row));
            states[position] = isSame ? SettledState.Same : SettledState.Other;
        }

        return states;
    }

    /// <summary>Adds what was settled under the ids that are asked for.</summary>
    /// <param name="fingerprints">Ascending.</param>
    /// <param name="positions">By fingerprint.</param>
    internal static void AddHits(
        SettledRecords run, UInt128[] fingerprints, int[] positions, List<(int Position, UInt128 Content)> hits)
    {
        var at = 0;
        for (var i = 0; i < fingerprints.Length; i++)
        {
            at = LowerBound(run.Ids, fingerprints[i], at);
            for (var hit = at; hit < run.Ids.Length && run.Ids[hit] == fingerprints[i]; hit++)
            {
                hits.Add((positions[i], run.Contents[hit]));
            }
        }
    }

    // Steps that double from where the last search ended, then halves: quick for few among many and many among few.
    static int LowerBound(UInt128[] sorted, UInt128 wanted, int from)
    {
        var step = 1L;
        long low = from;
        while (low + step < sorted.Length && sorted[low + step] < wanted)
        {
            low += step;
            step *= 2;
        }

        var high = Math.Min(low + step + 1, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < wanted)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (int)low;
    }
}
