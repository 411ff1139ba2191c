// The front door of checks: one result, rendered in the format asked for.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Packs;
using Recon.Reports.Annotating;
using Recon.Reports.Sections;

namespace Recon.Reports.Checking;

public static class CheckReport
{
    /// <summary>Writes the result as UTF-8 without BOM.</summary>
    public static void Write(CheckResult result, ReportFormat format, Stream target)
    {
        switch (format)
        {
            case ReportFormat.Json:
                CheckDocument.Write(result, target);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(PageOf(result), PlanReport.MostOfComment, target);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(PageOf(result), target);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write("check", AnnotationsOf(result), target);
                break;
            case ReportFormat.GitHub:
                GitHubReport.Write(AnnotationsOf(result), target);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write(SuitesOf(result), target);
                break;
            default:
                using (var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
                {
                    Write(result, writer);
                }

                break;
        }
    }

    /// <summary>One pack for a terminal: each finding with its line and a caret, then what the pack is.</summary>
    public static void Write(CheckedPack pack, TextWriter target)
    {
        Write(pack.Diagnostics, target);
        target.WriteLine($"{pack.Path}: {PlainText.Of(pack.Summary)}");
    }

    /// <summary>Findings for a terminal.</summary>
    public static void Write(IReadOnlyList<Diagnostic> diagnostics, TextWriter target)
    {
        foreach (var diagnostic in diagnostics)
        {
            target.WriteLine(DiagnosticText.Render(diagnostic));
        }
    }

    static void Write(CheckResult result, TextWriter target)
    {
        foreach (var pack in result.Packs)
        {
            Write(pack, target);
        }

        Write(result.Together, target);
    }

    static List<Annotation> AnnotationsOf(CheckResult result) => [.. result.Diagnostics.Select(Annotation.Of)];

    static Page PageOf(CheckResult result) => new("recon check", Verdict(result),
    [
        new Section(
            "Found",
            [new("where"), new("code"), new(""), new("what")],
            [.. result.Diagnostics.Select(found => (IReadOnlyList<string>)[PlaceOf(found), found.Code, Word(found.Severity), WithHint(found)])],
            "Nothing."),
        new Section("Packs", [new("pack"), new("what it is")], [.. result.Packs.Select(pack => (IReadOnlyList<string>)[pack.Path, pack.Summary])], "None."),
    ]);

    static string Verdict(CheckResult result)
    {
        var errors = result.Diagnostics.Count(found => found.Severity == Severity.Error);
        return $"{Counted(result.Packs.Count, "pack")} · {Counted(errors, "error")} · {Counted(result.Diagnostics.Count - errors, "warning")}";
    }

    // A pack that is fine is a check that passed; each finding is one of its own.
    static List<JUnitSuite> SuitesOf(CheckResult result) =>
    [
        .. result.Packs.Select(pack => new JUnitSuite(
            pack.Path,
            pack.IsWrong ? CasesOf(pack.Path, pack.Diagnostics) : [new(pack.Path, "check", Output: pack.Summary), .. CasesOf(pack.Path, pack.Diagnostics)])),
        .. result.Together.Count == 0 ? (JUnitSuite[])[] : [new JUnitSuite("between packs", CasesOf("between packs", result.Together))],
    ];

    static List<JUnitCase> CasesOf(string group, IReadOnlyList<Diagnostic> diagnostics) => [.. diagnostics.Select(found =>
    {
        var text = DiagnosticText.Render(found);
        return found.Severity == Severity.Error
            ? new JUnitCase(group, $"{found.Code} {PlaceOf(found)}", text) { Place = PlaceOf(found) }
            : new JUnitCase(group, $"{found.Code} {PlaceOf(found)}", Output: text) { Place = PlaceOf(found) };
    })];

    internal static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";

    static string PlaceOf(Diagnostic found) => string.Create(CultureInfo.InvariantCulture, $"{found.Place.File}:{found.Place.Line}:{found.Place.Column}");

    static string WithHint(Diagnostic found) => found.Hint is { } hint ? $"{found.Message} (hint: {hint})" : found.Message;

    static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
