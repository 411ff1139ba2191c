// The roll-forward of a run in its result document.
using System.Text.Json;

namespace Recon.Runs.Results;

static class RollForwardWriter
{
    public static void Write(Utf8JsonWriter json, RunRecord record) =>
        ResultDocument.WriteEach(json, "roll_forward", record.RollForward, static (json, line) =>
        {
            json.WriteString("currency", line.Currency.Code);
            json.WriteString("source", line.Source);
            Write(json, "opening", line.Opening);
            Write(json, "new", line.New);
            Write(json, "settled", line.Settled);
            Write(json, "resolved", line.Resolved);
            Write(json, "changed", line.Changed);
            Write(json, "withdrawn", line.Withdrawn);
            Write(json, "differences", line.Differences);
            Write(json, "closing", line.Closing);
        });

    static void Write(Utf8JsonWriter json, string name, AtRisk part)
    {
        json.WriteStartObject(name);
        json.WriteString("net", part.Net.ToString());
        json.WriteString("absolute", part.Absolute.ToString());
        json.WriteNumber("count", part.Count);
        json.WriteEndObject();
    }
}
