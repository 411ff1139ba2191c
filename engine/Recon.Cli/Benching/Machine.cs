// The machine that a benchmark ran on, in words.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Recon.Cli.Benching;

static class Machine
{
    /// <summary>Processor, number of processors, memory, system and runtime.</summary>
    internal static string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} processors, {MemoryBytes / (double)(1 << 30):F0} GiB, "
        + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Processor time that all processes of the machine have used since it started; null where it is not told.</summary>
    internal static TimeSpan? BusyTime()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // cpu user nice system idle iowait irq softirq steal …, in hundredths of a second.
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return TimeSpan.FromMilliseconds(10 * (ticks.Sum() - ticks[3] - ticks[4]));
    }

    static long MemoryBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    static string? Processor => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1]
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
}

/// <summary>How much of the machine others took while we measured.</summary>
sealed class Company
{
    readonly TimeSpan? _busy = Machine.BusyTime();
    readonly TimeSpan _own = Environment.CpuUsage.TotalTime;
    readonly long _start = Stopwatch.GetTimestamp();

    /// <returns>From 0 to 1; null where it is not told.</returns>
    internal double? Share(TimeSpan children)
    {
        if (_busy is not { } before || Machine.BusyTime() is not { } after)
        {
            return null;
        }

        var others = after - before - children - (Environment.CpuUsage.TotalTime - _own);
        return Math.Clamp(others / (Stopwatch.GetElapsedTime(_start) * Environment.ProcessorCount), 0, 1);
    }
}
