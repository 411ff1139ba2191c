// The front door of test runs: the results beside the rules, rendered in the format asked for.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Recon.Reports.Annotating;
using Recon.Reports.Sections;
using Recon.Runs.Testing;

namespace Recon.Reports.Testing;

/// <param name="Path">The folder of the pack, as the user named it.</param>
/// <param name="Results">In the order of the tests.</param>
public sealed record TestedPack(string Path, IReadOnlyList<PackTestResult> Results);

public static class TestReport
{
    const string FormatVersion = "1.0";

    /// <summary>Writes the results as UTF-8 without BOM.</summary>
    public static void Write(IReadOnlyList<TestedPack> packs, ReportFormat format, Stream target)
    {
        switch (format)
        {
            case ReportFormat.JUnit:
                JUnitReport.Write([.. packs.Select(SuiteOf)], target);
                break;
            case ReportFormat.GitHub:
                GitHubReport.Write([.. packs.SelectMany(pack => pack.Results).SelectMany(AnnotationsOf)], target);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(PageOf(packs), PlanReport.MostOfComment, target);
                break;
            case ReportFormat.Json:
                WriteJson(packs, target);
                break;
            default:
                using (var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
                {
                    foreach (var pack in packs)
                    {
                        writer.WriteLine(PlainText.Of(pack.Path));
                        pack.Results.ToList().ForEach(result => Write(result, writer));
                    }

                    writer.WriteLine(Verdict(packs));
                }

                break;
        }
    }

    /// <summary>One test for a terminal: how it ended, and what differs where it failed.</summary>
    public static void Write(PackTestResult result, TextWriter target)
    {
        var word = result.Verdict == PackTestVerdict.Passed ? "ok  " : result.Verdict == PackTestVerdict.Todo ? "todo" : "FAIL";
        target.WriteLine($"  {word}  {PlainText.Of(result.Test.Name)}");
        foreach (var failure in Failures(result))
        {
            target.WriteLine($"        {PlaceOf(failure)}: {PlainText.Of(failure.Text)}");
        }
    }

    /// <summary><c>24 passed, 1 failed, 0 todo</c>.</summary>
    public static string Verdict(IReadOnlyList<TestedPack> packs)
    {
        int Count(PackTestVerdict verdict) => packs.Sum(pack => pack.Results.Count(result => result.Verdict == verdict));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(PackTestVerdict.Passed)} passed, {Count(PackTestVerdict.Failed)} failed, {Count(PackTestVerdict.Todo)} todo");
    }

    static IReadOnlyList<PackTestFailure> Failures(PackTestResult result) => result.Verdict == PackTestVerdict.Failed ? result.Failures : [];

    static string PlaceOf(PackTestFailure failure) => $"{failure.Place.File}:{failure.Place.Line}:{failure.Place.Column}";

    static JUnitSuite SuiteOf(TestedPack pack) => new(
        $"recon test {pack.Path}",
        [
            .. pack.Results.Select(result => new JUnitCase(
                pack.Path, result.Test.Name,
                result.Verdict == PackTestVerdict.Failed ? string.Join("\n", result.Failures.Select(failure => $"{PlaceOf(failure)}: {failure.Text}")) : null,
                result.Verdict == PackTestVerdict.Todo ? "a known gap: todo: true" : null)
            {
                Place = $"{result.Test.Place.File}:{result.Test.Place.Line}",
            }),
        ]);

    static IEnumerable<Annotation> AnnotationsOf(PackTestResult result) => Failures(result).Select(failure => new Annotation(
        "test/failed", $"recon test: {result.Test.Name}", AnnotationLevel.Error, failure.Text, failure.Place));

    static Page PageOf(IReadOnlyList<TestedPack> packs) => new("recon test", Verdict(packs),
    [
        new Section(
            "What failed",
            [new("test"), new("where"), new("what differs")],
            [
                .. packs.SelectMany(pack => pack.Results).SelectMany(result => Failures(result).Select(failure => (IReadOnlyList<string>)
                    [result.Test.Name, PlaceOf(failure), failure.Text])),
            ],
            "Nothing."),
        new Section(
            "All tests",
            [new("pack"), new("test"), new("ended")],
            [
                .. packs.SelectMany(pack => pack.Results.Select(result => (IReadOnlyList<string>)
                    [pack.Path, result.Test.Name, Word(result.Verdict)])),
            ],
            "There are none.")
        {
            IsFolded = true,
        },
    ]);

    static void WriteJson(IReadOnlyList<TestedPack> packs, Stream target)
    {
        using (var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format_version", FormatVersion);
            json.WriteStartArray("tests");
            foreach (var (path, result) in packs.SelectMany(pack => pack.Results.Select(result => (pack.Path, result))))
            {
                WriteTest(json, path, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }

    static void WriteTest(Utf8JsonWriter json, string path, PackTestResult result)
    {
        json.WriteStartObject();
        json.WriteString("pack", path);
        json.WriteString("name", result.Test.Name);
        json.WriteString("verdict", Word(result.Verdict));
        json.WriteStartArray("failures");
        foreach (var failure in Failures(result))
        {
            json.WriteStartObject();
            json.WriteString("file", failure.Place.File);
            json.WriteNumber("line", failure.Place.Line);
            json.WriteNumber("column", failure.Place.Column);
            json.WriteString("text", failure.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string Word(PackTestVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
