// A check as JSON.
using System.Text.Encodings.Web;
using System.Text.Json;
using Recon.Model;

namespace Recon.Reports.Checking;

/// <summary>Writes format version 1.0; the order is canonical, equal results give equal bytes.</summary>
public static class CheckDocument
{
    public const string FormatVersion = "1.0";

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(CheckResult result, Stream target)
    {
        using (var json = new Utf8JsonWriter(target, Options))
        {
            json.WriteStartObject();
            json.WriteString("format_version", FormatVersion);
            json.WriteStartArray("packs");
            foreach (var pack in result.Packs)
            {
                WritePack(json, pack);
            }

            json.WriteEndArray();
            json.WriteStartArray("diagnostics");
            foreach (var diagnostic in result.Diagnostics)
            {
                WriteDiagnostic(json, diagnostic);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }

    static void WritePack(Utf8JsonWriter json, CheckedPack pack)
    {
        json.WriteStartObject();
        json.WriteString("path", pack.Path);
        json.WriteString("id", pack.Id);
        json.WriteString("version", pack.Version);
        json.WriteBoolean("wrong", pack.IsWrong);
        json.WriteString("summary", pack.Summary);
        json.WriteEndObject();
    }

    static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", CheckReport.Word(diagnostic.Severity));
        json.WriteString("file", diagnostic.Place.File);
        json.WriteNumber("line", diagnostic.Place.Line);
        json.WriteNumber("column", diagnostic.Place.Column);
        json.WriteNumber("end_column", diagnostic.Place.EndColumn);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("hint", diagnostic.Hint);
        if (diagnostic.Fix is { } fix)
        {
            json.WriteStartObject("fix");
            json.WriteNumber("line", fix.Place.Line);
            json.WriteNumber("column", fix.Place.Column);
            json.WriteNumber("end_column", fix.Place.EndColumn);
            json.WriteString("text", fix.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
