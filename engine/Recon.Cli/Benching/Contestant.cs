// Who is measured, and one round of it as a process of its own.
using System.Diagnostics;
using Recon.Model;

namespace Recon.Cli.Benching;

/// <summary>Figures of one round.</summary>
/// <param name="Seconds">Of the whole process, from before it was started until it had ended.</param>
/// <param name="CpuSeconds">User and system time over all threads.</param>
/// <param name="PeakBytes">Most memory held at once, files mapped into it included.</param>
/// <param name="AnonymousBytes">Most memory that is no file's, looked at every 10 ms; null where the system does not say.</param>
sealed record Round(
    double Seconds, double CpuSeconds, long PeakBytes, long? AnonymousBytes, IReadOnlyList<(string Stage, double Seconds)> Stages);

/// <summary>A program that reads a workload from one folder and writes what it found into another.</summary>
/// <param name="Name">As in the JSON: <c>engine</c>, <c>duckdb</c>, <c>plain</c>.</param>
/// <param name="Command">A .NET assembly and its arguments; the two folders follow.</param>
sealed record Contestant(string Name, string Title, IReadOnlyList<string> Command)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <exception cref="ReconException">The process failed.</exception>
    internal Round Run(string directory, string output, CancellationToken cancellation)
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        Directory.CreateDirectory(output);
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(DotnetHost.Path, [.. Command, directory, output]) { RedirectStandardOutput = true })!;
        long? anonymous = null;
        while (!process.WaitForExit(Interval))
        {
            if (cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
            }

            anonymous = ProcessMemory.Anonymous(process.Id) is { } now ? Math.Max(anonymous ?? 0, now) : anonymous;
        }

        var took = Stopwatch.GetElapsedTime(begin);
        if (process.ExitCode != 0)
        {
            throw new ReconException($"{Title} ended with exit code {process.ExitCode}; its message stands above", FaultKind.RuleFailed);
        }

        var (cpu, peak, stages) = RoundClock.Read(output);
        return new Round(took.TotalSeconds, cpu, peak, anonymous, stages);
    }
}

/// <summary>The <c>dotnet</c> that runs this process, else the one on the path.</summary>
static class DotnetHost
{
    internal static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
