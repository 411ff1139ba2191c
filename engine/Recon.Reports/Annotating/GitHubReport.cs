// Annotations as workflow commands of GitHub: https://docs.github.com/actions/reference/workflow-commands
using System.Globalization;
using System.Text;
using Recon.Reports.Sections;

namespace Recon.Reports.Annotating;

/// <summary>One line each, <c>::error file=…,line=…::message</c>; no text can end its line or begin another command.</summary>
public static class GitHubReport
{
    /// <summary>Writes the annotations as UTF-8 without BOM.</summary>
    public static void Write(IReadOnlyList<Annotation> annotations, Stream target)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var annotation in annotations)
        {
            writer.WriteLine(Line(annotation));
        }
    }

    static string Line(Annotation annotation)
    {
        var place = annotation.Place;
        var columns = place.EndColumn > place.Column
            ? string.Create(CultureInfo.InvariantCulture, $",col={place.Column},endColumn={place.EndColumn - 1}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"::{Word(annotation.Level)} file={Property(place.File)},line={place.Line}{columns},title={Property(annotation.Title)}::")
            + Data(annotation.Message);
    }

    static string Word(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Error => "error",
        AnnotationLevel.Warning => "warning",
        _ => "notice",
    };

    static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) => Data(PlainText.WellFormed(text)).Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
