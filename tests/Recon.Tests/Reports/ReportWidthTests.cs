// Reports on terminals of several widths: every line fits, and no word, id or amount is broken.
using Recon.Reports;
using Recon.Reports.Columns;
using Recon.Reports.Sections;
using Recon.Runs.Results;
using Recon.Store.Sqlite;
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Reports;

public sealed class ReportWidthTests
{
    const string Example = "card-payments";
    const int Narrow = 80;

    [Fact]
    public async Task The_example_has_a_report_for_80_columns()
    {
        var report = Shown(await RunAsync(), Narrow);
        ExpectedText.Matches(RepositoryRoot.Of("examples", Example, "report-80.txt"), report);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Every_line_fits_with_small_and_with_large_counts(int width)
    {
        var record = await RunAsync();
        foreach (var shown in (RunRecord[])[record, Grown(record)])
        {
            var report = Shown(shown, width);
            Assert.All(report.Split('\n'), line => Assert.True(Wrapping.WidthOf(line) <= width, line));
            var words = report.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
            Assert.All(WordsOf(shown), word => Assert.Contains(word, words));
        }

        Assert.Contains("300,081", Shown(Grown(record), width), StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_in_no_way_is_shown_whole()
    {
        var id = new string('x', 100);
        var section = new Section("Ids", [new("id"), new("name", IsWhole: true), new("sum", IsNumber: true)], [[id, "a b", "1.00 EUR, 2.00 USD"]], "None.");
        Assert.Contains(id, string.Join('\n', TextTable.Lines(section, 40)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_and_its_currency_stay_on_one_line() =>
        Assert.Equal(["they differ by", "10.00 EUR, all", "told"], Wrapping.Lines("they differ by 10.00 EUR, all told", 15));

    // What a person looks for: names, ids of records and amounts stand in the report as they are.
    static IEnumerable<string> WordsOf(RunRecord record) => record.Passes.Select(pass => pass.Id)
        .Concat(record.Sources.Select(source => source.Name))
        .Concat(record.Posts.SelectMany(post => post.Records.Select(member => member.ToString())))
        .Concat(record.Exposure.Select(line => line.Net.ToString()));

    static RunRecord Grown(RunRecord record) => record with
    {
        Sources = [.. record.Sources.Select(source => source with
        {
            Read = source.Read + 300_000, Rejected = source.Rejected + 300_000, Excluded = source.Excluded + 300_000, Known = source.Known + 300_000,
            New = source.New + 300_000, Carried = source.Carried + 300_000, Matched = source.Matched + 300_000, Open = source.Open + 300_000,
        })],
        Passes = [.. record.Passes.Select(pass => pass with
        {
            Matches = pass.Matches + 300_000, Ambiguous = pass.Ambiguous + 300_000, Records = [.. pass.Records.Select(count => count + 300_000)],
        })],
    };

    static string Shown(RunRecord record, int width)
    {
        using var stream = new MemoryStream();
        PrettyReport.Write(record, stream, ReportOptions.Default with { Width = width, Workspace = $" -w examples/{Example}" });
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    static async Task<RunRecord> RunAsync()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples", Example), Path.Combine("examples", Example));
        var run = await WarmCli.RunAsync(folder.Path, "run", $"examples/{Example}");
        Assert.True(run.ExitCode == 0, run.Everything);
        using var store = SqliteRunStore.OpenToRead(folder.Of("examples", Example, ".recon", "recon.db"));
        return store.FindRun(store.Runs(null, 1)[0].Id)!.Record;
    }
}
