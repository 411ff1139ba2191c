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

        var xml = XDocument.Load(folder.Of("t.xml")).Root!;
        Assert.Equal(("30", "1"), (xml.Attribute("tests")!.Value, xml.Attribute("failures")!.Value));
        var failed = xml.Descendants("testcase").Single(each => each.Element("failure") is not null);
        Assert.StartsWith("p/pack.test.yaml:75:11: expected match", failed.Element("failure")!.Value, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Of("t.json")));
        Assert.Equal(29, json.RootElement.GetProperty("tests").EnumerateArray().Count(each => each.GetProperty("verdict").GetString() == "passed"));
        Assert.Contains("29 passed, 1 failed, 0 todo", File.ReadAllText(folder.Of("t.md")), StringComparison.Ordinal);
        Assert.Contains("::error file=p/pack.test.yaml,line=75", File.ReadAllText(folder.Of("t.github")), StringComparison.Ordinal);
        var plain = await WarmCli.RunAsync(folder.Path, "test", "p");
        Assert.Equal(plain.Out, File.ReadAllText(folder.Of("t.txt")));
    }
}
