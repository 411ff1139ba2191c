// Files that are delivered again under a pack that reads more of them.
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Sources;
using Recon.Tests.Sources;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class RedeliveryTests
{
    const string File = "id,amount,note\nA1,1.00,first\nA2,2.00,second\n";

    [Fact]
    public void A_settled_row_delivered_again_is_known_to_a_pack_that_reads_one_more_column()
    {
        var settled = Normalised(Pack(), [], []).SettledOf([0, 1]);
        var again = Normalised(PackWithNote(), [], [settled]);
        Assert.Equal(2, again.Counts.Known);
        Assert.Empty(again.Rejects);
    }

    [Fact]
    public void An_open_item_gives_a_later_pack_the_column_that_none_read_before()
    {
        var first = Normalised(Pack(), [], []);
        var open = new[] { first.CarriedItemOf(0, []), first.CarriedItemOf(1, []) };
        var later = Normalised(PackWithNote(), open, []);
        Assert.Equal(2, later.Counts.Carried);
        Assert.Equal(["first", "second"], Enumerable.Range(0, 2).Select(later.Records.Column("note").Display));
    }

    [Fact]
    public void A_notice_of_the_reader_is_a_notice_of_the_source() => Assert.Equal(
        ["bank: 1 file ends without a line end; its last row may have been cut"],
        Normalised(Pack(), [], [], File.TrimEnd('\n')).Notices);

    static NormalisedSource Normalised(
        CasePack pack,
        IReadOnlyList<CarriedItem> carried,
        IReadOnlyList<SettledRecords> settled,
        string file = File)
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", file);
        var source = pack.Source() with
        {
            Read = new ReadSpec(ReadFormat.Csv, "a.csv", MissingIsEmpty: false, SourceCases.Csv),
        };
        var cancellation = TestContext.Current.CancellationToken;
        var request = new ReadRequest("pack", SourceCases.Date);
        var read = new FileSourceReader(inputs.Root).Read(source, request, cancellation);
        return Normaliser.Normalise(
            new NormalisingInput(source, read, carried, settled, pack, Threads: 1), cancellation);
    }

    static CasePack Pack()
    {
        var pack = new CasePack();
        pack.Line("source id: id");
        pack.Line("field id: text");
        pack.Line("field amount: money; currency: EUR");
        return pack;
    }

    static CasePack PackWithNote()
    {
        var pack = Pack();
        pack.Line("field note: optional text");
        return pack;
    }
}
