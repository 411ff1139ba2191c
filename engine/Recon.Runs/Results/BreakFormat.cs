// Writes and reads breaks as segments of bytes, so that a hundred thousand of them cost moments and not seconds.
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>The binary form of breaks: equal breaks give equal bytes, and nothing is lost.</summary>
/// <remarks>
/// A segment (<see cref="PackedSegment"/>, letters <c>RCBR</c>) holds up to <see cref="SegmentBreaks"/> breaks: their number,
/// the texts that they share, then break by break its members in the order of their declaration, the passed deadline only where
/// some break of the segment has one, what exposure counts of it last. Shared texts are numbers, ids stand as they are, dates are day numbers.
/// </remarks>
public static class BreakFormat
{
    /// <summary>8,192 breaks: about 1 MiB of body, so that one break is found without reading all.</summary>
    public const int SegmentBreaks = 1 << 13;

    const byte Version = 4;

    /// <summary>Of segments in which no deadline has passed.</summary>
    const byte WithoutWasDue = 3;

    /// <summary>The last version, of the two forms that there are of each, that did not say what a break weighs.</summary>
    const byte WithoutWeights = 2;

    static ReadOnlySpan<byte> Magic => "RCBR"u8;

    /// <summary>The segments in order, none where there are no breaks, each made when it is asked for.</summary>
    public static IEnumerable<byte[]> Write(IReadOnlyList<Break> breaks)
    {
        for (var start = 0; start < breaks.Count; start += SegmentBreaks)
        {
            yield return WriteSegment(breaks, start, Math.Min(breaks.Count, start + SegmentBreaks));
        }
    }

    /// <summary>The breaks of a segment. Check its hash before.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the segment is damaged or of a newer engine.</exception>
    public static IReadOnlyList<Break> Read(ReadOnlySpan<byte> segment) =>
        ReadBody(PackedSegment.Unpack(Magic, Version, segment), PackedSegment.VersionOf(Magic, segment));

    internal static IReadOnlyList<Break> ReadBody(ReadOnlySpan<byte> body, byte version = Version)
    {
        var cursor = new EvidenceCursor(body);
        var breaks = new Break[cursor.Count(SegmentBreaks)];
        var reader = new BreakReader(PooledTexts.Read(ref cursor), hasWasDue: version % 2 == 0, hasWeights: version > WithoutWeights);
        for (var i = 0; i < breaks.Length; i++)
        {
            breaks[i] = reader.Next(ref cursor);
        }

        cursor.End();
        return breaks;
    }

    static byte[] WriteSegment(IReadOnlyList<Break> breaks, int start, int end)
    {
        using var texts = new TextPool();
        using var rows = new EvidenceBuffer(128 * (end - start));
        var hasWasDue = Enumerable.Range(start, end - start).Any(i => breaks[i].WasDue is not null);
        for (var i = start; i < end; i++)
        {
            Write(rows, texts, breaks[i]);
            if (hasWasDue)
            {
                rows.Number(DayOf(breaks[i].WasDue));
            }

            WeightFormat.Write(rows, texts, breaks[i]);
        }

        using var body = new EvidenceBuffer(rows.Length + (1 << 14));
        body.Number((uint)(end - start));
        texts.Write(body);
        return PackedSegment.Pack(Magic, hasWasDue ? Version : WithoutWasDue, body.Bytes(rows.Written));
    }

    static void Write(EvidenceBuffer rows, TextPool texts, Break item)
    {
        texts.WriteNames(rows.Text(item.Id).Number((uint)item.Kind), item.Leg);
        rows.Number(texts.NumberOf(item.Pass)).Number((uint)item.Records.Count);
        foreach (var record in item.Records)
        {
            rows.Number(texts.NumberOf(record.Source)).Text(record.Id);
        }

        rows.Number(texts.NumberOf(item.Class)).Number((uint)item.Status).Number((uint)item.Tier)
            .Number(texts.NumberOf(item.Assign))
            .Number((uint)item.Born.DayNumber).Number(DayOf(item.Due)).Number((uint)item.DatedFrom.DayNumber)
            .Number(texts.NumberOf(item.Reason)).Number((uint)item.Differences.Count);
        foreach (var difference in item.Differences)
        {
            rows.Number(texts.NumberOf(difference.Fields)).Number(difference.Amount is null ? 0u : 1u);
            Write(rows, texts, difference.Amount is { } amount ? [amount] : []);
            rows.Number(texts.NumberOf(difference.Value));
        }

        rows.Number((uint)item.Value.Count);
        Write(rows, texts, item.Value);
    }

    static uint DayOf(DateOnly? date) => (uint)(date?.DayNumber + 1 ?? 0);

    static void Write(EvidenceBuffer rows, TextPool texts, IReadOnlyList<Money> amounts)
    {
        foreach (var money in amounts)
        {
            AmountFormat.Write(rows, texts, money);
        }
    }
}
