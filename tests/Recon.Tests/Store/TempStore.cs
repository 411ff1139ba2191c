// A store in a directory of its own, gone when the test is over.
using Recon.Store.Sqlite;

namespace Recon.Tests.Store;

sealed class TempStore : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("recon-store-").FullName;

    public TempStore() => Path = System.IO.Path.Combine(_folder, "recon.db");

    public string Path { get; }

    public SqliteRunStore Open() => SqliteRunStore.Open(Path);

    /// <summary>Runs SQL on the closed store, past the engine.</summary>
    public void Tamper(string sql, params object?[] values)
    {
        using var database = Database.Connect(Path);
        database.Execute("PRAGMA foreign_keys = OFF");
        database.Execute(sql, values);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
