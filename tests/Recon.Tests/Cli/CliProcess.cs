// Runs recon as its users do: as a process of its own.
using System.Diagnostics;
using System.Text;

namespace Recon.Tests.Cli;

/// <summary>What a process gave back. Where the tests run says nothing of whether their packs are trusted: CI is not handed on.</summary>
sealed record CliResult(int ExitCode, string Out, string Error)
{
    internal string Everything => $"exit {ExitCode}\n{Out}{Error}";
}

static class CliProcess
{
    static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "recon.dll");

    internal static Task<CliResult> RunAsync(string directory, params string[] arguments) => EndOf(Start(directory, arguments));

    /// <param name="environment">Set beside what is inherited.</param>
    internal static Task<CliResult> RunAsync(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = StartOf(directory, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return EndOf(Process.Start(start)!);
    }

    static async Task<CliResult> EndOf(Process running)
    {
        using var process = running;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(4)).Token);
        return new CliResult(process.ExitCode, await output, await error);
    }

    internal static Process Start(string directory, params string[] arguments) => Process.Start(StartOf(directory, arguments))!;

    static ProcessStartInfo StartOf(string directory, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Executable, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("CI");
        return start;
    }
}
