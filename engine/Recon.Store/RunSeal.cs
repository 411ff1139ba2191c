// What the audit chain says about a recorded run, so that nothing of it can be changed unseen.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store;

/// <summary>Payload of an entry about a recorded run.</summary>
/// <param name="Document">SHA-256 of the run's record as JSON.</param>
/// <param name="Tables">Table → hash of the rows that the run wrote to it.</param>
sealed record RunSeal(
    string Run,
    string Key,
    string PackId,
    string BusinessDate,
    int Revision,
    string Closing,
    string Document,
    IReadOnlyDictionary<string, string> Tables)
{
    public static RunSeal Of(RunSubmission submission, string document, IReadOnlyDictionary<string, string> tables)
    {
        var head = submission.Record.Head;
        return new RunSeal(
            head.Id, head.Key, head.PackId, StoreText.Of(head.BusinessDate), head.Revision, submission.ClosingHash, document,
            tables);
    }

    public string Write() => JsonSerializer.Serialize(this, AuditPayloads.Default.RunSeal);

    /// <summary>The hash of the run's rows in a table. A seal knows no table that was made later: its run wrote nothing there.</summary>
    public string Of(Rows.RunTable table) => Tables.GetValueOrDefault(table.Name, RowDigest.OfNothing);

    /// <summary>Null where the text is no seal.</summary>
    public static RunSeal? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, AuditPayloads.Default.RunSeal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Payload of an entry about an attempt that had no result.</summary>
sealed record AttemptPayload(string PackId, string BusinessDate, string Reason)
{
    public static string Of(FailedAttempt attempt) => JsonSerializer.Serialize(
        new AttemptPayload(attempt.PackId, StoreText.Of(attempt.BusinessDate), attempt.Reason),
        AuditPayloads.Default.AttemptPayload);

    /// <summary>Null where the text is none.</summary>
    public static AttemptPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, AuditPayloads.Default.AttemptPayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The attempt of this payload; null where its date is none.</summary>
    public FailedAttempt? At(DateTimeOffset at, string by) =>
        DateOnly.TryParseExact(BusinessDate, StoreText.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new FailedAttempt(PackId, date, Reason, at, by)
            : null;
}

/// <summary>Payload of an entry about a recorded run that stands for its date again.</summary>
/// <param name="Number">Of the event, among runs and reinstatements.</param>
sealed record ReinstatementPayload(string Run, long Number)
{
    /// <summary>What was said of postings by it; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReinstatementMention>? Postings { get; init; }

    public string Write() => JsonSerializer.Serialize(this, AuditPayloads.Default.ReinstatementPayload);
}

/// <param name="State">The name of a state of postings.</param>
sealed record ReinstatementMention(string Key, string Effect, string State);

/// <summary>Payload of an entry about matches of a run that a policy removed.</summary>
/// <param name="Evidence">Hash of the rows that were removed from the store, as the seal of the run has it.</param>
/// <param name="Files">With the SHA-256 of each: who has one in a backup can show that it is the one.</param>
sealed record PurgePayload(string Run, string Policy, int Matches, long Bytes, string Evidence, IReadOnlyList<PurgedFile> Files)
{
    public string Write() => JsonSerializer.Serialize(this, AuditPayloads.Default.PurgePayload);

    /// <summary>Null where the text is none.</summary>
    public static PurgePayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, AuditPayloads.Default.PurgePayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

sealed record PurgedFile(string Name, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunSeal))]
[JsonSerializable(typeof(AttemptPayload))]
[JsonSerializable(typeof(ReinstatementPayload))]
[JsonSerializable(typeof(PurgePayload))]
sealed partial class AuditPayloads : JsonSerializerContext;
