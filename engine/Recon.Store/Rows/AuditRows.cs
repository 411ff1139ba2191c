// The audit chain as rows.
using Recon.Runs.Ports;

namespace Recon.Store.Rows;

static class AuditRows
{
    /// <summary>Call it inside the transaction that writes what the entry is about.</summary>
    public static void Append(Database database, DateTimeOffset at, string who, string action, string payload)
    {
        var entry = AuditEntry.After(database.FirstOrNull(database.Sql["audit.last"], Read), at, who, action, payload);
        database.Execute(
            database.Sql["audit.add"], entry.Seq, at, entry.Who, entry.Action, entry.Payload, entry.PrevHash, entry.Hash);
    }

    public static AuditHead? Last(Database database) =>
        database.FirstOrNull(database.Sql["audit.last"], Read) is { } last ? new AuditHead(last.Seq, last.Hash) : null;

    /// <summary>What is missing or other since somebody kept a head; null where the chain still has it.</summary>
    public static string? FaultSince(Database database, AuditHead kept)
    {
        var end = Last(database)?.Seq ?? 0;
        if (end < kept.Seq)
        {
            return $"the audit chain is cut off after entry {end}: entry {kept.Seq} was kept, and is not there";
        }

        string? hash = null;
        ForEach(database, entry => hash = entry.Seq == kept.Seq ? entry.Hash : hash);
        return hash == kept.Hash ? null : $"audit entry {kept.Seq} is not the one that was kept";
    }

    public static void ForEach(Database database, Action<AuditEntry> look)
    {
        using var entries = database.Prepare(database.Sql["audit.in_order"]);
        entries.ForEach(row => look(Read(row)));
    }

    /// <summary>Failed attempts, newest first.</summary>
    public static List<FailedAttempt> Failures(Database database, string? packId, int limit)
    {
        var failures = new List<FailedAttempt>();
        using var entries = database.Prepare(database.Sql["audit.newest_of_action"]);
        entries.While(
            row =>
            {
                if (AttemptPayload.Read(row.Text(0))?.At(row.Moment(1), row.Text(2)) is not { } attempt)
                {
                    throw row.Damaged(0);
                }

                if (packId is null || attempt.PackId == packId)
                {
                    failures.Add(attempt);
                }

                return failures.Count < limit;
            },
            AuditChain.Action.AttemptFailed);
        return failures;
    }

    static AuditEntry Read(Row row) => new(
        row.Number(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6));
}
