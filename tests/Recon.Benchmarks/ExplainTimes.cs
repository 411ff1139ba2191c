// Measures how long `recon explain` takes over two files of workload W that were run before.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recon.Cli.Benching;

namespace Recon.Benchmarks;

/// <summary>One cold process a question, as people ask it: processor time, wall time and peak memory.</summary>
static class ExplainTimes
{
    static readonly string Date = WorkloadWriter.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>0 where every question was answered.</returns>
    internal static int Run(string[] size)
    {
        var rows = size is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
        var directory = Directory.CreateTempSubdirectory("recon-explain-");
        try
        {
            new WorkloadWriter(rows, seed: 42, threads: 1).Write(directory.FullName, CancellationToken.None);
            Ask("(run)", directory.FullName, ["run", directory.FullName, "--date", Date, "--out", $"json={Path.Combine(directory.FullName, "result.json")}"]);
            var (open, matched, partner) = Records(Path.Combine(directory.FullName, "result.json"));
            string[][] questions = [[open], [matched], [matched, partner], [open, partner]];
            foreach (var ids in questions)
            {
                Ask(string.Join(' ', ids), directory.FullName, ["explain", .. ids, "-w", directory.FullName]);
            }

            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // An open record of the ledger, and two that are matched with each other.
    static (string Open, string Matched, string Partner) Records(string path)
    {
        using var result = JsonDocument.Parse(File.ReadAllBytes(path));
        var open = result.RootElement.GetProperty("open").EnumerateArray().Select(NameOf)
            .First(record => record.StartsWith("ledger:", StringComparison.Ordinal));
        var match = result.RootElement.GetProperty("matches")[0].GetProperty("records").EnumerateArray().Select(NameOf).ToList();
        return (open, match[0], match[1]);
    }

    static string NameOf(JsonElement record) => $"{record.GetProperty("source").GetString()}:{record.GetProperty("id").GetString()}";

    static void Ask(string what, string directory, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "recon.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            peak = ProcessMemory.PeakOf(process.Id) ?? peak;
            cpu = CpuOf(process) ?? cpu;
        }

        _ = output.GetAwaiter().GetResult();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"recon {what} ended with {process.ExitCode}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-40} {cpu.TotalSeconds,6:F2} s of processor, {Stopwatch.GetElapsedTime(start).TotalSeconds,6:F2} s, peak {peak / 1e6,5:F0} MB"));
    }

    // Null where it has ended meanwhile.
    static TimeSpan? CpuOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception ended) when (ended is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
