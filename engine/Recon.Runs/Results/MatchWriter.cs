// One match and one break as JSON.
using System.Text.Json;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

static class MatchWriter
{
    internal static void Write(Utf8JsonWriter json, MatchView match)
    {
        json.WriteStartObject();
        json.WriteString("id", match.Id);
        ResultDocument.WriteTexts(json, "leg", match.Leg);
        json.WriteString("pass", match.Pass);
        if (match.Break is null)
        {
            json.WriteString("class", MatchView.MatchedClass);
            json.WriteString("status", ResultDocument.Word(Status.Settled));
            json.WriteString("tier", ResultDocument.Word(Tier.Auto));
        }
        else
        {
            BreakWriter.WriteJudgement(json, match.Break);
        }

        WriteRecords(json, match.Records);
        json.WriteStartArray("differences");
        foreach (var difference in match.Break?.Differences ?? [])
        {
            json.WriteStartObject();
            json.WriteString("fields", difference.Fields);
            json.WriteString("value", difference.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteLags(json, match);
        WriteTruths(json, match.Truths);
        json.WriteEndObject();
    }

    static void WriteRecords(Utf8JsonWriter json, IReadOnlyList<RecordId> records)
    {
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            json.WriteStartObject();
            json.WriteString("source", record.Source);
            json.WriteString("id", record.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteLags(Utf8JsonWriter json, MatchView match)
    {
        if (match.Lags.Count == 0)
        {
            return;
        }

        json.WriteStartArray("lags");
        foreach (var (fields, value) in match.Lags)
        {
            json.WriteStartObject();
            json.WriteString("fields", fields);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteTruths(Utf8JsonWriter json, IReadOnlyList<Truth> truths)
    {
        json.WriteStartObject("truth");
        foreach (var truth in truths)
        {
            json.WriteStartObject(truth.Field);
            json.WriteString("value", truth.Value);
            json.WriteString("from", truth.From);
            ResultDocument.WriteTexts(json, "against", truth.Against);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

static class BreakWriter
{
    internal static void WriteJudgement(Utf8JsonWriter json, Break item)
    {
        json.WriteString("class", item.Class);
        json.WriteString("status", ResultDocument.Word(item.Status));
        json.WriteString("tier", ResultDocument.Word(item.Tier));
        json.WriteString("reason", item.Reason);
        json.WriteString("born", ResultDocument.Iso(item.Born));
        json.WriteString("due", item.Due is DateOnly due ? ResultDocument.Iso(due) : null);
        json.WriteString("assign", item.Assign);
        ResultDocument.WriteTexts(json, "value", item.Value.Select(value => value.ToString()));
    }
}
