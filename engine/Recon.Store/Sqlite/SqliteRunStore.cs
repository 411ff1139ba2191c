// The store in one SQLite file: nothing to install, nothing to serve.
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Store.Evidence;

namespace Recon.Store.Sqlite;

/// <summary>Keeps runs in one SQLite file (write-ahead log, synced at every commit), with its locks beside it.</summary>
/// <remarks>Any number of processes may open the same file; the threads that share one instance wait for each other.</remarks>
public sealed class SqliteRunStore : RunStore
{
    readonly SqliteDatabase _database;

    SqliteRunStore(SqliteDatabase database)
        : base(database) => (_database, Evidence) = (database, EvidencePlace.Beside(database.Path));

    /// <summary>Opens the store of this path; makes it, and brings an older one up to date, where that is needed.</summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>: the store is newer than this engine, is no store, was emptied, or cannot be written.
    /// </exception>
    public static SqliteRunStore Open(string path)
    {
        path = Path.GetFullPath(path);
        SqliteDatabase? database = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DemandNotEmptied(path);
            database = SqliteDatabase.Connect(path);
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
                SqliteException sqlite => SqliteFault.Of(sqlite, path),
                IOException or UnauthorizedAccessException =>
                    new ReconException($"{path}: {fault.Message}", FaultKind.Storage, inner: fault),
                _ => fault,
            };
        }
    }

    /// <summary>A copy of one moment of a store, which may be in use.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: it is no store, or the copy cannot be written.</exception>
    public static void Copy(string path, string copy)
    {
        try
        {
            using var database = SqliteDatabase.Connect(Path.GetFullPath(path));
            using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ConnectionString);
            target.Open();
            database.CopyTo(target);
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Of(fault, path);
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
        catch (ReconException fault) when (SqliteFault.IsOfRights(fault))
        {
            return OpenUnchanging(Path.GetFullPath(path), fault);
        }
    }

    /// <summary>The schema of the store of this path, which need not be there; nothing is changed.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the store is newer than this engine, or is no store.</exception>
    public static SchemaStatus SchemaOf(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path) || IsBlank(path))
        {
            return Schema.Unmade;
        }

        try
        {
            using var database = SqliteDatabase.Connect(path);
            return Schema.StatusOf(database);
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Of(fault, path);
        }
    }

    /// <summary>True where nothing has become of the file yet: who made it was killed before it was a store, or it was emptied.</summary>
    public static bool IsBlank(string path) => new FileInfo(path) is { Exists: true, Length: 0 };

    // Dates are claimed in a store that is whole, so a blank file with claims beside it was one. SQLite would delete its log, too.
    static void DemandNotEmptied(string path)
    {
        if (IsBlank(path) && LockFile.NamesTaken(path).Any(name => name != Schema.Lock))
        {
            throw SqliteFault.Damaged(
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

        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.ConnectUnchanging(path);
            Schema.DemandCurrent(database);
            return new SqliteRunStore(database);
        }
        catch (Exception failure)
        {
            database?.Dispose();
            throw failure is SqliteException sqlite ? SqliteFault.Of(sqlite, path) : failure;
        }
    }

    public override IDisposable Claim(string packId, DateOnly businessDate)
    {
        var date = StoreText.Of(businessDate);
        var name = StoreText.Sha256(System.Text.Encoding.UTF8.GetBytes($"{packId}\n{date}"))[..32];
        return LockFile.TryTake(_database.Path, name)
            ?? throw new ReconException(
                $"{packId} {date} is being run by another process", FaultKind.Busy, isTransient: true);
    }
}
