// A plan as JSON: the contract with machines that gate a change of rules.
using System.Text.Encodings.Web;
using System.Text.Json;
using Recon.Model;
using Recon.Packs.Comparing;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>Writes format version 1.0; the order is canonical, equal plans give equal bytes.</summary>
public static class PlanDocument
{
    public const string FormatVersion = "1.0";

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(RulePlan plan, Stream target)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("format_version", FormatVersion);
        WriteHead(json, plan);
        ResultDocument.WriteEach(json, "changes", plan.Changes, (json, change) => WriteChange(json, change, plan.Places.Of(change)));
        WriteSide(json, "base", plan.Difference.Base);
        WriteSide(json, "head", plan.Difference.Head);
        WriteGates(json, plan);
        json.WriteNumber("matches_lost", plan.Difference.MatchesLost);
        ResultDocument.WriteEach(json, "moved", plan.Difference.Moved, WriteMoved);
        ResultDocument.WriteEach(json, "attribution", plan.Attribution.Shares, WriteShare);
        ResultDocument.WriteTexts(json, "not_alone", plan.Attribution.NotAlone);
        ResultDocument.WriteEach(json, "breaks_new", plan.Difference.BreaksNew, WriteBreak);
        ResultDocument.WriteEach(json, "breaks_gone", plan.Difference.BreaksGone, WriteBreak);
        ResultDocument.WriteEach(json, "posts", plan.Difference.Postings, WritePosting);
        ResultDocument.WriteTexts(json, "never_hit", plan.NeverHit);
        json.WriteEndObject();
        json.Flush();
        target.WriteByte((byte)'\n');
    }

    /// <summary>The word for a step of a version.</summary>
    public static string Word(VersionStep step) => step switch
    {
        VersionStep.Major => "major",
        VersionStep.Minor => "minor",
        VersionStep.Patch => "patch",
        _ => "none",
    };

    /// <summary>The word for a kind of change.</summary>
    public static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Removed => "removed",
        ChangeKind.Moved => "moved",
        _ => "changed",
    };

    static void WriteHead(Utf8JsonWriter json, RulePlan plan)
    {
        var head = plan.Difference.Head.Head;
        json.WriteStartObject("plan");
        json.WriteString("pack", head.PackId);
        json.WriteString("business_date", ResultDocument.Iso(head.BusinessDate));
        json.WriteString("base", plan.Base);
        json.WriteString("data", plan.Data);
        json.WriteString("verdict", plan.IsHeld ? "needs approval" : plan.Difference.IsNothing ? "nothing changes" : "changes");
        json.WriteString("version_step_needed", Word(plan.Needed));
        json.WriteString("version_step_written", Word(plan.Written));
        json.WriteString("approved_by", plan.ApprovedBy);
        json.WriteEndObject();
    }

    static void WriteChange(Utf8JsonWriter json, PackChange change, Place place)
    {
        json.WriteString("what", change.What);
        json.WriteString("how", Word(change.Kind));
        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
    }

    static void WriteSide(Utf8JsonWriter json, string name, RunRecord record)
    {
        json.WriteStartObject(name);
        json.WriteString("pack_version", record.Head.PackVersion);
        json.WriteString("pack_hash", record.Head.PackHash);
        json.WriteString("key", record.Head.Key);
        json.WriteNumber("records", record.Sources.Sum(source => (long)source.New + source.Carried));
        json.WriteNumber("matched", record.Sources.Sum(source => (long)source.Matched));
        json.WriteNumber("matches", record.Matches.Count);
        json.WriteNumber("breaks", record.Breaks.Count(item => !item.IsSettled));
        json.WriteNumber("auto_posts", record.Posts.Count(posting => posting.State == PostingState.Queued));
        ResultDocument.WriteEach(json, "auto_posts_value", PlanFigures.Queued(record), static (json, sum) =>
        {
            json.WriteString("currency", sum.Currency.Code);
            json.WriteString("value", sum.Total.ToString());
        });
        ResultDocument.WriteEach(json, "open", PlanFigures.Open(record), static (json, open) =>
        {
            json.WriteString("currency", open.Currency.Code);
            json.WriteString("net", open.Net.ToString());
            json.WriteString("absolute", open.Absolute.ToString());
        });
        json.WriteEndObject();
    }

    static void WriteGates(Utf8JsonWriter json, RulePlan plan) =>
        ResultDocument.WriteEach(json, "gates", plan.Gates, static (json, gate) =>
        {
            json.WriteString("gate", gate.Gate);
            json.WriteString("found", gate.Found);
            json.WriteBoolean("met", gate.IsMet);
        });

    static void WriteMoved(Utf8JsonWriter json, MovedRecord moved)
    {
        json.WriteString("source", moved.Record.Source);
        json.WriteString("id", moved.Record.Id);
        json.WriteString("leg", moved.Leg);
        WriteOutcome(json, "base", moved.Base);
        WriteOutcome(json, "head", moved.Head);
    }

    static void WriteOutcome(Utf8JsonWriter json, string name, RecordOutcome? outcome)
    {
        if (outcome is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteBoolean("matched", outcome.IsMatched);
        json.WriteString("pass", outcome.Pass);
        json.WriteString("class", outcome.Class);
        json.WriteString("status", ResultDocument.Word(outcome.Status));
        json.WriteString("tier", ResultDocument.Word(outcome.Tier));
        json.WriteEndObject();
    }

    static void WriteShare(Utf8JsonWriter json, MovedShare share)
    {
        ResultDocument.WriteTexts(json, "changes", share.Changes);
        json.WriteNumber("records", share.Records);
        json.WriteBoolean("known", share.IsKnown);
    }

    static void WriteBreak(Utf8JsonWriter json, Break item)
    {
        json.WriteString("break", item.Id);
        json.WriteString("class", item.Class);
        json.WriteString("status", ResultDocument.Word(item.Status));
        json.WriteString("tier", ResultDocument.Word(item.Tier));
        ResultDocument.WriteTexts(json, "records", item.Records.Select(record => record.ToString()));
        ResultDocument.WriteTexts(json, "value", item.Value.Select(value => value.ToString()));
    }

    static void WritePosting(Utf8JsonWriter json, MovedPosting posting)
    {
        json.WriteString("key", posting.Key);
        WritePosting(json, "base", posting.Base);
        WritePosting(json, "head", posting.Head);
    }

    static void WritePosting(Utf8JsonWriter json, string name, Posting? posting)
    {
        if (posting is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("rule", posting.Rule);
        json.WriteString("to", posting.To);
        json.WriteString("debit", posting.Debit);
        json.WriteString("credit", posting.Credit);
        json.WriteString("amount", posting.Amount.ToString());
        json.WriteString("state", ResultDocument.Word(posting.State));
        json.WriteString("reason", posting.Reason);
        json.WriteEndObject();
    }
}
