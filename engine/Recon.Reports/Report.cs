// The front door of reports: one run, rendered in the format asked for.
using Recon.Runs.Assessing;
using Recon.Runs.Results;

namespace Recon.Reports;

public enum ReportFormat
{
    Pretty,
    Json,
    Markdown,
    Html,

    /// <summary>Findings about rules for programs that show them beside the lines.</summary>
    Sarif,

    /// <summary>The same as workflow commands of GitHub.</summary>
    GitHub,

    /// <summary>Checks as a build server counts them.</summary>
    JUnit,
}

/// <summary>How a report is shown.</summary>
/// <param name="Colour">ANSI colours, for terminals only.</param>
/// <param name="Width">Columns of the terminal; texts are wrapped to it.</param>
/// <param name="Matches">Which matches the JSON lists.</param>
/// <param name="BreaksShown">How many breaks a report for people lists, the gravest first.</param>
/// <param name="Assessment">How the run compares with labelled pairs; null where there are none.</param>
public sealed record ReportOptions(bool Colour, int Width, MatchListing Matches, int BreaksShown, Assessment? Assessment = null)
{
    /// <summary>What a proposed command needs to find the workspace (<c> -w examples/card-payments</c>); empty for here.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>No colour, 120 columns, all matches, 25 breaks: what files get.</summary>
    public static ReportOptions Default { get; } = new(Colour: false, Width: 120, MatchListing.All, BreaksShown: 25);
}

public static class Report
{
    /// <summary>The words that <c>--out</c> knows for what is about records.</summary>
    public static IReadOnlyDictionary<string, ReportFormat> Formats { get; } = new Dictionary<string, ReportFormat>
    {
        ["pretty"] = ReportFormat.Pretty,
        ["json"] = ReportFormat.Json,
        ["md"] = ReportFormat.Markdown,
        ["html"] = ReportFormat.Html,
    };

    /// <summary>The words that <c>--out</c> knows for what is about rules.</summary>
    public static IReadOnlyDictionary<string, ReportFormat> ReviewFormats { get; } = new Dictionary<string, ReportFormat>(Formats)
    {
        ["sarif"] = ReportFormat.Sarif,
        ["github"] = ReportFormat.GitHub,
        ["junit"] = ReportFormat.JUnit,
    };

    /// <summary>Writes the report as UTF-8 without BOM.</summary>
    public static void Write(RunRecord record, ReportFormat format, Stream target, ReportOptions options)
    {
        switch (format)
        {
            case ReportFormat.Json:
                ResultDocument.Write(record, target, options.Matches, options.Assessment);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(record, target, options);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(record, target, options);
                break;
            default:
                PrettyReport.Write(record, target, options);
                break;
        }
    }
}
