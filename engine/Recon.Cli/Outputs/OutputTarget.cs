// Where reports go: each --out FORMAT=PATH is one target.
using Recon.Reports;
using Recon.Runs.Results;

namespace Recon.Cli.Outputs;

/// <summary>One report to write.</summary>
/// <param name="Path"><c>-</c> is stdout.</param>
sealed record OutputTarget(ReportFormat Format, string Path)
{
    internal static OutputTarget Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (word, path) = equals < 0 ? (text, "-") : (text[..equals], text[(equals + 1)..]);
        if (!Report.Formats.TryGetValue(word, out var format) || path.Length == 0)
        {
            throw new UsageException(
                $"--out {text}: write FORMAT=PATH with one of {string.Join(", ", Report.Formats.Keys)}; '-' is stdout");
        }

        return new OutputTarget(format, path);
    }

    /// <summary>Writes the run to every target; without any, as text to stdout.</summary>
    internal static void WriteAll(RunRecord record, IReadOnlyList<OutputTarget> targets, MatchListing matches)
    {
        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            target.Write(record, matches);
        }
    }

    void Write(RunRecord record, MatchListing matches)
    {
        if (Path == "-")
        {
            using var stdout = Console.OpenStandardOutput();
            using var buffer = new BufferedStream(stdout, 1 << 16);
            Report.Write(record, Format, buffer, Terminal.Options(matches));
            return;
        }

        // Written beside and moved into place: a reader never sees half a report.
        var full = System.IO.Path.GetFullPath(Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        var draft = $"{full}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Report.Write(record, Format, file, ReportOptions.Default with { Matches = matches });
        }

        File.Move(draft, full, overwrite: true);
    }
}
