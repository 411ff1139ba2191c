// Writes and reads open items as segments of bytes.
using System.Buffers.Binary;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

/// <summary>The binary form of open items with their raw rows: equal items give equal bytes, and nothing is lost.</summary>
/// <remarks>
/// A segment (<see cref="PackedSegment"/>, letters <c>RCOI</c>) holds up to <see cref="SegmentItems"/> items: their number,
/// the texts that they share, then item by item its members in the order of their declaration, the residual last.
/// </remarks>
public static class CarriedItemFormat
{
    /// <summary>16,384 items: some MiB of body.</summary>
    public const int SegmentItems = 1 << 14;

    // 2: what a run took it on, what it weighs, and from when its breaks age.
    const byte WithoutResiduals = 2;

    // 3: of which record it is what was left. A segment in which nothing is so is of form 2.
    const byte Version = 3;

    static ReadOnlySpan<byte> Magic => "RCOI"u8;

    /// <summary>The segments in order, none where there are no items, each made when it is asked for.</summary>
    public static IEnumerable<byte[]> Write(IReadOnlyList<CarriedItem> items)
    {
        for (var start = 0; start < items.Count; start += SegmentItems)
        {
            yield return WriteSegment(items, start, Math.Min(items.Count, start + SegmentItems));
        }
    }

    /// <summary>The items of a segment. Check its hash before.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the segment is damaged or of a newer engine.</exception>
    public static IReadOnlyList<CarriedItem> Read(ReadOnlySpan<byte> segment) =>
        ReadBody(PackedSegment.Unpack(Magic, Version, segment), PackedSegment.VersionOf(Magic, segment));

    internal static IReadOnlyList<CarriedItem> ReadBody(ReadOnlySpan<byte> body, byte version = Version)
    {
        var cursor = new EvidenceCursor(body);
        var items = new CarriedItem[cursor.Count(SegmentItems)];
        var reader = new CarriedItemReader(PooledTexts.Read(ref cursor), version);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = reader.Next(ref cursor);
        }

        cursor.End();
        return items;
    }

    static byte[] WriteSegment(IReadOnlyList<CarriedItem> items, int start, int end)
    {
        using var texts = new TextPool();
        using var rows = new EvidenceBuffer(256 * (end - start));
        var hasResiduals = false;
        for (var i = start; i < end; i++)
        {
            hasResiduals |= items[i].Residual is not null;
        }

        for (var i = start; i < end; i++)
        {
            Write(rows, texts, items[i]);
            if (hasResiduals)
            {
                Write(rows, texts, items[i].Residual);
            }
        }

        using var body = new EvidenceBuffer(rows.Length + (1 << 12));
        body.Number((uint)(end - start));
        texts.Write(body);
        return PackedSegment.Pack(Magic, hasResiduals ? Version : WithoutResiduals, body.Bytes(rows.Written));
    }

    static void Write(EvidenceBuffer rows, TextPool texts, CarriedItem item)
    {
        Span<byte> content = stackalloc byte[CarriedItemReader.ContentBytes];
        BinaryPrimitives.WriteUInt128BigEndian(content, item.Content);
        rows.Number(texts.NumberOf(item.Record.Source)).Text(item.Record.Id).Bytes(content);
        Write(rows, texts, item.Dialect);
        Write(rows, texts, item.Cells);
        rows.Number(texts.NumberOf(item.File)).Number((uint)(item.Line + 1 ?? 0)).Number((uint)item.OpenLegs.Count);
        foreach (var open in item.OpenLegs)
        {
            Write(rows, texts, open);
        }

        rows.Number(item.TakenLegs is { } taken ? (uint)taken.Count + 1 : 0);
        foreach (var leg in item.TakenLegs ?? [])
        {
            texts.WriteNames(rows, leg);
        }

        rows.Number(item.Value is null ? 0u : 1u);
        if (item.Value is { } value)
        {
            AmountFormat.Write(rows, texts, value);
        }
    }

    static void Write(EvidenceBuffer rows, TextPool texts, CarriedResidual? residual)
    {
        rows.Number((uint)(residual?.Of.Depth ?? 0));
        if (residual is null)
        {
            return;
        }

        rows.Text(residual.Of.Record).Number((uint)residual.Of.Number).Number((uint)residual.Amounts.Count);
        for (var i = 0; i < residual.Amounts.Count; i++)
        {
            AmountFormat.Write(rows.Number(texts.NumberOf(residual.Of.Fields[i])), texts, residual.Amounts[i]);
        }
    }

    static void Write(EvidenceBuffer rows, TextPool texts, Dialect dialect) => rows
        .Number(dialect.Point).Number(dialect.Grouping)
        .Number(texts.NumberOf(dialect.Dates)).Number(texts.NumberOf(dialect.Instants));

    static void Write(EvidenceBuffer rows, TextPool texts, RawCells cells)
    {
        rows.Number((uint)cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            rows.Number(texts.NumberOf(cells.Names[i])).Number((uint)cells.Utf8(i).Length).Bytes(cells.Utf8(i));
        }
    }

    static void Write(EvidenceBuffer rows, TextPool texts, OpenLeg open)
    {
        texts.WriteNames(rows, open.Leg);
        rows.Text(open.Break).Number((uint)open.Born.DayNumber).Number(texts.NumberOf(open.Class))
            .Number((uint)open.DatedFrom.DayNumber);
    }
}
