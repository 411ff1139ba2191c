// The result document of a run as JSON: the contract with machines.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Assessing;

namespace Recon.Runs.Results;

/// <summary>Which matches the document lists.</summary>
public enum MatchListing
{
    All,

    /// <summary>Only matches that are breaks; settled ones stay in the evidence.</summary>
    None,
}

/// <summary>
/// Writes format version 1.0. The order is canonical (pass order, then business key), so that two runs can be compared
/// as bytes below <c>run</c>; positions of rejects (file, line) are the one exception.
/// </summary>
public static class ResultDocument
{
    public const string FormatVersion = "1.0";

    // 1 MiB between flushes: a large run is written in pieces, never held as one text.
    const int FlushBytes = 1 << 20;

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The document is a file of its own, never a part of an HTML page: names keep their letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="assessment">Stands behind all that the run decided: labels decide nothing.</param>
    public static void Write(
        RunRecord record, Stream target, MatchListing matches = MatchListing.All, Assessment? assessment = null)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("format_version", FormatVersion);
        WriteRun(json, record);
        WriteDecisions(json, record, matches);
        if (assessment is not null)
        {
            AssessmentJson.Write(json, assessment);
        }

        json.WriteEndObject();
        json.Flush();
        target.WriteByte((byte)'\n');
    }

    /// <summary>Everything below <c>run</c>: equal bytes for equal decisions.</summary>
    public static void WriteBelowRun(RunRecord record, Stream target, MatchListing matches = MatchListing.All)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        WriteDecisions(json, record, matches);
        json.WriteEndObject();
    }

    /// <summary>The word the document uses for a status.</summary>
    public static string Word(Status status) => status switch
    {
        Status.Settled => "settled",
        Status.Expected => "expected",
        Status.Suspicious => "suspicious",
        Status.Disputed => "disputed",
        _ => "loss",
    };

    /// <summary>The word the document uses for a tier.</summary>
    public static string Word(Tier tier) => tier switch
    {
        Tier.Auto => "auto",
        Tier.AutoFlag => "auto-flag",
        Tier.Escalate => "escalate",
        _ => "manual",
    };

    /// <summary>The word for a kind of break.</summary>
    public static string Word(BreakKind kind) => kind switch
    {
        BreakKind.Difference => "difference",
        BreakKind.Open => "open",
        BreakKind.Control => "control",
        BreakKind.Withdrawn => "withdrawn",
        _ => "ambiguous",
    };

    /// <summary>The word the document uses for the state of a posting.</summary>
    public static string Word(PostingState state) => state switch
    {
        PostingState.Queued => "queued",
        PostingState.Proposed => "proposed",
        PostingState.Withdrawn => "withdrawn",
        _ => "escalated",
    };

    /// <summary>The word the document uses for the outcome of a control.</summary>
    public static string Word(ControlOutcome outcome) => outcome switch
    {
        ControlOutcome.Passed => "passed",
        ControlOutcome.Unchecked => "unchecked",
        ControlOutcome.Flagged => "flagged",
        _ => "failed",
    };

    /// <summary>ISO 8601: <c>2026-02-27</c>.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void WriteRun(Utf8JsonWriter json, RunRecord record)
    {
        var head = record.Head;
        json.WriteStartObject("run");
        json.WriteString("id", head.Id);
        json.WriteString("key", head.Key);
        json.WriteNumber("revision", head.Revision);
        json.WriteString("pack", head.PackId);
        json.WriteString("pack_version", head.PackVersion);
        json.WriteString("pack_hash", head.PackHash);
        json.WriteString("business_date", Iso(head.BusinessDate));
        json.WriteString("state", head.State.ToString().ToLowerInvariant());
        var inputs = record.Sources.SelectMany(source => source.Files.Select(file => (source.Name, File: file)));
        WriteEach(json, "inputs", inputs, static (json, input) =>
        {
            json.WriteString("source", input.Name);
            json.WriteString("file", input.File.Name);
            json.WriteString("sha256", input.File.Sha256);
            json.WriteNumber("bytes", input.File.Bytes);
            if (input.File.Joined > 0)
            {
                json.WriteNumber("joined", input.File.Joined);
            }

            if (input.File.NotJoined is { } why)
            {
                json.WriteString("not_joined", why);
            }
        });
        if (record.RuleCosts.Count > 0)
        {
            WriteEach(json, "rules", record.RuleCosts, static (json, cost) =>
            {
                json.WriteString("rule", cost.Rule);
                json.WriteNumber("evaluations", cost.Evaluations);
                json.WriteNumber("steps", cost.Steps);
                json.WriteNumber("characters", cost.Characters);
            });
        }

        json.WriteEndObject();
    }

    static void WriteDecisions(Utf8JsonWriter json, RunRecord record, MatchListing matches)
    {
        WriteSources(json, record);
        WritePasses(json, record);
        WriteEach(json, "matches", MatchView.All(record, matches), MatchWriter.Write);
        WriteOpen(json, record);
        WriteRejects(json, record);
        WriteDuplicates(json, record);
        WriteWithdrawn(json, record);
        WritePosts(json, record);
        WriteExposure(json, record);
        RollForwardWriter.Write(json, record);
        WriteControls(json, record);
        WriteClosed(json, record);
        WriteTexts(json, "notices", record.Notices);
    }

    static void WriteSources(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "sources", record.Sources, static (json, source) =>
        {
            json.WriteString("name", source.Name);
            json.WriteNumber("read", source.Read);
            json.WriteNumber("rejected", source.Rejected);
            json.WriteNumber("excluded", source.Excluded);
            json.WriteNumber("known", source.Known);
            json.WriteNumber("new", source.New);
            json.WriteNumber("carried", source.Carried);
            json.WriteNumber("matched", source.Matched);
            json.WriteNumber("open", source.Open);
            WriteEach(json, "legs", source.Legs, WriteLeg);
            WriteEach(json, "exclusions", source.Exclusions, static (json, exclusion) =>
            {
                json.WriteString("condition", exclusion.Condition);
                json.WriteNumber("count", exclusion.Count);
            });
        });
    }

    static void WriteLeg(Utf8JsonWriter json, LegSummary leg)
    {
        WriteTexts(json, "toward", leg.Toward);
        json.WriteNumber("matched", leg.Matched);
        json.WriteNumber("open", leg.Open);
        json.WriteNumber("earlier", leg.Earlier);
        json.WriteNumber("residuals", leg.Residuals);
        WriteEach(json, "amounts", leg.Amounts, static (json, amount) =>
        {
            json.WriteString("field", amount.Field);
            json.WriteString("currency", amount.Currency.Code);
            json.WriteString("scope", amount.Scope.ToString());
            json.WriteString("matched", amount.Matched.ToString());
            json.WriteString("open", amount.Open.ToString());
        });
    }

    static void WritePasses(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "passes", record.Passes, static (json, pass) =>
        {
            json.WriteString("id", pass.Id);
            WriteTexts(json, "leg", pass.Leg);
            json.WriteNumber("candidates", pass.Candidates);
            json.WriteNumber("matches", pass.Matches);
            json.WriteNumber("ambiguous", pass.Ambiguous);
            json.WriteNumber("capped", pass.Capped);
            json.WriteNumber("alternatives", pass.Alternatives);
        });
    }

    static void WriteOpen(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "open", OpenItems.Of(record), static (json, open) =>
        {
            json.WriteString("source", open.Record.Source);
            json.WriteString("id", open.Record.Id);
            WriteTexts(json, "leg", open.Break.Leg);
            BreakWriter.WriteJudgement(json, open.Break);
            json.WriteString("break", open.Break.Id);
            json.WriteString("kind", open.Break.Kind == BreakKind.Ambiguous ? "ambiguous" : "open");
        });
    }

    static void WriteRejects(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "rejects", record.Rejects, static (json, reject) =>
        {
            json.WriteString("source", reject.Source);
            json.WriteString("file", reject.File);
            WriteNumberOrNull(json, "line", reject.Line);
            json.WriteString("id", reject.Id);
            json.WriteString("reason", reject.Reason);
        });
    }

    static void WriteDuplicates(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartArray("duplicates");
        foreach (var duplicate in record.Duplicates)
        {
            json.WriteStartObject();
            json.WriteString("source", duplicate.Record.Source);
            json.WriteString("id", duplicate.Record.Id);
            json.WriteString("of", duplicate.Kept);
            json.WriteString("pass", duplicate.Pass);
            json.WriteEndObject();
            FlushWhereFull(json);
        }

        json.WriteEndArray();
    }

    static void WriteWithdrawn(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "withdrawn", record.Breaks.Where(item => item.Kind == BreakKind.Withdrawn), static (json, item) =>
        {
            json.WriteString("source", item.Records[0].Source);
            json.WriteString("id", item.Records[0].Id);
            WriteTexts(json, "leg", item.Leg);
            BreakWriter.WriteJudgement(json, item);
            json.WriteString("break", item.Id);
        });
    }

    static void WritePosts(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "posts", record.Posts, static (json, post) =>
        {
            json.WriteString("key", post.Key);
            json.WriteString("to", post.To);
            json.WriteString("debit", post.Debit);
            json.WriteString("credit", post.Credit);
            json.WriteString("amount", post.Amount.ToString());
            json.WriteString("tier", Word(post.Tier));
            json.WriteString("state", Word(post.State));
            json.WriteString("rule", post.Rule);
            json.WriteString("break", post.Break);
            json.WriteString("reason", post.Reason);
            json.WriteString("first_run", post.FirstRun);
            if (post.Approvals > 1)
            {
                json.WriteNumber("approvals", post.Approvals);
            }
        });
    }

    static void WriteExposure(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "exposure", record.Exposure, static (json, line) =>
        {
            json.WriteString("currency", line.Currency.Code);
            json.WriteString("source", line.Source);
            json.WriteString("class", line.Class);
            json.WriteString("status", line.Status is { } status ? Word(status) : null);
            if (line.Counterparty is { } counterparty)
            {
                json.WriteString("counterparty", counterparty.Length == 0 ? null : counterparty);
            }

            json.WriteString("age", line.Age);
            json.WriteString("net", line.Net.ToString());
            json.WriteString("absolute", line.Absolute.ToString());
            json.WriteNumber("count", line.Count);
        });
    }

    static void WriteControls(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "controls", record.Controls, (json, control) =>
        {
            json.WriteString("source", control.Source);
            json.WriteString("control", control.Control);
            json.WriteString("outcome", Word(control.Outcome));
            json.WriteString("detail", control.Detail);
            if (control.Outcome == ControlOutcome.Flagged)
            {
                json.WriteString("class", BuiltInClasses.ControlFailed);
                json.WriteString("break", ControlBreaks.IdOf(record.Head.PackId, control));
            }
        });
    }

    static void WriteClosed(Utf8JsonWriter json, RunRecord record)
    {
        WriteEach(json, "closed", record.Closed, static (json, closed) =>
        {
            json.WriteString("break", closed.Id);
            json.WriteString("how", closed.How);
        });
    }

    /// <summary>An array of one object an item, written in pieces where it is large.</summary>
    internal static void WriteEach<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
            FlushWhereFull(json);
        }

        json.WriteEndArray();
    }

    internal static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    static void FlushWhereFull(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    static void WriteNumberOrNull(Utf8JsonWriter json, string name, int? number)
    {
        if (number is int value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
