// A benchmark for machines.
using System.Text.Json;
using Recon.Runs.Results;

namespace Recon.Cli.Benching;

static class BenchJson
{
    /// <summary>Writes the medians; <c>agree</c> is null where no peer ran.</summary>
    internal static void Write(BenchResult result, Stream target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("format_version", ResultDocument.FormatVersion);
        json.WriteString("machine", Machine.Description);
        json.WriteNumber("rows", result.Rows);
        json.WriteNumber("seed", result.Seed);
        json.WriteNumber("runs", result.Runs);
        json.WriteNumber("threads", result.Threads);
        if (result.Company is { } company)
        {
            json.WriteNumber("share_of_others", Rounded(company));
        }

        foreach (var measured in result.All)
        {
            Write(json, measured, result.All[0]);
        }

        WriteFound(json, result.All[0].Found);
        if (result.Agree is { } agree)
        {
            json.WriteBoolean("agree", agree);
        }
        else
        {
            json.WriteNull("agree");
        }

        json.WriteStartArray("differences");
        foreach (var difference in result.Differences)
        {
            json.WriteStringValue(difference);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        target.WriteByte((byte)'\n');
    }

    static void Write(Utf8JsonWriter json, Measured measured, Measured engine)
    {
        json.WriteStartObject(measured.Who.Name);
        json.WriteNumber("seconds", Rounded(measured.Seconds));
        json.WriteNumber("cpu_seconds", Rounded(measured.CpuSeconds));
        json.WriteNumber("peak_bytes", measured.PeakBytes);
        if (measured.AnonymousBytes is { } anonymous)
        {
            json.WriteNumber("peak_anonymous_bytes", anonymous);
        }

        if (measured != engine)
        {
            json.WriteNumber("times_engine", Rounded(measured.Seconds / engine.Seconds));
            json.WriteNumber("times_engine_cpu", Rounded(measured.CpuSeconds / engine.CpuSeconds));
        }

        json.WriteStartObject("stages");
        foreach (var (stage, seconds) in measured.Stages)
        {
            json.WriteNumber(stage, Rounded(seconds));
        }

        json.WriteEndObject();
        json.WriteStartArray("all_seconds");
        foreach (var round in measured.Rounds)
        {
            json.WriteNumberValue(Rounded(round.Seconds));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteFound(Utf8JsonWriter json, Findings found)
    {
        json.WriteStartObject("found");
        json.WriteStartArray("passes");
        foreach (var pass in found.Passes)
        {
            json.WriteStartObject();
            json.WriteNumber("matches", pass.Matches);
            json.WriteNumber("ledger", pass.Ledger);
            json.WriteNumber("bank", pass.Bank);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("open");
        for (var side = 0; side < Findings.Sources.Count; side++)
        {
            json.WriteNumber(Findings.Sources[side], found.Open[side]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static double Rounded(double value) => Math.Round(value, 4);
}
