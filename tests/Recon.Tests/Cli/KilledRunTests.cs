// A process that is killed at any moment leaves a store in which the next run gives the same bytes.
using System.Diagnostics;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class KilledRunTests
{
    // Moments spread over the whole run; a campaign would take more of them, the law is the same.
    const int Kills = 8;

    [Fact]
    public async Task A_run_that_was_killed_is_run_again_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), "whole");
        var start = Stopwatch.GetTimestamp();
        var whole = await CliProcess.RunAsync(folder.Of("whole"), "run", ".", "--out", "json=result.json");
        var took = Stopwatch.GetElapsedTime(start);
        Assert.True(whole.ExitCode == 0, whole.Everything);
        var expected = File.ReadAllText(folder.Of("whole", "result.json"));

        for (var kill = 1; kill <= Kills; kill++)
        {
            var name = $"killed-{kill}";
            folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), name);
            var isInFiles = kill % 2 == 0;
            File.AppendAllText(folder.Of(name, "recon.yaml"), isInFiles ? "evidence: { folder: kept, from: 1 }\n" : "");
            await KillAfter(folder.Of(name), took * kill / Kills);
            var again = await CliProcess.RunAsync(folder.Of(name), "run", ".", "--out", "json=result.json");
            Assert.True(again.ExitCode == 0, $"after kill {kill} of {Kills}: {again.Everything}");
            Assert.Equal(expected, File.ReadAllText(folder.Of(name, "result.json")));
            var verified = await CliProcess.RunAsync(folder.Of(name), "audit", "verify");
            Assert.True(verified.ExitCode == 0, verified.Everything);
            var kept = Directory.CreateDirectory(folder.Of(name, "kept"));
            Assert.Equal(isInFiles ? 1 : 0, kept.GetFiles("*", SearchOption.AllDirectories).Length);
        }
    }

    [Fact]
    public async Task Two_processes_on_one_pack_and_date_give_one_run()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), ".");
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => CliProcess.RunAsync(folder.Path, "run", ".", "--out", $"json=r{i}.json")));
        Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 75, run.Everything));
        Assert.Contains(runs, run => run.ExitCode == 0);
        var list = await CliProcess.RunAsync(folder.Path, "runs", "list");
        Assert.Single(list.Out.Split('\n'), line => line.Contains("base.two-sided", StringComparison.Ordinal));
    }

    static async Task KillAfter(string directory, TimeSpan delay)
    {
        using var process = CliProcess.Start(directory, "run", ".");
        await Task.Delay(delay);
        process.Kill();
        await process.WaitForExitAsync();
    }
}
