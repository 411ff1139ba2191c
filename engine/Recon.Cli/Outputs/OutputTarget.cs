// Where reports go: each --out FORMAT=PATH is one target.
using System.Diagnostics;
using System.Globalization;
using Recon.Cli.Confining;
using Recon.Exports;
using Recon.Model;
using Recon.Reports;
using Recon.Runs.Assessing;
using Recon.Runs.Results;

namespace Recon.Cli.Outputs;

/// <summary>One report to write.</summary>
/// <param name="Format">Null for a folder of Parquet files.</param>
/// <param name="Path"><c>-</c> is stdout.</param>
sealed record OutputTarget(ReportFormat? Format, string Path)
{
    const string Parquet = "parquet";

    /// <summary>Stands for the pack's id in a path: a workspace of several packs writes one file each.</summary>
    internal const string PackToken = "{pack}";

    /// <param name="formats">The words that the verb knows.</param>
    internal static OutputTarget Parse(string text, IReadOnlyDictionary<string, ReportFormat> formats)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (word, path) = equals < 0 ? (text, "-") : (text[..equals], text[(equals + 1)..]);
        if (word == Parquet && path is not ("" or "-"))
        {
            return new OutputTarget(null, path);
        }

        if (!formats.TryGetValue(word, out var format) || path.Length == 0)
        {
            throw new UsageException(
                $"--out {text}: write FORMAT=PATH with one of {string.Join(", ", formats.Keys)}, where '-' is stdout, or {Parquet}=FOLDER");
        }

        return new OutputTarget(format, path);
    }

    /// <exception cref="UsageException">Several packs would write into one file.</exception>
    internal static void RequireOneEach(int packs, IReadOnlyList<OutputTarget> targets)
    {
        if (packs > 1 && targets.Any(target => !target.Path.Contains(PackToken, StringComparison.Ordinal)))
        {
            throw new UsageException($"--out: {packs} packs need a file each; write {PackToken} in the path");
        }
    }

    /// <summary>The same target with <c>{pack}</c> in its path replaced.</summary>
    internal OutputTarget For(string packId) => this with { Path = Path.Replace(PackToken, packId, StringComparison.Ordinal) };

    /// <summary>Writes the run to every target; without any, as text to stdout.</summary>
    /// <param name="workspace">As the user named it, for the commands that a report proposes.</param>
    internal static void WriteAll(
        RunRecord record, IReadOnlyList<OutputTarget> targets, MatchListing matches, string workspace, Assessment? assessment)
    {
        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            if (target.Format is { } format)
            {
                target.Write((stream, options) => Report.Write(record, format, stream, options with
                {
                    Matches = matches,
                    Workspace = Commands.CommonOptions.WordsOf(workspace),
                    Assessment = assessment,
                }));
            }
            else
            {
                target.Export(record);
            }
        }
    }

    void Export(RunRecord record)
    {
        if (Recon.Sandbox.Confined.Current is not null)
        {
            throw new UsageException($"--out {Parquet}={Path}: a confined process writes single files; leave --untrusted out, or write JSON");
        }

        if (File.Exists(Path))
        {
            throw new UsageException($"--out {Parquet}={Path}: this is a file; name a folder");
        }

        if (record.Matches.Purged is { } purged)
        {
            throw new ReconException($"--out {Parquet}={Path}: {purged}", FaultKind.NotFound);
        }

        ParquetExport.Write(record, Path);
    }

    /// <summary>Opens the target and has it written; a file is replaced only by a whole one.</summary>
    internal void Write(Action<Stream, ReportOptions> render)
    {
        if (Path == "-")
        {
            using var stdout = Console.OpenStandardOutput();
            using var buffer = new BufferedStream(stdout, 1 << 16);
            render(buffer, Terminal.Options(MatchListing.All));
            return;
        }

        var full = RealPath(CellOutputs.For(Path));
        if (Directory.Exists(full))
        {
            throw new UsageException($"--out {Path}: this is a folder; name a file in it");
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        if (File.Exists(full) && !IsRegular(full))
        {
            // A device or pipe is written to, never replaced.
            using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16);
            render(device, ReportOptions.Default);
            return;
        }

        WriteAndMove(full, render);
    }

    // Written beside and moved into place: a reader never sees half a report.
    static void WriteAndMove(string full, Action<Stream, ReportOptions> render)
    {
        RemoveDraftsOfTheDead(full);
        var draft = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                render(file, ReportOptions.Default);
            }

            File.Move(draft, full, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    // A process that was killed leaves its draft behind.
    static void RemoveDraftsOfTheDead(string full)
    {
        var begin = $"{System.IO.Path.GetFileName(full)}.";
        foreach (var draft in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(full)!, "*.tmp"))
        {
            var name = System.IO.Path.GetFileName(draft);
            if (name.StartsWith(begin, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(begin.Length..^4), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && !IsAlive(process))
            {
                File.Delete(draft);
            }
        }
    }

    static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static string RealPath(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    static bool IsRegular(string path) =>
        OperatingSystem.IsWindows() || (!path.StartsWith("/dev/", StringComparison.Ordinal) && !IsPipe(path));

    // A pipe has no length that a seek could find; opening it for both ends never waits.
    static bool IsPipe(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        return !file.CanSeek;
    }
}
