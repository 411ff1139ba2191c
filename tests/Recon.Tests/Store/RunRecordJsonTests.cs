// Records of runs as JSON: lossless, canonical, and firm against whatever is no record.
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public sealed class RunRecordJsonTests
{
    [Fact]
    public void What_is_written_is_read_again_to_the_byte() => RandomRuns.Record.Sample(
        record =>
        {
            var bytes = RunRecordJson.Write(record);
            var read = RunRecordJson.Read(bytes, record.Matches, record.Breaks);
            return bytes.AsSpan().SequenceEqual(RunRecordJson.Write(read)) && Same(record, read);
        },
        iter: 200);

    [Fact]
    public void Every_property_of_a_record_but_its_matches_and_breaks_is_written() => Assert.Equal(
        typeof(RunRecord).GetProperties().Select(property => property.Name)
            .Where(name => name is not (nameof(RunRecord.Matches) or nameof(RunRecord.Breaks)))
            .Append(nameof(RunDocument.Format)).Order(StringComparer.Ordinal),
        typeof(RunDocument).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_changed_byte_gives_a_record_or_a_fault_and_nothing_else() => RandomRuns.Record
        .Select(Gen.Int[0, int.MaxValue], Gen.Byte)
        .Sample(
            (record, at, value) =>
            {
                var bytes = RunRecordJson.Write(record);
                bytes[at % bytes.Length] = value;
                try
                {
                    RunRecordJson.Read(bytes, record.Matches, record.Breaks);
                }
                catch (ReconException fault)
                {
                    Assert.Equal(FaultKind.Storage, fault.Kind);
                }
            },
            iter: 2000);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_is_no_record_is_a_fault(string json)
    {
        var fault = Assert.Throws<ReconException>(() => RunRecordJson.Read(Encoding.UTF8.GetBytes(json), new MatchEvidence([]), []));
        Assert.Equal(FaultKind.Storage, fault.Kind);
    }

    static bool Same(RunRecord record, RunRecord read) => record.Head == read.Head
        && record.Passes.Select(pass => pass.Id).SequenceEqual(read.Passes.Select(pass => pass.Id))
        && record.Rejects.SequenceEqual(read.Rejects)
        && record.Exposure.SequenceEqual(read.Exposure)
        && record.RollForward.SequenceEqual(read.RollForward)
        && record.Controls.SequenceEqual(read.Controls)
        && record.Closed.SequenceEqual(read.Closed)
        && record.Notices.SequenceEqual(read.Notices)
        && record.Posts.Select(post => (post.Key, post.Effect, post.Amount, post.Reason, post.FirstRun))
            .SequenceEqual(read.Posts.Select(post => (post.Key, post.Effect, post.Amount, post.Reason, post.FirstRun)));
}
