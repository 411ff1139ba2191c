// Removes matches that a policy does not keep: run by run, each with its entry in the audit chain.
using Recon.Model;
using Recon.Store.Evidence;
using Recon.Store.Rows;

namespace Recon.Store.Purging;

/// <summary>
/// Only matches go. Open items, breaks, postings and their keys, what was settled, the documents of runs and the audit chain are no
/// evidence and stay for ever; so does the newest run of each pack. A purge that was interrupted is completed by the next.
/// </summary>
public sealed class EvidencePurge(RunStore store, Retention retention)
{
    readonly Lazy<Dictionary<string, RunSeal>> _seals = new(() => store.AskOfOneMoment(() => SealsOf(store.Database)));

    /// <summary>The runs that the policy does not keep on this day, by pack, date and revision, with what their matches take.</summary>
    public IReadOnlyList<PurgedRun> Find(DateOnly date) => store.AskOfOneMoment(() =>
    {
        var purged = PurgeRows.All(store.Database).Select(purge => purge.Number).ToHashSet();
        return (retention.Packs.Count > 0 ? retention.Packs : RunRows.PackIds(store.Database).Except(retention.Others, StringComparer.Ordinal))
            .SelectMany(pack => retention.Past(RunRows.OfPack(store.Database, pack), run => run.Head, date))
            .Where(run => !purged.Contains(run.Number))
            .Select(run => new PurgedRun(run.Head, PurgeRows.BytesOf(store.Database, run.Number)))
            .ToList();
    });

    /// <summary>Packs that the policy names and no run is of.</summary>
    public IReadOnlyList<string> Unknown() =>
        [.. retention.Packs.Except(store.AskOfOneMoment(() => RunRows.PackIds(store.Database)), StringComparer.Ordinal)];

    /// <summary>Removes the matches of one run. What says who did it, when, by which policy and what it was is written in the same transaction.</summary>
    /// <returns>False where they were removed already.</returns>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>: what is there is not what was recorded, so that it is kept to be looked at; or the store refuses.
    /// </exception>
    public bool Purge(PurgedRun run, DateTimeOffset at, string by)
    {
        var seal = _seals.Value[run.Run.Id];
        var isPurged = store.Ask(() => PurgeRows.Add(store.Database, run.Run.Id, seal, retention.Policy, at, by, store.Evidence));
        RemoveFiles(run.Run.Id);
        return isPurged;
    }

    /// <summary>True where the fault is of what one run left, and not of the store.</summary>
    public static bool IsOfRun(ReconException fault) => fault is { InnerException: null, Kind: FaultKind.Storage, IsTransient: false };

    /// <summary>Deletes files that nobody needs any more: of runs that were purged, and of tries that no run was recorded of.</summary>
    /// <returns>How many were deleted, and how many may not be.</returns>
    public (int Deleted, int Left) RemoveLeftovers()
    {
        if (store.Evidence is not { } place)
        {
            return default;
        }

        var (files, attempts) = store.AskOfOneMoment(() => (
            PurgeRows.All(store.Database).SelectMany(purge => EvidenceFileRows.OfRun(store.Database, purge.Number)).ToList(),
            AttemptRows.WithoutRun(store.Database)));
        var paths = files.Select(file => file.PathIn(place.Folder)).Where(File.Exists).ToList();
        var deleted = paths.Count(EvidenceFiles.Delete);
        return (deleted + attempts.Sum(attempt => RemoveUnclaimed(place, attempt)), paths.Count - deleted);
    }

    // Who has claimed the date may be writing them.
    int RemoveUnclaimed(EvidencePlace place, EvidenceAttempt attempt)
    {
        if (attempt.FilesIn(place.Folder).Count == 0)
        {
            return 0;
        }

        try
        {
            using var claim = store.Claim(attempt.PackId, attempt.BusinessDate);
            return store.Ask(() => AttemptRows.WithoutRun(store.Database, attempt.PackId, attempt.BusinessDate)).Contains(attempt)
                ? EvidenceFiles.Remove(place.Folder, attempt)
                : 0;
        }
        catch (ReconException fault) when (fault.Kind == FaultKind.Busy)
        {
            return 0;
        }
    }

    void RemoveFiles(string run)
    {
        if (store.Evidence is { } place)
        {
            var files = store.Ask(() => EvidenceFileRows.OfRun(store.Database, RunRows.FindById(store.Database, run)!.Number));
            files.ForEach(file => EvidenceFiles.Delete(file.PathIn(place.Folder)));
        }
    }

    static Dictionary<string, RunSeal> SealsOf(Database database)
    {
        var seals = new Dictionary<string, RunSeal>(StringComparer.Ordinal);
        AuditRows.ForEach(database, entry =>
        {
            if (entry.Action == AuditChain.Action.RunRecorded && RunSeal.Read(entry.Payload) is { } seal)
            {
                seals.TryAdd(seal.Run, seal);
            }
        });
        return seals;
    }
}
