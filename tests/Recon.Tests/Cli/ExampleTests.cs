// Every example runs as its README says and gives the report that stands beside it.
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class ExampleTests
{
    public static TheoryData<string> Examples =>
        new(Directory.EnumerateDirectories(RepositoryRoot.Of("examples")).Where(folder => File.Exists(Path.Combine(folder, "recon.yaml")))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_gives_its_report_and_the_second_run_returns_the_record(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples", name), Path.Combine("examples", name));
        var target = $"examples/{name}";
        var first = await WarmCli.RunAsync(folder.Path, "run", target, "--out", "pretty=-", "--out", "json=first.json");
        Assert.True(first.ExitCode == 0, first.Everything);
        ExpectedText.Matches(RepositoryRoot.Of("examples", name, "report.txt"), first.Out);

        var second = await WarmCli.RunAsync(folder.Path, "run", target, "--out", "pretty=-", "--out", "json=second.json");
        Assert.True(second.ExitCode == 0, second.Everything);
        Assert.Equal(first.Out, second.Out);
        Assert.Contains("nothing was posted again", second.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder.Of("first.json")), File.ReadAllText(folder.Of("second.json")));

        var verified = await WarmCli.RunAsync(folder.Path, "audit", "verify", "-w", target);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_json_of_an_example_keeps_its_contract_and_conserves_counts(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples", name), Path.Combine("examples", name));
        var run = await WarmCli.RunAsync(folder.Path, "run", $"examples/{name}", "--out", "json=-");
        using var document = JsonDocument.Parse(run.Out);
        var root = document.RootElement;
        Assert.Equal("1.0", root.GetProperty("format_version").GetString());
        foreach (var source in root.GetProperty("sources").EnumerateArray())
        {
            int Count(string member) => source.GetProperty(member).GetInt32();
            Assert.Equal(Count("read"), Count("rejected") + Count("excluded") + Count("known") + Count("new"));
            Assert.Equal(Count("new") + Count("carried"), Count("matched") + Count("open"));
            foreach (var leg in source.GetProperty("legs").EnumerateArray())
            {
                Assert.Equal(
                    Count("new") + Count("carried"), leg.GetProperty("matched").GetInt32() + leg.GetProperty("open").GetInt32());
            }
        }
    }
}
