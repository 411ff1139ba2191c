// recon bench, small: the engine, DuckDB and plain C# find the same, and it would be noticed if they did not.
using System.Text.Json;
using Recon.Cli.Benching;
using Xunit;

namespace Recon.Tests.Cli.Benching;

public sealed class BenchTests
{
    [Fact]
    public async Task The_engine_and_its_peers_agree_on_a_small_workload()
    {
        using var folder = new TemporaryFolder();
        var bench = await CliProcess.RunAsync(
            folder.Path, "bench", "--rows", "2000", "--runs", "1", "--no-build", "--out", "json=bench.json", "--out", "md=bench.md");
        Assert.True(bench.ExitCode == 0, bench.Everything);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Of("bench.json")));
        Assert.True(json.RootElement.GetProperty("agree").GetBoolean(), bench.Everything);
        foreach (var who in new[] { "engine", "duckdb", "plain" })
        {
            Assert.True(json.RootElement.GetProperty(who).GetProperty("peak_bytes").GetInt64() > 0);
        }

        // 90 % and the repeated ones, 3 %, 2 %, and 6 in 2, 3 and 4 parts each.
        var passes = json.RootElement.GetProperty("found").GetProperty("passes").EnumerateArray()
            .Select(pass => (pass.GetProperty("matches").GetInt64(), pass.GetProperty("bank").GetInt64()));
        Assert.Equal([(1818, 1818), (60, 60), (40, 40), (18, 54)], passes);
    }

    [Fact]
    public async Task Without_peers_nobody_agrees_and_the_files_are_kept_where_asked_for()
    {
        using var folder = new TemporaryFolder();
        var bench = await CliProcess.RunAsync(
            folder.Path, "bench", "--rows", "500", "--runs", "1", "--peers", "none", "--keep", "kept", "--out", "json=bench.json");
        Assert.True(bench.ExitCode == 0, bench.Everything);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Of("bench.json")));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("agree").ValueKind);
        Assert.False(json.RootElement.TryGetProperty("duckdb", out _));
        Assert.Equal(501, File.ReadLines(folder.Of(Path.Combine("kept", "ledger.csv"))).Count());
    }

    [Theory]
    [InlineData("matches.csv", "1,L1,B1", "1,L1,B2")]
    [InlineData("open_ledger.csv", "L9,x", "L8,x")]
    [InlineData("totals.csv", "ledger,EUR,3.00,2.00,1.00", "ledger,EUR,3.00,2.01,0.99")]
    public void Another_answer_is_noticed(string file, string line, string other)
    {
        using var folder = new TemporaryFolder();
        var (one, two) = (Answer(folder.Of("one")), Answer(folder.Of("two")));
        Assert.Empty(Findings.Read(one, withIds: true).DifferencesFrom(Findings.Read(two, withIds: true)));
        var path = Path.Combine(two, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(line, other, StringComparison.Ordinal));
        Assert.Single(Findings.Read(one, withIds: true).DifferencesFrom(Findings.Read(two, withIds: true)));
    }

    static string Answer(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "matches.csv"), "pass,ledger,bank\n1,L1,B1\n2,L2,B3\n");
        RoundFiles.WritePasses(directory, [new RoundPass(1, 1, 1), new RoundPass(1, 1, 1)]);
        RoundFiles.WriteTotals(directory, [new RoundTotal("ledger", "EUR", "3.00", "2.00", "1.00")]);
        foreach (var source in Findings.Sources)
        {
            using var file = new StreamWriter(RoundFiles.OpenPath(directory, source));
            file.WriteLine("id,text");
            file.WriteLine(source == "ledger" ? "L9,x" : "B9,x");
        }

        return directory;
    }
}
