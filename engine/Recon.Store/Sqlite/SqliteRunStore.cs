// The store in one SQLite file: nothing to install, nothing to serve.
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

/// <summary>Keeps runs in one SQLite file (write-ahead log, synced at every commit), with its locks beside it.</summary>
/// <remarks>Any number of processes may open the same file; the threads that share one instance wait for each other.</remarks>
public sealed class SqliteRunStore : IRunStore
{
    readonly Lock _turn = new();

    SqliteRunStore(Database database) => Database = database;

    internal Database Database { get; }

    /// <summary>Opens the store of this path; makes it, and brings an older one up to date, where that is needed.</summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>: the store is newer than this engine, is no store, was emptied, or cannot be written.
    /// </exception>
    public static SqliteRunStore Open(string path)
    {
        path = Path.GetFullPath(path);
        Database? database = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DemandNotEmptied(path);
            database = Database.Connect(path);
            Schema.BringUpToDate(database);
            database.Execute("PRAGMA synchronous = FULL");
            // 16 MiB of pages: what a run writes is appended, so pages that leave the cache are not asked for again.
            database.Execute("PRAGMA cache_size = -16384");
            return new SqliteRunStore(database);
        }
        catch (Exception fault)
        {
            database?.Dispose();
            throw fault switch
            {
                SqliteException sqlite => StorageFault.Of(sqlite, path),
                IOException or UnauthorizedAccessException =>
                    new ReconException($"{path}: {fault.Message}", FaultKind.Storage, inner: fault),
                _ => fault,
            };
        }
    }

    /// <summary>Opens a store to read it, also where it cannot be written: on a disk that is read-only nobody writes.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: as <see cref="Open"/>, or the store would first have to be written.</exception>
    public static SqliteRunStore OpenToRead(string path)
    {
        try
        {
            return Open(path);
        }
        catch (ReconException fault) when (StorageFault.IsOfRights(fault))
        {
            return OpenUnchanging(Path.GetFullPath(path), fault);
        }
    }

    /// <summary>True where nothing has become of the file yet: who made it was killed before it was a store, or it was emptied.</summary>
    public static bool IsBlank(string path) => new FileInfo(path) is { Exists: true, Length: 0 };

    // Dates are claimed in a store that is whole, so a blank file with claims beside it was one. SQLite would delete its log, too.
    static void DemandNotEmptied(string path)
    {
        if (IsBlank(path) && LockFile.NamesTaken(path).Any(name => name != Schema.Lock))
        {
            throw StorageFault.Damaged(
                path, "the file is empty, but dates were run in it: restore it from a backup; to begin without what was recorded "
                    + $"and posted, delete it and {Path.GetFileName(path)}.locks");
        }
    }

    static SqliteRunStore OpenUnchanging(string path, ReconException fault)
    {
        var log = new FileInfo($"{path}-wal");
        if (log is { Exists: true, Length: > 0 })
        {
            throw new ReconException(
                $"{path}: it may not be written here, and the last writes still stand in {log.Name}; open it once where it may be written",
                FaultKind.Storage, inner: fault);
        }

        Database? database = null;
        try
        {
            database = Database.ConnectUnchanging(path);
            Schema.DemandCurrent(database);
            return new SqliteRunStore(database);
        }
        catch (Exception failure)
        {
            database?.Dispose();
            throw failure is SqliteException sqlite ? StorageFault.Of(sqlite, path) : failure;
        }
    }

    public IDisposable Claim(string packId, DateOnly businessDate)
    {
        var date = StoreText.Of(businessDate);
        var name = StoreText.Sha256(System.Text.Encoding.UTF8.GetBytes($"{packId}\n{date}"))[..32];
        return LockFile.TryTake(Database.Path, name)
            ?? throw new ReconException(
                $"{packId} {date} is being run by another process", FaultKind.Busy, isTransient: true);
    }

    public OpeningState Opening(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
    {
        if (RunRows.NewestBefore(Database, packId, businessDate) is not { } run)
        {
            return OpeningState.Empty;
        }

        var chain = RunRows.Chain(Database, run.Number);
        return new OpeningState(
            run.ClosingHash,
            run.Head.Id,
            OpenItemRows.Read(Database, run.Number),
            SettledRows.Read(Database, chain),
            ClosingRows.Read(Database, chain));
    });

    public StoredRun? FindByKey(string runKey) => AskOfOneMoment(() => Load(RunRows.FindByKey(Database, runKey)));

    public int Revisions(string packId, DateOnly businessDate) =>
        Ask(() => RunRows.Revisions(Database, packId, businessDate));

    public StandingRun? Standing(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
        RunRows.StandingOf(Database, packId, businessDate) is not { } run ? null : new StandingRun(
            Load(run)!,
            RunRows.Chain(Database, run.Number) is [_, var opening, ..]
                ? OpenItemRows.Read(Database, opening).Select(item => item.Record).ToHashSet()
                : new HashSet<RecordId>()));

    public IReadOnlyDictionary<string, EarlierPosting> EarlierPostings(IReadOnlyCollection<string> keys) =>
        AskOfOneMoment(() => PostingRows.Earlier(Database, keys));

    public IReadOnlyDictionary<string, EarlierPosting> QueuedFor(IReadOnlyCollection<string> breakIds) =>
        AskOfOneMoment(() => PostingRows.QueuedFor(Database, breakIds));

    public IReadOnlyList<PostingOfDate> PostingsOfDate(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
    {
        var wanted = RunRows.OfDate(Database, packId, businessDate)
            .SelectMany(run => DocumentRows.Read(Database, run, new MatchEvidence([]), []).Posts
                .Where(post => post.State != PostingState.Withdrawn)
                .Select(post => new PostingOfDate(post, post.FirstRun ?? run.Head.Id)))
            .DistinctBy(entry => (entry.Posting.Key, entry.Posting.Effect, entry.Posting.State))
            .ToList();
        return PostingRows.NotHeldElsewhere(Database, wanted, packId, businessDate);
    });

    public IReadOnlyList<OutboxEntry> PostingsFor(string breakId) => AskOfOneMoment(() => PostingRows.OfBreak(Database, breakId));

    public StoredRun Record(RunSubmission submission) => Ask(() => RunWriter.Record(Database, submission));

    public bool Reinstate(string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by) =>
        Ask(() => ReinstatementRows.Add(Database, runId, mentions, at, by));

    public void RecordFailure(FailedAttempt attempt) => Ask(() =>
    {
        using var transaction = Database.BeginWrite();
        AuditRows.Append(
            Database, attempt.At, attempt.By, AuditChain.Action.AttemptFailed, AttemptPayload.Of(attempt));
        transaction.Commit();
        return true;
    });

    public IReadOnlyList<FailedAttempt> Failures(string? packId, int limit) =>
        Ask(() => AuditRows.Failures(Database, packId, limit));

    public IReadOnlyList<RunHead> Runs(string? packId, int limit) =>
        AskOfOneMoment(() => RunRows.Marked(Database, RunRows.NewestFirst(Database, packId, limit)).ConvertAll(run => run.Head));

    public IReadOnlyList<DateOnly> StaleAfter(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
        RunRows.OfPack(Database, packId).Select(run => run.Head).Where(run => run.BusinessDate > businessDate)
            .GroupBy(run => run.BusinessDate).Where(date => date.Last().IsStale).Select(date => date.Key).ToList());

    public StoredRun? FindRun(string idOrPrefix) => AskOfOneMoment(() => Load(RunRows.FindByPrefix(Database, idOrPrefix)));

    public BreakPage Breaks(BreakQuery query) => AskOfOneMoment(() => new BreakSearch(Database, query).Find());

    public StoredBreak? FindBreak(string idOrPrefix) => AskOfOneMoment(() =>
    {
        if (BreakRows.FindId(Database, idOrPrefix) is not { } id)
        {
            return null;
        }

        var (pack, life) = BreakRows.LifeOf(Database, id);
        return new PackRuns(RunRows.OfPack(Database, pack)).Told(Database, life);
    });

    public string? Verify() => Ask(() => Verification.FirstFault(Database));

    public void Dispose() => Database.Dispose();

    StoredRun? Load(RunRow? run) => run is null
        ? null
        : new StoredRun(
            RunRows.Marked(Database, [run])[0].Head,
            DocumentRows.Read(Database, run, EvidenceRows.Read(Database, run), BreakSegments.Read(Database, run)));

    /// <summary>A question of several queries: a run that is recorded meanwhile is in all of their answers, or in none.</summary>
    T AskOfOneMoment<T>(Func<T> question) => Ask(() =>
    {
        using var moment = Database.BeginRead();
        return question();
    });

    /// <summary>One call at a time; what SQLite says becomes a fault that names the file.</summary>
    T Ask<T>(Func<T> question)
    {
        lock (_turn)
        {
            try
            {
                return question();
            }
            catch (SqliteException fault)
            {
                throw StorageFault.Of(fault, Database.Path);
            }
        }
    }
}
