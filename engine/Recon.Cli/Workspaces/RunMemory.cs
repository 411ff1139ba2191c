// How much memory a run may take, and where it writes what is beyond it.
using System.Globalization;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Sources;
using Recon.Store.Spilling;

namespace Recon.Cli.Workspaces;

/// <summary>The memory of one run; it lives until its results are written.</summary>
sealed class RunMemory : IDisposable
{
    // The keys of one pass: a part of what there is, and never so little that a pass reads its records a hundred times.
    const int PartsOfPartitions = 8;
    const long LeastPartitionBytes = 1 << 24;

    readonly SpillingMemory _columns;

    RunMemory(long limit, long columnBytes, string folder)
    {
        _columns = new SpillingMemory(limit, columnBytes, folder);
        Plan = new MemoryPlan(
            _columns, Math.Clamp(limit / PartsOfPartitions, LeastPartitionBytes, MemoryPlan.Arrays.PartitionBytes));
    }

    internal MemoryPlan Plan { get; }

    /// <summary>Bytes that were written to files.</summary>
    internal long SpilledBytes => _columns.SpilledBytes;

    // A record of a large source takes about as much as its text: where the texts alone are as large as the limit, all columns are written to
    // files, else those that do not fit half of it.
    static RunMemory Of(long limit, long textBytes) => new(limit, textBytes >= limit ? 0 : limit / 2, Folder());

    /// <summary>The memory of a run over these files.</summary>
    /// <param name="limit">In bytes; null: half of what is free.</param>
    /// <param name="runsAtOnce">How many share the limit.</param>
    internal static RunMemory Of(long? limit, IEnumerable<string> files, int runsAtOnce = 1) =>
        Of((limit ?? Free() / 2) / runsAtOnce, files.Sum(file => new FileInfo(file) is { Exists: true } found ? found.Length : 0));

    /// <summary>The memory of a run of a pack on a date.</summary>
    internal static RunMemory Of(long? limit, SourceReader reader, Pack pack, DateOnly date, int runsAtOnce = 1) =>
        Of(limit, pack.Sources.SelectMany(source => reader.FilesOf(source, pack.Id, date)), runsAtOnce);

    public void Dispose() => _columns.Dispose();

    /// <summary>Bytes of <c>512MB</c>, <c>4GB</c>, <c>4G</c> or <c>1.5GiB</c>: powers of 1,000, and of 1,024 with an i.</summary>
    /// <exception cref="UsageException">It is nothing of the kind, less than 64MB or more than 1000TB.</exception>
    internal static long BytesOf(string text)
    {
        (string Name, long Bytes)[] units =
        [
            ("MIB", 1L << 20), ("GIB", 1L << 30), ("TIB", 1L << 40), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
            ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
        ];
        var unit = Array.Find(units, unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        return unit.Name is not null
            && decimal.TryParse(
                text.AsSpan()[..^unit.Name.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count <= 1_000_000 && count * unit.Bytes is >= 64_000_000 and <= 1_000_000_000_000_000
            ? (long)(count * unit.Bytes)
            : throw new UsageException($"--memory {text}: write a size such as 512MB, 4GB or 1.5GiB, from 64MB to 1000TB");
    }

    // A container may have less than its host.
    static long Free()
    {
        var known = GC.GetGCMemoryInfo();
        var free = known.TotalAvailableMemoryBytes - known.MemoryLoadBytes;
        return Math.Max(LeastPartitionBytes, Math.Min(known.TotalAvailableMemoryBytes, FreeOfSystem() ?? free));
    }

    static long? FreeOfSystem()
    {
        const string Name = "MemAvailable:";
        var line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))
            : null;
        return line is null ? null : long.Parse(line[Name.Length..^3], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    // What is large and may stay for long does not belong into /tmp, which is memory on many systems.
    static string Folder()
    {
        const string ForLargeFiles = "/var/tmp";
        return Environment.GetEnvironmentVariable("TMPDIR") is not { Length: > 0 } && Directory.Exists(ForLargeFiles)
            ? ForLargeFiles
            : Path.GetTempPath();
    }
}
