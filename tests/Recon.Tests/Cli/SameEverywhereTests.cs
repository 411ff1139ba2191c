// One pack and the same records give the same answer on every machine, whatever its language, its zone and the order of its files' lines.
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class SameEverywhereTests
{
    [Theory]
    [InlineData("card-payments")]
    [InlineData("crypto-custody")]
    public async Task Language_and_zone_of_the_machine_make_no_difference(string example)
    {
        var here = await ResultAsync(example, "C", "UTC");
        Assert.Equal(here, await ResultAsync(example, "tr_TR.UTF-8", "Asia/Kathmandu"));
        Assert.Equal(here, await ResultAsync(example, "ar_SA.UTF-8", "Pacific/Apia"));
    }

    [Fact]
    public async Task The_order_of_lines_makes_no_difference()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        var example = folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        // The last line may be a trailer.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(example, "in"), "*.csv", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file);
            File.WriteAllLines(file, [lines[0], .. lines[1..^1].Reverse(), lines[^1]]);
        }

        using var reversed = JsonDocument.Parse((await WarmCli.RunAsync(folder.Path, "run", "examples/card-payments", "--out", "json=-")).Out);
        using var asDelivered = JsonDocument.Parse(await ResultAsync("card-payments", "C", "UTC"));
        foreach (var part in (string[])["matches", "open", "posts", "exposure"])
        {
            Assert.Equal(asDelivered.RootElement.GetProperty(part).GetRawText(), reversed.RootElement.GetProperty(part).GetRawText());
        }
    }

    // A process of its own, for these are read where it starts.
    static async Task<string> ResultAsync(string example, string language, string zone)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples", example), $"examples/{example}");
        var environment = new Dictionary<string, string> { ["LC_ALL"] = language, ["LANG"] = language, ["TZ"] = zone };
        var run = await CliProcess.RunAsync(folder.Path, environment, "run", $"examples/{example}", "--out", "json=-", "--out", "pretty=pretty.txt");
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Out;
    }

}
