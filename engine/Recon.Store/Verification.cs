// Checks a store against its own audit chain.
using System.Data.Common;
using Recon.Model;
using Recon.Store.Evidence;
using Recon.Store.Rows;

namespace Recon.Store;

/// <remarks>
/// The chain finds entries that were changed, removed, inserted or moved; the seals in it find every changed value of
/// every run. Entries cut off at the end together with their runs are found only by whoever kept the last hash: <see cref="AuditHead"/>.
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
            var others = new List<AuditEntry>();
            return database.OwnFault() ?? FaultInChain(database, seals, others)
                ?? FaultInRuns(database, seals, SealedPurge.In(Of(others, AuditChain.Action.EvidencePurged)), evidence)
                ?? ReinstatementRows.FirstFault(database, Of(others, AuditChain.Action.RunReinstated))
                ?? ActRows.FirstFault(database, Of(others, AuditChain.Action.PersonActed))
                ?? PostingEventRows.FirstFault(database, Of(others, AuditChain.Action.PostingMoved));
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

    static string? FaultInChain(Database database, Dictionary<string, RunSeal> seals, List<AuditEntry> others)
    {
        string? fault = null;
        AuditEntry? last = null;
        AuditRows.ForEach(database, entry =>
        {
            fault ??= AuditChain.FaultIn(entry, last);
            if (entry.Action != AuditChain.Action.RunRecorded)
            {
                others.Add(entry);
            }
            else if (fault is null)
            {
                var seal = RunSeal.Read(entry.Payload);
                fault = seal is not null && seals.TryAdd(seal.Run, seal)
                    ? null
                    : $"audit entry {entry.Seq} seals no run, or one that is sealed already";
            }

            last = entry;
        });
        return fault;
    }

    static List<AuditEntry> Of(List<AuditEntry> entries, string action) => entries.FindAll(entry => entry.Action == action);

    static string? FaultInRuns(
        Database database, Dictionary<string, RunSeal> seals, IReadOnlyDictionary<string, SealedPurge> purges, EvidencePlace? evidence)
    {
        if (PurgeRows.FirstFault(database, purges) is { } wrong)
        {
            return wrong;
        }

        foreach (var run in RunRows.NewestFirst(database, packId: null, limit: int.MaxValue))
        {
            if (!seals.Remove(run.Head.Id, out var seal))
            {
                return $"run {run.Head.Id} has no audit entry";
            }

            var purge = purges.GetValueOrDefault(run.Head.Id);
            if ((FaultInRun(database, run, seal, purge) ?? (purge is null ? EvidenceFileRows.FirstFault(database, run, evidence) : null)) is { } fault)
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

    static string? FaultInRun(Database database, RunRow run, RunSeal seal, SealedPurge? purge)
    {
        foreach (var table in RunTable.All)
        {
            var isPurged = purge is not null && table == EvidenceRows.Table;
            if (table.DigestOf(database, run.Number) != (isPurged ? RowDigest.OfNothing : seal.Of(table)))
            {
                return $"run {run.Head.Id}: its rows in table {table.Name} are not those that were recorded";
            }
        }

        if (purge is not null && purge.Payload.Evidence != seal.Of(EvidenceRows.Table))
        {
            return $"run {run.Head.Id}: what was purged is not what was recorded";
        }

        return seal.Closing != run.ClosingHash || seal.Key != run.Head.Key
            || seal.Document != DocumentRows.Sha256(database, run.Number)
            ? $"run {run.Head.Id}: its key, closing hash or document is not what the audit entry says"
            : null;
    }
}
