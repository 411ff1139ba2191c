// recon rules as its users see it.
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class RulesTests
{
    [Fact]
    public async Task Rules_stand_in_their_order_with_their_lines_and_what_they_did()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        var before = await WarmCli.RunAsync(folder.Path, "rules", "examples/card-payments");
        Assert.Contains("nothing was run yet", before.Out, StringComparison.Ordinal);

        await WarmCli.RunAsync(folder.Path, "run", "examples/card-payments", "--out", "json=run.json");
        using var run = JsonDocument.Parse(File.ReadAllText(folder.Of("run.json")));
        using var listed = JsonDocument.Parse((await WarmCli.RunAsync(folder.Path, "rules", "examples/card-payments", "--out", "json=-")).Out);
        var rules = listed.RootElement.GetProperty("rules").EnumerateArray().ToList();
        var passes = rules.Where(rule => rule.GetProperty("kind").GetString() == "pass").ToList();
        Assert.Equal(7, passes.Count);
        Assert.Equal("capture-exact", passes[0].GetProperty("id").GetString());
        Assert.Equal(run.RootElement.GetProperty("matches").GetArrayLength(), passes.Sum(pass => pass.GetProperty("hits").GetInt32()));
        var lines = File.ReadAllLines(folder.Of("rules", "card-payments", "pack.yaml"));
        Assert.All(rules, rule => Assert.Contains(
            rule.GetProperty("id").GetString()!, lines[rule.GetProperty("line").GetInt32() - 1], StringComparison.Ordinal));
    }
}
