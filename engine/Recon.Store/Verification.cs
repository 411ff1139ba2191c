// Checks a store against its own audit chain.
using System.Data.Common;
using Recon.Model;
using Recon.Store.Evidence;
using Recon.Store.Rows;

namespace Recon.Store;

/// <remarks>
/// The chain finds entries that were changed, removed, inserted or moved; the seals in it find every changed value of
/// every run. Entries cut off at the end together with their runs are found only by whoever kept the last hash.
/// </remarks>
static class Verification
{
    /// <summary>The first fault, with its place; null where all is well.</summary>
    /// <exception cref="ReconException">Transient faults only: those say nothing about the store.</exception>
    public static string? FirstFault(Database database, EvidencePlace? evidence)
    {
        try
        {
            using var moment = database.BeginRead();
            var seals = new Dictionary<string, RunSeal>(StringComparer.Ordinal);
            var (reinstatements, acts) = (new List<AuditEntry>(), new List<AuditEntry>());
            return database.OwnFault() ?? FaultInChain(database, seals, reinstatements, acts) ?? FaultInRuns(database, seals, evidence)
                ?? ReinstatementRows.FirstFault(database, reinstatements) ?? ActRows.FirstFault(database, acts);
        }
        catch (DbException fault) when (!database.FaultOf(fault).IsTransient)
        {
            return database.FaultOf(fault).Message;
        }
        catch (ReconException fault) when (fault is { Kind: FaultKind.Storage, IsTransient: false })
        {
            return fault.Message;
        }
    }

    static string? FaultInChain(
        Database database, Dictionary<string, RunSeal> seals, List<AuditEntry> reinstatements, List<AuditEntry> acts)
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

            if (entry.Action == AuditChain.Action.PersonActed)
            {
                acts.Add(entry);
            }

            last = entry;
        });
        return fault;
    }

    static string? FaultInRuns(Database database, Dictionary<string, RunSeal> seals, EvidencePlace? evidence)
    {
        foreach (var run in RunRows.NewestFirst(database, packId: null, limit: int.MaxValue))
        {
            if (!seals.Remove(run.Head.Id, out var seal))
            {
                return $"run {run.Head.Id} has no audit entry";
            }

            if ((FaultInRun(database, run, seal) ?? EvidenceFileRows.FirstFault(database, run, evidence)) is { } fault)
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
            // A seal knows no table that was made later: its run wrote nothing there.
            if (table.DigestOf(database, run.Number) != seal.Tables.GetValueOrDefault(table.Name, RowDigest.OfNothing))
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
