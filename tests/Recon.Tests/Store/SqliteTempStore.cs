// A store in a file, in a directory of its own.
using Recon.Store.Schedules;
using Recon.Store.Sqlite;

namespace Recon.Tests.Store;

sealed class SqliteTempStore : TempStore
{
    readonly string _folder = Directory.CreateTempSubdirectory("recon-store-").FullName;

    public SqliteTempStore() => Path = System.IO.Path.Combine(_folder, "recon.db");

    public string Path { get; }

    public override SqliteRunStore Open() => SqliteRunStore.Open(Path);

    public override ScheduleStore Schedule()
    {
        Open().Dispose();
        return ScheduleStore.InFile(Path);
    }

    public override void Tamper(string sql, params object?[] values)
    {
        using var database = SqliteDatabase.Connect(Path);
        database.Execute("PRAGMA foreign_keys = OFF");
        database.Execute(sql, values);
    }

    public override TempStore Another() => new SqliteTempStore();

    public override void Dispose() => Directory.Delete(_folder, recursive: true);
}
