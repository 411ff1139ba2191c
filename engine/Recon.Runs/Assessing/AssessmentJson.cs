// The member "assessment" of the result document.
using System.Text.Json;
using Recon.Runs.Results;

namespace Recon.Runs.Assessing;

static class AssessmentJson
{
    internal static void Write(Utf8JsonWriter json, Assessment assessment)
    {
        json.WriteStartObject("assessment");
        ResultDocument.WriteTexts(json, "sources", [assessment.LeftSource, assessment.RightSource]);
        json.WriteNumber("labelled", assessment.Labelled);
        json.WriteNumber("matched", assessment.Matched);
        json.WriteNumber("right", assessment.Right);
        json.WriteNumber("asked", assessment.Asked);
        WriteShare(json, "precision", assessment.Precision);
        WriteShare(json, "recall", assessment.Recall);
        WriteShare(json, "f1", assessment.F1);
        ResultDocument.WriteEach(json, "passes", assessment.Passes, static (json, pass) =>
        {
            json.WriteString("id", pass.Pass);
            json.WriteNumber("matched", pass.Matched);
            json.WriteNumber("right", pass.Right);
            WriteShare(json, "precision", pass.Precision);
        });
        ResultDocument.WriteEach(json, "wrong", assessment.Wrong, WritePair);
        ResultDocument.WriteEach(json, "missed", assessment.Missed, WritePair);
        json.WriteEndObject();
    }

    static void WritePair(Utf8JsonWriter json, AssessedPair pair)
    {
        ResultDocument.WriteTexts(json, "records", [pair.Left.Id, pair.Right.Id]);
        if (pair.Pass is not null)
        {
            json.WriteString("pass", pair.Pass);
        }

        json.WriteString("why", pair.Why);
    }

    static void WriteShare(Utf8JsonWriter json, string name, decimal? share)
    {
        if (share is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
