// The results of tests beside the rules, for people and for build servers.
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class TestOutputTests
{
    [Fact]
    public async Task A_failed_test_is_in_every_format_with_its_place()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "p");
        var pack = folder.Of("p", "pack.yaml");
        File.WriteAllText(pack, File.ReadAllText(pack).Replace("booked ~ captured: 36h", "booked ~ captured: 1h", StringComparison.Ordinal));
        string[] outputs = ["junit=t.xml", "json=t.json", "md=t.md", "github=t.github", "pretty=t.txt"];
        var test = await WarmCli.RunAsync(folder.Path, ["test", "p", .. outputs.SelectMany(output => (string[])["--out", output])]);
        Assert.True(test.ExitCode == 1, test.Everything);
        Assert.Equal("", test.Out);

        // How many tests the pack has is its own affair: every format tells the same of them.
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Of("t.json")));
        var verdicts = json.RootElement.GetProperty("tests").EnumerateArray().Select(each => each.GetProperty("verdict").GetString()).ToList();
        var failures = verdicts.Count(verdict => verdict == "failed");
        Assert.InRange(failures, 1, verdicts.Count - 1);
        var xml = XDocument.Load(folder.Of("t.xml")).Root!;
        Assert.Equal(($"{verdicts.Count}", $"{failures}"), (xml.Attribute("tests")!.Value, xml.Attribute("failures")!.Value));
        var failed = xml.Descendants("failure").First(each => each.Value.Contains("expected match", StringComparison.Ordinal)).Value;
        Assert.Matches("^p/pack.test.yaml:[0-9]+:[0-9]+: expected match", failed);
        Assert.Contains($"{verdicts.Count - failures} passed, {failures} failed, 0 todo", File.ReadAllText(folder.Of("t.md")), StringComparison.Ordinal);
        Assert.Contains($"::error file=p/pack.test.yaml,line={failed.Split(':')[1]}", File.ReadAllText(folder.Of("t.github")), StringComparison.Ordinal);
        var plain = await WarmCli.RunAsync(folder.Path, "test", "p");
        Assert.Equal(plain.Out, File.ReadAllText(folder.Of("t.txt")));
    }
}
