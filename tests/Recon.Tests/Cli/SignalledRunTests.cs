// A person or a scheduler ends a run by a signal: exit 130, a last line that says so, and a store as if nothing had been done.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class SignalledRunTests
{
    const string LastLine = "recon: cancelled; a run that was not finished recorded nothing";

    // Moments spread over a run, its start-up included.
    const int Moments = 5;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_run_that_waits_ends_at_once_and_the_next_run_gives_the_same_bytes(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of POSIX");
        using var folder = new TemporaryFolder();
        var expected = await WholeRun(folder);
        File.Move(folder.Of("run", "in", "bank.csv"), folder.Of("bank.csv"));
        using var process = Start(folder.Of("run"), "run", ".", "--wait");
        var first = await process.StandardError.ReadLineAsync(Limit());
        Assert.Contains("looking again", first, StringComparison.Ordinal);
        await Send(signal, process);
        var rest = await process.StandardError.ReadToEndAsync(Limit());
        await process.WaitForExitAsync(Limit());
        Assert.Equal((130, LastLine), (process.ExitCode, rest.TrimEnd()));

        File.Move(folder.Of("bank.csv"), folder.Of("run", "in", "bank.csv"));
        Assert.Equal(expected, await NextRun(folder));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_run_that_is_ended_at_any_moment_is_run_again_with_the_same_bytes(string signal, int beforeRuntime)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of POSIX");
        using var folder = new TemporaryFolder();
        var start = Stopwatch.GetTimestamp();
        var expected = await WholeRun(folder);
        var took = Stopwatch.GetElapsedTime(start);
        for (var moment = 1; moment <= Moments; moment++)
        {
            Directory.Delete(folder.Of("run"), recursive: true);
            folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), "run");
            using var process = Start(folder.Of("run"), "run", ".");
            var output = process.StandardOutput.ReadToEndAsync(Limit());
            var error = process.StandardError.ReadToEndAsync(Limit());
            await Task.Delay(took * moment / (Moments + 1), TestContext.Current.CancellationToken);
            await Send(signal, process);
            await process.WaitForExitAsync(Limit());
            var said = (await error).TrimEnd();
            await output;
            Assert.True(
                process.ExitCode == 0 || (process.ExitCode == 130 && said.EndsWith(LastLine, StringComparison.Ordinal))
                    || (process.ExitCode == beforeRuntime && said.Length == 0),
                $"moment {moment}: exit {process.ExitCode}\n{said}");
            Assert.Equal(expected, await NextRun(folder));
        }
    }

    [Fact]
    public async Task Two_signals_at_once_end_it_by_the_first_or_by_the_second()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of POSIX");
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), "run");
        File.Delete(folder.Of("run", "in", "bank.csv"));
        using var process = Start(folder.Of("run"), "run", ".", "--wait");
        Assert.Contains("looking again", await process.StandardError.ReadLineAsync(Limit()), StringComparison.Ordinal);
        await Task.WhenAll(Send("TERM", process), Send("TERM", process));
        var rest = (await process.StandardError.ReadToEndAsync(Limit())).TrimEnd();
        await process.WaitForExitAsync(Limit());
        Assert.Contains((process.ExitCode, rest), new[] { (130, LastLine), (143, LastLine), (143, "") });
    }

    [Fact]
    public async Task A_run_that_waits_goes_on_when_its_file_arrives()
    {
        using var folder = new TemporaryFolder();
        var expected = await WholeRun(folder);
        File.Move(folder.Of("run", "in", "bank.csv"), folder.Of("bank.csv"));
        using var process = CliProcess.Start(folder.Of("run"), "run", ".", "--wait", "--out", "json=result.json");
        var output = process.StandardOutput.ReadToEndAsync(Limit());
        Assert.Contains("looking again", await process.StandardError.ReadLineAsync(Limit()), StringComparison.Ordinal);
        File.Move(folder.Of("bank.csv"), folder.Of("run", "in", "bank.csv"));
        var error = await process.StandardError.ReadToEndAsync(Limit());
        await process.WaitForExitAsync(Limit());
        await output;
        Assert.True(process.ExitCode == 0, error);
        Assert.Equal(expected, File.ReadAllText(folder.Of("run", "result.json")));
    }

    static async Task<string> WholeRun(TemporaryFolder folder)
    {
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), "whole");
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), "run");
        var whole = await CliProcess.RunAsync(folder.Of("whole"), "run", ".", "--out", "json=result.json");
        Assert.True(whole.ExitCode == 0, whole.Everything);
        return File.ReadAllText(folder.Of("whole", "result.json"));
    }

    static async Task<string> NextRun(TemporaryFolder folder)
    {
        var again = await CliProcess.RunAsync(folder.Of("run"), "run", ".", "--out", "json=result.json");
        Assert.True(again.ExitCode == 0, again.Everything);
        var verified = await CliProcess.RunAsync(folder.Of("run"), "audit", "verify");
        Assert.True(verified.ExitCode == 0, verified.Everything);
        return File.ReadAllText(folder.Of("run", "result.json"));
    }

    // A shell that runs the tests in the background has its children ignore INT; env undoes that.
    static Process Start(string directory, params string[] arguments)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "recon.dll");
        return Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", executable, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
    }

    static async Task Send(string signal, Process process)
    {
        // A process that has ended meanwhile makes kill complain; that is no finding.
        using var kill = Process.Start(new ProcessStartInfo(
            "kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        })!;
        await kill.StandardError.ReadToEndAsync(Limit());
        await kill.WaitForExitAsync(Limit());
    }

    static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromMinutes(4)).Token;
}
