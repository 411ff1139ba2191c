// The end of the audit chain, kept elsewhere, finds what was cut off together with all that it sealed.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class AuditHeadTests
{
    [Fact]
    public async Task A_store_that_was_cut_back_is_found_by_a_kept_head()
    {
        using var folder = new TemporaryFolder();
        SmallWorkspace.Write(folder);
        await Run(folder, "2026-03-02");
        var first = await Head(folder);
        var store = Directory.GetFiles(folder.Path, "*.db", SearchOption.AllDirectories).Single();
        File.Copy(store, folder.Of("kept"));
        await Run(folder, "2026-03-03");
        var second = await Head(folder);
        Assert.Equal(0, (await Verify(folder, first)).ExitCode);
        Assert.Equal(0, (await Verify(folder, second)).ExitCode);

        // An earlier state of the store is in order by itself.
        File.Copy(folder.Of("kept"), store, overwrite: true);
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "audit", "verify")).ExitCode);
        var cut = await Verify(folder, second);
        Assert.True(cut.ExitCode == 9, cut.Everything);
        Assert.Contains($"the audit chain is cut off after entry {first.Split(':')[0]}", cut.Out, StringComparison.Ordinal);
        var other = await Verify(folder, $"1:{new string('0', 64)}");
        Assert.True(other.ExitCode == 9, other.Everything);
        Assert.Contains("audit entry 1 is not the one that was kept", other.Out, StringComparison.Ordinal);
        Assert.Equal(64, (await Verify(folder, "12")).ExitCode);
    }

    static async Task Run(TemporaryFolder folder, string date)
    {
        var run = await WarmCli.RunAsync(folder.Path, "run", ".", "--date", date);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    static async Task<string> Head(TemporaryFolder folder)
    {
        var head = await WarmCli.RunAsync(folder.Path, "audit", "head");
        Assert.True(head.ExitCode == 0, head.Everything);
        return head.Out.Trim();
    }

    static async Task<CliResult> Verify(TemporaryFolder folder, string head) => await WarmCli.RunAsync(folder.Path, "audit", "verify", "--head", head);
}
