// What the README shows is run: its result, its pack and its commands.
using System.Text.RegularExpressions;
using Xunit;

namespace Recon.Tests.Cli;

public sealed partial class ReadmeTests
{
    // As many lines of the report as fit the first screens.
    const int LinesShown = 52;

    static readonly string Readme = RepositoryRoot.Of("README.md");

    [Fact]
    public void The_first_screen_shows_the_beginning_of_a_real_report()
    {
        var text = File.ReadAllText(Readme);
        var report = File.ReadLines(RepositoryRoot.Of("examples", "card-payments", "report.txt")).Take(LinesShown);
        var block = $"report.txt -->\n```text\n{string.Join('\n', report).TrimEnd()}\n…\n```\n";
        ExpectedText.Matches(Readme, ResultBlock().Replace(text, _ => block, count: 1));
    }

    [Fact]
    public async Task The_pack_of_the_readme_is_fine()
    {
        using var folder = new TemporaryFolder();
        var pack = YamlBlock().Match(File.ReadAllText(Readme)).Groups[1].Value;
        File.WriteAllText(folder.Of("pack.yaml"), pack);
        var check = await CliProcess.RunAsync(folder.Path, "check", ".", "--fail-on", "warning");
        Assert.True(check.ExitCode == 0, check.Everything);
    }

    [Fact]
    public async Task The_commands_of_the_readme_work()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples"), "examples");
        foreach (Match command in Command().Matches(File.ReadAllText(Readme)))
        {
            var run = await CliProcess.RunAsync(folder.Path, [.. command.Groups[1].Value.Split(' ').Select(word => word.Trim('\''))]);
            Assert.True(run.ExitCode == 0, $"{command.Value}\n{run.Everything}");
        }
    }

    [GeneratedRegex("report\\.txt -->\n```text\n.*?```\n", RegexOptions.Singleline)]
    private static partial Regex ResultBlock();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("`recon ([a-z]+ [^`]+)`")]
    private static partial Regex Command();
}
