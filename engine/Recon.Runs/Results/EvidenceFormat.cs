// Writes and reads the matches of a leg as segments of bytes, small enough to keep every match of a large run.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Results;

/// <summary>The binary form of <see cref="LegEvidence"/>: equal legs give equal bytes, and nothing is lost.</summary>
/// <remarks>
/// <para>
/// A segment holds up to <see cref="SegmentMatches"/> matches: the letters <c>RCEV</c>, a version byte, the length of the
/// body as a variable-length integer, the body in Brotli. The body is a row of sections, each behind its length: names,
/// pass of each match, then ends and ids of each source of the leg, truths, lags.
/// </para>
/// <para>
/// Integers are differences to the one before, zigzag and variable-length. A text is the number of bytes that it shares
/// with the text before, the number of the others, and those: ids stand in order, so most of an id is known already.
/// </para>
/// </remarks>
public static class EvidenceFormat
{
    /// <summary>131,072 matches: some MiB of body, so that neither writing nor reading holds a second copy of a large run.</summary>
    public const int SegmentMatches = 1 << 17;

    internal const byte Version = 1;

    const int TextsTogether = 64;

    internal static ReadOnlySpan<byte> Magic => "RCEV"u8;

    /// <summary>The segments of a leg in order, at least one; so many at once are made when one is asked for.</summary>
    /// <param name="threads">At least 1; the bytes do not depend on it.</param>
    public static IEnumerable<byte[]> Write(LegEvidence leg, int threads = 1)
    {
        var count = Math.Max(1, (int)(((long)leg.Count + SegmentMatches - 1) / SegmentMatches));
        for (var first = 0; first < count; first += threads)
        {
            foreach (var segment in Segments(leg, first, Math.Min(threads, count - first)))
            {
                yield return segment;
            }
        }
    }

    static byte[][] Segments(LegEvidence leg, int first, int count)
    {
        var segments = new byte[count][];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, i => segments[i] = Segment(leg, first + i));
        return segments;
    }

    static byte[] Segment(LegEvidence leg, int number)
    {
        var start = number * SegmentMatches;
        using var body = Body(leg, start, Math.Min(leg.Count - start, SegmentMatches) + start);
        return PackedSegment.Pack(Magic, Version, body);
    }

    /// <summary>The leg whose segments these are. Check their hashes before.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: a segment is damaged or of a newer engine.</exception>
    public static LegEvidence Read(IEnumerable<byte[]> segments)
    {
        LegReader? reader = null;
        foreach (var segment in segments)
        {
            reader = LegReader.Continue(reader, Decompress(segment));
        }

        return reader is null ? throw EvidenceCursor.Damaged("no segment") : reader.Build();
    }

    static EvidenceBuffer Body(LegEvidence leg, int start, int end)
    {
        var body = new EvidenceBuffer(1 << 20);
        using var section = new EvidenceBuffer(1 << 18);
        body.Section(section, Names(section, leg, end - start));
        body.Section(section, Differences(section, leg.PassOf, start, end));
        foreach (var members in leg.Members)
        {
            WriteMembers(body, section, members, start, end);
        }

        foreach (var truth in leg.Truths)
        {
            body.Section(section, Texts(section, truth.Values, start, end));
            body.Section(section, section.Bytes(truth.From.AsSpan(start, end - start)));
            body.Section(section, section.Bytes(truth.Against.AsSpan(start, end - start)));
        }

        foreach (var lag in leg.Lags)
        {
            body.Section(section, Texts(section, lag.Values, start, end, lag.First));
        }

        return body;
    }

    static void WriteMembers(EvidenceBuffer body, EvidenceBuffer section, MemberIds members, int start, int end)
    {
        var (ends, ids) = members;
        var firstId = FirstMember(ends, start);
        body.Section(section, Counts(section, ends, start, end));
        body.Section(section, Texts(section, ids, firstId, FirstMember(ends, end)));
    }

    static EvidenceBuffer Names(EvidenceBuffer section, LegEvidence leg, int count)
    {
        section.Number((uint)count);
        foreach (var names in new[]
        {
            leg.Sources,
            leg.PassNames,
            [.. leg.Truths.Select(truth => truth.Field)],
            [.. leg.Lags.Select(lag => lag.Fields)],
        })
        {
            section.Number((uint)names.Count);
            foreach (var name in names)
            {
                var utf8 = Encoding.UTF8.GetBytes(name);
                section.Number((uint)utf8.Length);
                section.Bytes(utf8);
            }
        }

        return section;
    }

    static EvidenceBuffer Differences(EvidenceBuffer section, MatchPasses values, int start, int end)
    {
        var previous = 0;
        for (var match = start; match < end; match++)
        {
            var value = values[match];
            var difference = unchecked(value - previous);
            section.Number(unchecked((uint)((difference << 1) ^ (difference >> 31))));
            previous = value;
        }

        return section;
    }

    static int FirstMember(MatchEnds ends, int match) => match == 0 ? 0 : ends[match - 1];

    static EvidenceBuffer Counts(EvidenceBuffer section, MatchEnds ends, int start, int end)
    {
        for (var match = start; match < end; match++)
        {
            var (from, to) = ends.Range(match);
            section.Number((uint)(to - from));
        }

        return section;
    }

    // The texts from `start` to before `end`, where the first of the column is number `first`; those it does not have are NULL.
    static EvidenceBuffer Texts(EvidenceBuffer section, TextColumn texts, int start, int end, int first = 0)
    {
        var (from, to) = (Math.Clamp(start - first, 0, texts.Count), Math.Clamp(end - first, 0, texts.Count));
        WriteNulls(section, texts, start - first, end - first);
        using var lengths = new EvidenceBuffer(2 * (to - from));
        using var letters = new EvidenceBuffer(8 * (to - from));
        ReadOnlySpan<byte> previous = default;
        for (var row = from; row < to; row++)
        {
            if ((row - from) % TextsTogether == 0)
            {
                Touch(texts, row, Math.Min(row + TextsTogether, to));
            }

            if (texts.HasNulls && texts.IsNull(row))
            {
                continue;
            }

            var text = texts.Utf8(row);
            var shared = text.CommonPrefixLength(previous);
            lengths.Number((uint)shared).Number((uint)(text.Length - shared));
            letters.Bytes(text[shared..]);
            previous = text;
        }

        section.Number((uint)lengths.Length);
        section.Bytes(lengths.Written);
        return section.Bytes(letters.Written);
    }

    // Partners lie anywhere in memory. A loop that does nothing else waits for many of them at once.
    static int Touch(TextColumn texts, int from, int to)
    {
        var bytes = 0;
        for (var row = from; row < to; row++)
        {
            bytes += texts.Utf8(row).Length;
        }

        return bytes;
    }

    static void WriteNulls(EvidenceBuffer section, TextColumn texts, int start, int end)
    {
        if (!texts.HasNulls && start >= 0 && end <= texts.Count)
        {
            section.Number(0);
            return;
        }

        var nulls = new byte[(end - start + 7) / 8];
        var any = false;
        for (var row = start; row < end; row++)
        {
            if (row < 0 || row >= texts.Count || texts.IsNull(row))
            {
                nulls[(row - start) / 8] |= (byte)(1 << ((row - start) % 8));
                any = true;
            }
        }

        section.Number(any ? 1u : 0u);
        section.Bytes(any ? nulls : []);
    }

    internal static byte[] Decompress(ReadOnlySpan<byte> segment) => PackedSegment.Unpack(Magic, Version, segment);
}
