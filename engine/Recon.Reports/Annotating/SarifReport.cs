// Annotations as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
using System.Text.Encodings.Web;
using System.Text.Json;
using Recon.Model;
using Recon.Reports.Sections;

namespace Recon.Reports.Annotating;

/// <summary>One run of the tool; equal annotations give equal bytes.</summary>
public static class SarifReport
{
    // The address that the specification gives for $schema.
    const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="command">Which command found them: two logs of one commit are kept apart by it.</param>
    public static void Write(string command, IReadOnlyList<Annotation> annotations, Stream target)
    {
        List<Annotation> rules = [.. annotations.DistinctBy(annotation => annotation.Rule).OrderBy(annotation => annotation.Rule, StringComparer.Ordinal)];
        using (var json = new Utf8JsonWriter(target, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules);
            json.WriteStartObject("automationDetails");
            json.WriteString("id", $"recon/{command}/");
            json.WriteEndObject();
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var annotation in annotations)
            {
                WriteResult(json, annotation, rules.FindIndex(rule => rule.Rule == annotation.Rule));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }

    static void WriteTool(Utf8JsonWriter json, List<Annotation> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "recon");
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Rule);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", rule.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter json, Annotation annotation, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", annotation.Rule);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Word(annotation.Level));
        json.WriteStartObject("message");
        json.WriteString("text", annotation.Message);
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(annotation.Place.File));
        json.WriteEndObject();
        WriteRegion(json, annotation.Place);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (annotation.Fix is { } fix)
        {
            WriteFix(json, fix);
        }

        json.WriteEndObject();
    }

    static void WriteFix(Utf8JsonWriter json, Edit fix)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(fix.Place.File));
        json.WriteEndObject();
        json.WriteStartArray("replacements");
        json.WriteStartObject();
        json.WriteStartObject("deletedRegion");
        json.WriteNumber("startLine", fix.Place.Line);
        json.WriteNumber("startColumn", fix.Place.Column);
        json.WriteNumber("endColumn", fix.Place.EndColumn);
        json.WriteEndObject();
        json.WriteStartObject("insertedContent");
        json.WriteString("text", PlainText.WellFormed(fix.Text));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static void WriteRegion(Utf8JsonWriter json, Place place)
    {
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Line);
        json.WriteNumber("startColumn", place.Column);
        json.WriteNumber("endColumn", Math.Max(place.EndColumn, place.Column));
        if (place.LineText.Length > 0)
        {
            json.WriteStartObject("snippet");
            json.WriteString("text", PlainText.WellFormed(place.LineText));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static string Word(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Error => "error",
        AnnotationLevel.Warning => "warning",
        _ => "note",
    };

    // A path stays relative: the reader knows from where.
    static string UriOf(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Split('/', '\\').Select(Uri.EscapeDataString));
}
