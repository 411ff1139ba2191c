// Purges of matches as rows, each sealed in the audit chain with the hashes of what it removed.
using Recon.Model;
using Recon.Runs.Results;
using Recon.Store.Evidence;

namespace Recon.Store.Rows;

/// <summary>A purge as its row has it.</summary>
/// <param name="Number">Of the run.</param>
sealed record PurgeRow(long Number, string Run, DateTimeOffset At, string By, string Policy, int Matches, long Bytes)
{
    public PurgedMatches Told => new(Policy, At, By, Matches);
}

/// <summary>A purge as the audit chain has it.</summary>
sealed record SealedPurge(AuditEntry Entry, PurgePayload Payload)
{
    /// <summary>By run. An entry that is none, or the second about a run, stands under its own number: no row has that.</summary>
    public static Dictionary<string, SealedPurge> In(IEnumerable<AuditEntry> entries)
    {
        var purges = new Dictionary<string, SealedPurge>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var payload = PurgePayload.Read(entry.Payload);
            purges.TryAdd(payload is null || purges.ContainsKey(payload.Run) ? $"entry {entry.Seq}" : payload.Run, new SealedPurge(entry, payload!));
        }

        return purges;
    }
}

static class PurgeRows
{
    /// <summary>Removes the matches of a run from the store; its files, if it has some, may be deleted afterwards. False where it was done before.</summary>
    /// <exception cref="ReconException">What is there is not what was recorded.</exception>
    public static bool Add(
        Database database, string runId, RunSeal seal, string policy, DateTimeOffset at, string by, EvidencePlace? place)
    {
        using var transaction = database.BeginWrite();
        var run = RunRows.FindById(database, runId)!;
        if (Of(database, run.Number) is not null)
        {
            return false;
        }

        var rows = EvidenceRows.Table.DigestOf(database, run.Number);
        if (rows != seal.Of(EvidenceRows.Table) || EvidenceFileRows.Table.DigestOf(database, run.Number) != seal.Of(EvidenceFileRows.Table))
        {
            throw database.Damaged($"run {runId}: its matches are not those that were recorded, and were not purged; see 'recon audit verify'");
        }

        if (EvidenceFileRows.FirstFault(database, run, place) is { } fault)
        {
            throw database.Damaged($"{fault}; it was not purged");
        }

        var files = EvidenceFileRows.OfRun(database, run.Number);
        var payload = new PurgePayload(
            runId, policy, run.Head.Matches, BytesOf(database, run.Number), rows, [.. files.Select(file => new PurgedFile(file.Name, file.Sha256))]);
        database.Execute(database.Sql["evidence.purge"], run.Number);
        database.Execute(database.Sql["purges.add"], run.Number, at, by, policy, payload.Matches, payload.Bytes);
        AuditRows.Append(database, at, by, AuditChain.Action.EvidencePurged, payload.Write());
        transaction.Commit();
        return true;
    }

    /// <summary>In the order of their runs.</summary>
    public static List<PurgeRow> All(Database database) => database.All(database.Sql["purges.all"], Read);

    /// <summary>Null where the matches of the run were not purged.</summary>
    public static PurgeRow? Of(Database database, long run) => database.FirstOrNull(database.Sql["purges.of_run"], Read, run);

    /// <summary>What the matches of a run take, in the store and in files.</summary>
    public static long BytesOf(Database database, long run) =>
        database.All(database.Sql["evidence.bytes"], row => row.Number(0), run)[0] + EvidenceFileRows.OfRun(database, run).Sum(file => file.Bytes);

    /// <summary>Null where the rows are what the audit chain says, value by value.</summary>
    /// <param name="recorded">The chain's entries about purges.</param>
    public static string? FirstFault(Database database, IReadOnlyDictionary<string, SealedPurge> recorded)
    {
        var rows = All(database);
        return rows.Count == recorded.Count && rows.TrueForAll(row => recorded.TryGetValue(row.Run, out var said)
            && (said.Entry.At, said.Entry.Who) == (StoreText.Of(row.At), row.By)
            && (said.Payload.Policy, said.Payload.Matches, said.Payload.Bytes) == (row.Policy, row.Matches, row.Bytes))
            ? null
            : "the purges of matches are not those that were recorded";
    }

    static PurgeRow Read(Row row) => new(
        row.Number(0), row.Text(1), row.Moment(2), row.Text(3), row.Text(4), row.Int(5), row.Number(6));
}
