// What became of postings since the runs that asked for them; the audit chain says each event in full.
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Runs.Ports;

namespace Recon.Store.Rows;

static class PostingEventRows
{
    /// <summary>Call it inside the transaction that writes what caused the event.</summary>
    /// <param name="detail">What happened, for people.</param>
    public static void Add(Database database, string key, string effect, string state, string detail, DateTimeOffset at, string by)
    {
        var number = database.All(database.Sql["posting_events.last_number"], row => row.Number(0))[0] + 1;
        database.Execute(database.Sql["posting_events.add"], number, key, effect, state, detail, at, by);
        AuditRows.Append(
            database, at, by, AuditChain.Action.PostingMoved, new PostingEventPayload(number, key, effect, state, detail).Write());
    }

    /// <summary>What happened to a posting, in order.</summary>
    public static List<PostingEvent> OfKey(Database database, string key) => database.All(
        database.Sql["posting_events.of_key"], row => new PostingEvent(row.Text(0), row.Text(1), row.Moment(2), row.Text(3)), key);

    /// <summary>Null where the rows are what the audit chain says, value by value.</summary>
    /// <param name="recorded">The chain's entries about postings, in their order.</param>
    public static string? FirstFault(Database database, IReadOnlyList<AuditEntry> recorded)
    {
        var place = 0;
        string? fault = null;
        using var events = database.Prepare(database.Sql["posting_events.all"]);
        events.ForEach(row =>
        {
            var entry = place < recorded.Count ? recorded[place] : null;
            place++;
            var payload = new PostingEventPayload(row.Number(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4));
            if (entry is null || (payload.Write(), row.Text(5), row.Text(6)) != (entry.Payload, entry.At, entry.Who))
            {
                fault ??= $"event {place} of a posting is not what the audit entry says";
            }
        });
        return fault ?? (place == recorded.Count ? null : $"event {place + 1} of a posting was recorded, but is not there");
    }
}

/// <summary>Payload of an entry about a posting; who caused it and when stand in the entry itself.</summary>
sealed record PostingEventPayload(long Number, string Key, string Effect, string State, string Detail)
{
    public string Write() => JsonSerializer.Serialize(this, PostingEventTexts.Default.PostingEventPayload);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PostingEventPayload))]
sealed partial class PostingEventTexts : JsonSerializerContext;
