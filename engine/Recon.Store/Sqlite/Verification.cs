// Checks a store against its own audit chain.
using Microsoft.Data.Sqlite;
using Recon.Model;

namespace Recon.Store.Sqlite;

/// <remarks>
/// The chain finds entries that were changed, removed, inserted or moved; the seals in it find every changed value of
/// every run. Entries cut off at the end together with their runs are found only by whoever kept the last hash.
/// </remarks>
static class Verification
{
    /// <summary>The first fault, with its place; null where all is well.</summary>
    /// <exception cref="ReconException">Transient faults only: those say nothing about the store.</exception>
    public static string? FirstFault(Database database)
    {
        try
        {
            using var moment = database.BeginRead();
            var seals = new Dictionary<string, RunSeal>(StringComparer.Ordinal);
            var reinstatements = new List<AuditEntry>();
            return FaultInFile(database) ?? FaultInChain(database, seals, reinstatements) ?? FaultInRuns(database, seals)
                ?? ReinstatementRows.FirstFault(database, reinstatements);
        }
        catch (SqliteException fault) when (!StorageFault.Of(fault, database.Path).IsTransient)
        {
            return StorageFault.Of(fault, database.Path).Message;
        }
        catch (ReconException fault) when (fault is { Kind: FaultKind.Storage, IsTransient: false })
        {
            return fault.Message;
        }
    }

    static string? FaultInFile(Database database)
    {
        var found = database.All("PRAGMA integrity_check(1)", row => row.Text(0))[0];
        if (found != "ok")
        {
            return $"the file is damaged: {found}";
        }

        var orphan = database.FirstOrNull("PRAGMA foreign_key_check", row => row.Text(0));
        return orphan is null ? null : $"table {orphan} has rows of a run that is not there";
    }

    static string? FaultInChain(Database database, Dictionary<string, RunSeal> seals, List<AuditEntry> reinstatements)
    {
        string? fault = null;
        AuditEntry? last = null;
        AuditRows.ForEach(database, entry =>
        {
            fault ??= AuditChain.FaultIn(entry, last);
            if (fault is null && entry.Action == AuditChain.Action.RunRecorded)
            {
                var seal = RunSeal.Read(entry.Payload);
                fault = seal is not null && seals.TryAdd(seal.Run, seal)
                    ? null
                    : $"audit entry {entry.Seq} seals no run, or one that is sealed already";
            }

            if (entry.Action == AuditChain.Action.RunReinstated)
            {
                reinstatements.Add(entry);
            }

            last = entry;
        });
        return fault;
    }

    static string? FaultInRuns(Database database, Dictionary<string, RunSeal> seals)
    {
        foreach (var run in RunRows.NewestFirst(database, packId: null, limit: int.MaxValue))
        {
            if (!seals.Remove(run.Head.Id, out var seal))
            {
                return $"run {run.Head.Id} has no audit entry";
            }

            if (FaultInRun(database, run, seal) is { } fault)
            {
                return fault;
            }
        }

        return seals.Count > 0
            ? $"run {seals.Keys.Order(StringComparer.Ordinal).First()} was recorded, but is not there"
            : RunRows.FirstWithWrongOpening(database) is { } id
                ? $"run {id} does not begin where the run before it ended"
                : null;
    }

    static string? FaultInRun(Database database, RunRow run, RunSeal seal)
    {
        foreach (var table in RunTable.All)
        {
            if (!seal.Tables.TryGetValue(table.Name, out var hash) || table.DigestOf(database, run.Number) != hash)
            {
                return $"run {run.Head.Id}: its rows in table {table.Name} are not those that were recorded";
            }
        }

        return seal.Closing != run.ClosingHash || seal.Key != run.Head.Key
            || seal.Document != DocumentRows.Sha256(database, run.Number)
            ? $"run {run.Head.Id}: its key, closing hash or document is not what the audit entry says"
            : null;
    }
}
