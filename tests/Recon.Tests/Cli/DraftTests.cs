// Drafts of reports that a killed process left behind.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class DraftTests
{
    [Fact]
    public async Task A_draft_of_a_process_that_is_gone_is_removed_and_that_of_a_living_one_is_kept()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), ".");
        var dead = folder.Of("card.json.999999999.tmp");
        var living = folder.Of($"card.json.{Environment.ProcessId}.tmp");
        File.WriteAllText(dead, "{");
        File.WriteAllText(living, "{");
        var result = await WarmCli.RunAsync(folder.Path, "run", ".", "--out", "json=card.json");
        Assert.True(result.ExitCode == 0, result.Everything);
        Assert.True(File.Exists(folder.Of("card.json")));
        Assert.False(File.Exists(dead));
        Assert.True(File.Exists(living));
    }
}
