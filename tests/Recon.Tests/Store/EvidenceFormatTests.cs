// Evidence as bytes: lossless, compact, and firm against every kind of damage.
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public sealed class EvidenceFormatTests
{
    [Fact]
    public void What_is_written_is_read_again() => RandomRuns.Leg.Sample(leg =>
        LegText.Of(EvidenceFormat.Read(EvidenceFormat.Write(leg))) == LegText.Of(leg));

    [Fact]
    public void Equal_legs_give_equal_bytes() => RandomRuns.Leg.Sample(leg =>
        EvidenceFormat.Write(leg).SelectMany(segment => segment)
            .SequenceEqual(EvidenceFormat.Write(EvidenceFormat.Read(EvidenceFormat.Write(leg))).SelectMany(segment => segment)));

    [Fact]
    public void A_large_leg_is_read_again_from_its_segments()
    {
        var leg = OneToOne((2 * EvidenceFormat.SegmentMatches) + 1);
        var segments = EvidenceFormat.Write(leg).ToList();
        Assert.Equal(3, segments.Count);
        Assert.Equal(LegText.Of(leg), LegText.Of(EvidenceFormat.Read(segments)));
    }

    [Fact]
    public void A_match_of_one_to_one_costs_a_few_bytes()
    {
        var leg = OneToOne(EvidenceFormat.SegmentMatches);
        var bytes = EvidenceFormat.Write(leg).Sum(segment => segment.Length);
        Assert.True(bytes < 8 * leg.Count, $"{bytes} bytes");
    }

    [Fact]
    public void Damage_is_a_fault_or_another_leg_and_nothing_else() => RandomRuns.Leg
        .Select(Gen.Int[0, int.MaxValue], Gen.Byte)
        .Sample((leg, at, value) =>
        {
            var segment = EvidenceFormat.Write(leg).First();
            segment[at % segment.Length] = value;
            ReadOrFault([segment]);
            ReadOrFault([segment[..(at % segment.Length)]]);
        });

    [Fact]
    public void Damage_inside_the_body_is_a_fault_or_another_leg_and_nothing_else() => RandomRuns.Leg
        .Select(Gen.Int[0, int.MaxValue], Gen.Byte)
        .Sample((leg, at, value) =>
        {
            var body = EvidenceFormat.Decompress(EvidenceFormat.Write(leg).First());
            body[at % body.Length] = value;
            ReadOrFault(() => LegReader.Continue(null, body).Build());
            ReadOrFault(() => LegReader.Continue(null, body.AsSpan(0, at % body.Length)).Build());
        });

    [Fact]
    public void Segments_of_two_legs_are_a_fault()
    {
        var one = OneToOne(3);
        var other = one with { PassNames = ["another"] };
        var fault = Assert.Throws<ReconException>(() => EvidenceFormat.Read(
            EvidenceFormat.Write(one).Concat(EvidenceFormat.Write(other))));
        Assert.Equal(FaultKind.Storage, fault.Kind);
    }

    static LegEvidence OneToOne(int count) => new(
        ["ledger", "bank"],
        ["exact"],
        [.. new int[count]],
        [
            new MemberIds([.. Enumerable.Range(1, count)], TextColumn.Of(Enumerable.Range(0, count).Select(i => $"L-2026-{i:D9}"))),
            new MemberIds([.. Enumerable.Range(1, count)], TextColumn.Of(Enumerable.Range(0, count).Select(i => $"B{i:D10}"))),
        ],
        [],
        []);

    static void ReadOrFault(IReadOnlyList<byte[]> segments) => ReadOrFault(() => EvidenceFormat.Read(segments));

    static void ReadOrFault(Func<LegEvidence> read)
    {
        try
        {
            read();
        }
        catch (ReconException fault)
        {
            Assert.Equal(FaultKind.Storage, fault.Kind);
        }
    }
}
