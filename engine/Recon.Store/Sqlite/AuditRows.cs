// The audit chain as rows.
using Recon.Runs.Ports;

namespace Recon.Store.Sqlite;

static class AuditRows
{
    const string Insert = """
        INSERT INTO audit (seq, at, who, action, payload, prev_hash, hash)
        VALUES (@seq, @at, @who, @action, @payload, @prev_hash, @hash)
        """;

    const string Last = """
        SELECT seq, at, who, action, payload, prev_hash, hash FROM audit ORDER BY seq DESC LIMIT 1
        """;

    const string InOrder = "SELECT seq, at, who, action, payload, prev_hash, hash FROM audit ORDER BY seq";

    /// <summary>Call it inside the transaction that writes what the entry is about.</summary>
    public static void Append(Database database, DateTimeOffset at, string who, string action, string payload)
    {
        var entry = AuditEntry.After(database.FirstOrNull(Last, Read), at, who, action, payload);
        database.Execute(
            Insert, entry.Seq, entry.At, entry.Who, entry.Action, entry.Payload, entry.PrevHash, entry.Hash);
    }

    public static void ForEach(Database database, Action<AuditEntry> look)
    {
        using var entries = database.Prepare(InOrder);
        entries.ForEach(row => look(Read(row)));
    }

    const string Failed = """
        SELECT
            json_extract(payload, '$.pack_id'), json_extract(payload, '$.business_date'),
            json_extract(payload, '$.reason'), at, who
        FROM audit
        WHERE action = @action AND (@pack_id IS NULL OR json_extract(payload, '$.pack_id') = @pack_id)
        ORDER BY seq DESC LIMIT @limit
        """;

    /// <summary>Failed attempts, newest first.</summary>
    public static List<FailedAttempt> Failures(Database database, string? packId, int limit) => database.All(
        Failed,
        row => new FailedAttempt(row.Text(0), row.Date(1), row.Text(2), row.Moment(3), row.Text(4)),
        AuditChain.Action.AttemptFailed,
        packId,
        limit);

    static AuditEntry Read(Row row) => new(
        row.Number(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6));
}
