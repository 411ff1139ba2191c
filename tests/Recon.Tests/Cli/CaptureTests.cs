// A break becomes a test that says the same, and nothing of whom it is about.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class CaptureTests
{
    const string Example = "examples/card-payments";

    // One of each kind: open, with a difference, a group, ambiguous both ways, past its deadline, within it.
    static readonly string[] Breaks = ["117e581a", "88336763", "1559c022", "905fdd84", "cc17ded4", "4d4d2eee"];

    [Fact]
    public async Task Captured_breaks_come_out_as_they_are_and_name_nobody()
    {
        using var folder = await Run();
        var before = File.ReadAllText(folder.Of("rules/card-payments/pack.test.yaml"));
        foreach (var id in Breaks)
        {
            var capture = await WarmCli.RunAsync(folder.Path, "capture", id, "-w", Example, "--expect", "today");
            Assert.True(capture.ExitCode == 0, capture.Everything);
            Assert.DoesNotContain("another thing comes out", capture.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "fmt", "--check", "rules/card-payments")).ExitCode);
        var test = await WarmCli.RunAsync(folder.Path, "test", "rules/card-payments", "--filter", "of break");
        Assert.True(test.ExitCode == 0, test.Everything);
        Assert.Contains($"{Breaks.Length} passed, 0 failed", test.Out, StringComparison.Ordinal);
        var added = File.ReadAllText(folder.Of("rules/card-payments/pack.test.yaml"))[before.Length..];
        Assert.All(["ch_059", "ch_036", "L-2050", "ORD-", "BR-0005"], hidden => Assert.DoesNotContain(hidden, added, StringComparison.Ordinal));
    }

    /// <summary>An automatic id is a hash of what the mask hides.</summary>
    [Fact]
    public async Task Records_without_an_id_of_their_own_are_captured_too()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "positions-and-balances"), "rules/positions-and-balances");
        folder.Copy(RepositoryRoot.Of("examples", "positions-and-balances"), "examples/positions-and-balances");
        await WarmCli.RunAsync(folder.Path, "run", "examples/positions-and-balances");
        var capture = await WarmCli.RunAsync(folder.Path, "capture", "60a532f2", "-w", "examples/positions-and-balances", "--expect", "today");
        Assert.True(capture.ExitCode == 0, capture.Everything);
        Assert.DoesNotContain("another thing comes out", capture.Error, StringComparison.Ordinal);
        var test = await WarmCli.RunAsync(folder.Path, "test", "examples/positions-and-balances", "--filter", "60a532f2");
        Assert.True(test.ExitCode == 0, test.Everything);
    }

    [Fact]
    public async Task A_test_fails_until_somebody_says_what_should_be()
    {
        using var folder = await Run();
        await WarmCli.RunAsync(folder.Path, "capture", "21ce486b", "-w", Example);
        var test = await WarmCli.RunAsync(folder.Path, "test", "rules/card-payments", "--filter", "21ce486b");
        Assert.True(test.ExitCode == 1, test.Everything);
        Assert.Contains("nothing else was expected, but there is break { class: missing-in-ledger", test.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_stay_as_they_are_where_that_is_asked_for_and_stdout_writes_no_file()
    {
        using var folder = await Run();
        var before = File.ReadAllText(folder.Of("rules/card-payments/pack.test.yaml"));
        var capture = await WarmCli.RunAsync(folder.Path, "capture", "21ce486b", "-w", Example, "--no-mask", "--into", "-");
        Assert.True(capture.ExitCode == 0, capture.Everything);
        Assert.Contains("psp_id: \"ch_006\"", capture.Out, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.Of("rules/card-payments/pack.test.yaml")));
    }

    [Fact]
    public async Task What_is_no_break_or_none_any_more_is_not_captured()
    {
        using var folder = await Run();
        Assert.Equal(66, (await WarmCli.RunAsync(folder.Path, "capture", "00000000", "-w", Example)).ExitCode);
        var ledger = folder.Of($"{Example}/in/ledger/2026-02-27.csv");
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace("L-2061", "L-9061", StringComparison.Ordinal));
        var gone = await WarmCli.RunAsync(folder.Path, "capture", "45b5b4eb", "-w", Example);
        Assert.True(gone.ExitCode == 66, gone.Everything);
        Assert.Contains("is not about records that can be put in a test", gone.Error, StringComparison.Ordinal);
    }

    static async Task<TemporaryFolder> Run()
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), Example);
        var run = await WarmCli.RunAsync(folder.Path, "run", Example);
        Assert.True(run.ExitCode == 0, run.Everything);
        return folder;
    }
}
