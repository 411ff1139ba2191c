// A recorded run decided once more: as it was, or as other rules would have had it.
using System.Text.RegularExpressions;
using Xunit;

namespace Recon.Tests.Cli;

public sealed partial class ReplayTests
{
    [Fact]
    public async Task Under_the_same_rules_every_date_of_a_week_is_decided_as_it_was_whatever_people_did_since()
    {
        using var folder = await Week();
        var runs = (await WarmCli.RunAsync(folder.Path, "runs", "list", "-w", "week")).Out;
        string[] ids = [.. RunId().Matches(runs).Select(match => match.Value).Distinct()];
        Assert.Equal(2, ids.Length);
        foreach (var id in ids)
        {
            var replay = await WarmCli.RunAsync(folder.Path, "replay", id, "-w", "week");
            Assert.True(replay.ExitCode == 0, replay.Everything);
            Assert.Contains("under the same rules", replay.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Other_rules_show_what_they_would_have_done()
    {
        using var folder = await Run();
        folder.Copy(folder.Of("rules/card-payments"), "other");
        Change(folder.Of("other/pack.yaml"), "default: 0.02 EUR", "default: 0.01 EUR");
        var replay = await WarmCli.RunAsync(folder.Path, "replay", "71923ea9", "--pack", "other", "-w", "examples/card-payments");
        Assert.True(replay.ExitCode == 2, replay.Everything);
        Assert.Contains("2 records of 158 would end otherwise", replay.Out, StringComparison.Ordinal);
        Assert.Contains("under the rules of other", replay.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_that_were_changed_or_are_gone_are_named()
    {
        using var folder = await Run();
        Change(folder.Of("examples/card-payments/in/ledger/2026-02-27.csv"), "79.00", "79.01");
        var replay = await WarmCli.RunAsync(folder.Path, "replay", "71923ea9", "-w", "examples/card-payments");
        Assert.True(replay.ExitCode == 7, replay.Everything);
        Assert.Contains("ledger/2026-02-27.csv was changed", replay.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("psp/", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_not_found()
    {
        using var folder = await Run();
        var replay = await WarmCli.RunAsync(folder.Path, "replay", "00000000", "-w", "examples/card-payments");
        Assert.True(replay.ExitCode == 66, replay.Everything);
    }

    static async Task<TemporaryFolder> Run()
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        var run = await WarmCli.RunAsync(folder.Path, "run", "examples/card-payments");
        Assert.True(run.ExitCode == 0, run.Everything);
        return folder;
    }

    // Monday and Tuesday; behind them a break of Monday is explained by a person.
    static async Task<TemporaryFolder> Week()
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("examples", "five-days"), "week");
        foreach (var (date, arrives) in new[] { ("2026-03-02", (string?)null), ("2026-03-03", "tuesday") })
        {
            if (arrives is not null)
            {
                folder.Copy(RepositoryRoot.Of("examples", "five-days", "arrives", arrives), "week/in");
            }

            var run = await WarmCli.RunAsync(folder.Path, "run", "week", "--date", date);
            Assert.True(run.ExitCode == 0, run.Everything);
        }

        var list = await WarmCli.RunAsync(folder.Path, "breaks", "list", "-w", "week");
        var open = BreakId().Match(list.Out).Value;
        var resolve = await WarmCli.RunAsync(folder.Path, "breaks", "resolve", open, "--reason", "told by phone", "-w", "week");
        Assert.True(resolve.ExitCode == 0, list.Everything + resolve.Everything);
        return folder;
    }

    static void Change(string file, string before, string after) =>
        File.WriteAllText(file, File.ReadAllText(file).Replace(before, after, StringComparison.Ordinal));

    [GeneratedRegex("\\b[0-9a-f]{16}\\b")]
    private static partial Regex RunId();

    [GeneratedRegex("\\b[0-9a-f]{8}\\b")]
    private static partial Regex BreakId();
}
