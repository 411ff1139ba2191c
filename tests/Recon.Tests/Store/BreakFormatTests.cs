// Breaks and open items as bytes: lossless, canonical, and firm against every kind of damage.
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public sealed class BreakFormatTests
{
    static Gen<List<Break>> Breaks => RandomRuns.Break.List[1, 6];

    static Gen<List<CarriedItem>> Items => Gen.Select(
        RandomRuns.Text.List[6],
        Gen.Int[-1, 1000],
        Gen.Select(RandomRuns.Text, RandomRuns.Text, KeyValuePair.Create).Array[0, 4],
        (texts, line, cells) => new CarriedItem(
            new RecordId(texts[0], texts[1]),
            (UInt128)(line + 1) << 90,
            new Dialect((byte)'.', (byte)(Math.Abs(line) % 2), line % 3 == 0 ? null : texts[2], line % 5 == 0 ? null : texts[3]),
            RawCells.Of(cells),
            line % 7 == 0 ? null : texts[4],
            line < 0 ? null : line,
            [.. Enumerable.Range(0, cells.Length).Select(i =>
                new OpenLeg([texts[0], texts[5]], texts[1], DateOnly.FromDayNumber(730000 + i), texts[4])
                {
                    DatedFrom = DateOnly.FromDayNumber(729000 + i),
                })])
        {
            TakenLegs = line % 4 == 0 ? null : [.. texts.Take(line & 3).Select(text => new[] { text, texts[0] })],
            Value = line % 3 == 0 ? null : new Money(new ExactNumber(line, line & 7), Currency.Of("EUR")),
            Residual = line % 2 == 0 ? null : new CarriedResidual(
                new ResidualOf(texts[1], cells.Length + 1, 2, [texts[2], texts[3]]), [Rest("0.010 EUR"), Rest("-7 JPY")]),
        }).List[1, 6];

    static Money Rest(string text) => Money.TryParse(text, out var money) ? money : throw new FormatException(text);

    [Fact]
    public void Breaks_are_read_again_with_every_digit() => Breaks.Sample(
        breaks => Assert.Equal(breaks.Select(Shown), ReadAll(breaks).Select(Shown)), iter: 500);

    [Fact]
    public void Equal_breaks_give_equal_bytes() => Breaks.Sample(
        breaks => Assert.Equal(BreakFormat.Write(breaks), BreakFormat.Write(ReadAll(breaks))), iter: 200);

    [Fact]
    public void Many_breaks_are_read_again_from_their_segments()
    {
        var breaks = Enumerable.Range(0, BreakFormat.SegmentBreaks + 1).Select(i => Submissions.Open($"{i}")).ToList();
        Assert.Equal(2, BreakFormat.Write(breaks).Count());
        Assert.Equal(breaks.Select(Shown), ReadAll(breaks).Select(Shown));
    }

    [Fact]
    public void Open_items_are_read_again() => Items.Sample(
        items => Assert.Equal(
            items.Select(Shown), CarriedItemFormat.Write(items).SelectMany(segment => CarriedItemFormat.Read(segment)).Select(Shown)),
        iter: 500);

    [Fact]
    public void Open_items_of_the_first_form_are_read_as_taken_wherever_they_are_not_open()
    {
        // One item: ledger:L1, no cells, open on ledger ~ bank, as the first engine wrote it.
        using var texts = new TextPool();
        using var rows = new EvidenceBuffer(256);
        rows.Number(texts.NumberOf("ledger")).Text("L1").Bytes(new byte[16])
            .Number('.').Number(0).Number(0).Number(0).Number(0).Number(0).Number(0).Number(1);
        texts.WriteNames(rows, ["ledger", "bank"]);
        rows.Text("abcd000000000001").Number(730000).Number(texts.NumberOf("missing"));
        using var body = new EvidenceBuffer(256);
        body.Number(1);
        texts.Write(body);
        var item = Assert.Single(CarriedItemFormat.Read(PackedSegment.Pack("RCOI"u8, 1, body.Bytes(rows.Written))));
        Assert.Null(item.TakenLegs);
        Assert.Null(item.Value);
        Assert.Equal(item.OpenLegs[0].Born, item.OpenLegs[0].DatedFrom);
    }

    [Fact]
    public void Damage_is_a_fault_or_another_answer_and_nothing_else() => Breaks
        .Select(Items, Gen.Int[0, int.MaxValue], Gen.Byte)
        .Sample(
            (breaks, items, at, value) =>
            {
                ReadOrFault(Unpacked(BreakFormat.Write(breaks).First(), "RCBR"u8), at, value, body => BreakFormat.ReadBody(body));
                ReadOrFault(Unpacked(CarriedItemFormat.Write(items).First(), "RCOI"u8), at, value, body => CarriedItemFormat.ReadBody(
                    body, (byte)(items.Exists(item => item.Residual is not null) ? 3 : 2)));
                ReadOrFault(BreakFormat.Write(breaks).First(), at, value, segment => BreakFormat.Read(segment));
            },
            iter: 3000);

    static List<Break> ReadAll(IReadOnlyList<Break> breaks) =>
        [.. BreakFormat.Write(breaks).SelectMany(segment => BreakFormat.Read(segment))];

    static byte[] Unpacked(byte[] segment, ReadOnlySpan<byte> magic) => PackedSegment.Unpack(magic, 4, segment);

    static void ReadOrFault(byte[] bytes, int at, byte value, Action<byte[]> read)
    {
        foreach (var length in new[] { bytes.Length, at % bytes.Length })
        {
            var changed = bytes[..length];
            if (length == bytes.Length)
            {
                changed[at % length] = value;
            }

            try
            {
                read(changed);
            }
            catch (ReconException fault)
            {
                Assert.Equal(FaultKind.Storage, fault.Kind);
            }
        }
    }

    static string Shown(Break item) => string.Join('|',
    [
        item.Id, $"{item.Kind}", string.Join('~', item.Leg), item.Pass ?? "NULL", string.Join(',', item.Records), item.Class,
        $"{item.Status} {item.Tier}", item.Assign ?? "NULL", $"{item.Born:O} {item.Due:O} {item.DatedFrom:O}", item.Reason,
        string.Join(',', item.Differences.Select(found => $"{found.Fields} {found.Amount} {found.Value}")),
        string.Join(',', item.Value), item.Weighs is null ? "NULL" : string.Join(',', item.Weighs),
    ]);

    static string Shown(CarriedItem item) => string.Join('|',
    [
        $"{item.Record} {item.Content} {item.Dialect}", string.Join(',', item.Cells), item.File ?? "NULL", $"{item.Line}",
        string.Join(',', item.OpenLegs.Select(open => $"{string.Join('~', open.Leg)} {open.Break} {open.Born:O} {open.DatedFrom:O} {open.Class}")),
        item.TakenLegs is null ? "NULL" : string.Join(',', item.TakenLegs.Select(leg => string.Join('~', leg))), $"{item.Value}",
        item.Residual is { } left ? $"{left.Of.Id} {left.Of.Depth} {string.Join(',', left.Of.Fields)} {string.Join(',', left.Amounts)}" : "",
    ]);
}
