// Every whole pack in the language reference is free of findings, and its tests hold.
using System.Text.RegularExpressions;
using Xunit;

namespace Recon.Tests.Cli;

public sealed partial class LanguageReferenceTests
{
    [Fact]
    public async Task Every_whole_pack_of_the_reference_is_fine_and_its_tests_hold()
    {
        using var folder = new TemporaryFolder();
        var packs = YamlBlock().Matches(File.ReadAllText(RepositoryRoot.Of("rules", "README.md")));
        Assert.NotEmpty(packs);
        for (var i = 0; i < packs.Count; i++)
        {
            Directory.CreateDirectory(folder.Of($"pack-{i}"));
            File.WriteAllText(folder.Of($"pack-{i}", "pack.yaml"), packs[i].Groups[1].Value);
            var check = await WarmCli.RunAsync(folder.Path, "check", $"pack-{i}");
            Assert.True(check.ExitCode == 0, $"{packs[i].Value}\n{check.Everything}");
            var test = await WarmCli.RunAsync(folder.Path, "test", $"pack-{i}");
            var hasTests = packs[i].Value.Contains("\ntests:", StringComparison.Ordinal);
            Assert.True(test.ExitCode == (hasTests ? 0 : 5), $"{packs[i].Value}\n{test.Everything}");
        }
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
