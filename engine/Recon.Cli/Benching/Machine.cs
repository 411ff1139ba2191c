// The machine that a benchmark ran on, in words.
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

    static long MemoryBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    static string? Processor => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1]
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
}
