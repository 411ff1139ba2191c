// One match and one break as JSON.
using System.Text.Json;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

static class MatchWriter
{
    internal static void Write(Utf8JsonWriter json, MatchView match)
    {
        json.WriteString("id", match.Id);
        ResultDocument.WriteTexts(json, "leg", match.Leg);
        json.WriteString("pass", match.Pass);
        if (match.Break is null)
        {
            json.WriteString("class", BuiltInClasses.Matched);
            json.WriteString("status", ResultDocument.Word(Status.Settled));
            json.WriteString("tier", ResultDocument.Word(Tier.Auto));
        }
        else
        {
            BreakWriter.WriteJudgement(json, match.Break);
        }

        WriteRecords(json, match.Records);
        ResultDocument.WriteEach(json, "differences", match.Break?.Differences ?? [], static (json, difference) =>
        {
            json.WriteString("fields", difference.Fields);
            json.WriteString("value", difference.Value);
        });
        WriteLags(json, match);
        WriteTruths(json, match.Truths);
    }

    static void WriteRecords(Utf8JsonWriter json, IReadOnlyList<RecordId> records)
    {
        ResultDocument.WriteEach(json, "records", records, static (json, record) =>
        {
            json.WriteString("source", record.Source);
            json.WriteString("id", record.Id);
        });
    }

    static void WriteLags(Utf8JsonWriter json, MatchView match)
    {
        if (match.Lags.Count == 0)
        {
            return;
        }

        ResultDocument.WriteEach(json, "lags", match.Lags, static (json, lag) =>
        {
            json.WriteString("fields", lag.Key);
            json.WriteString("value", lag.Value);
        });
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
