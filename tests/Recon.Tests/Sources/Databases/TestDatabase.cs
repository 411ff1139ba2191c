// A database of a test's own, on each server that there is.
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using Recon.Model;
using Recon.Tests.Servers;

namespace Recon.Tests.Sources.Databases;

sealed class TestDatabase : IDisposable
{
    readonly Action? _drop;

    TestDatabase(DatabaseServer server, string text, Action? drop) => (Connection, _drop) = (new Connection("LEDGER", server, text), drop);

    public Connection Connection { get; }

    public DatabaseServer Server => Connection.Server;

    /// <summary>What columns are declared as on this server: text, days, moments, and what says that a text is Unicode.</summary>
    public (string Text, string Date, string Moment, string Unicode) Words => Server switch
    {
        DatabaseServer.Sqlite => ("TEXT", "TEXT", "TEXT", ""),
        DatabaseServer.PostgreSql => ("text", "date", "timestamptz", ""),
        DatabaseServer.SqlServer => ("nvarchar(99)", "date", "datetimeoffset", "N"),
        _ => ("varchar(99)", "date", "timestamp(6)", ""),
    };

    /// <summary>An empty database; where the server is not to be had, the test is skipped with the reason.</summary>
    public static TestDatabase OrSkip(DatabaseServer server) => server switch
    {
        DatabaseServer.Sqlite => InFile(),
        DatabaseServer.PostgreSql => new TestDatabase(server, PostgresServer.OrSkip().NewDatabase(), drop: null),
        DatabaseServer.SqlServer => OnSqlServer(allowsSnapshots: true),
        _ => new TestDatabase(server, MariaDbServer.OrSkip().NewDatabase(), drop: null),
    };

    /// <summary>An empty database of SQL Server, whose administrator allows snapshots or does not.</summary>
    public static TestDatabase OnSqlServer(bool allowsSnapshots)
    {
        var (server, name) = (SqlServerForTests.OrSkip(), $"recon_test_{Guid.NewGuid():N}");
        OnServer($"CREATE DATABASE {name}");
        OnServer($"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION {(allowsSnapshots ? "ON" : "OFF")}");
        return new TestDatabase(
            DatabaseServer.SqlServer, new SqlConnectionStringBuilder(server) { InitialCatalog = name, Pooling = false }.ConnectionString,
            () => OnServer($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}"));

        void OnServer(string sql)
        {
            using var connection = new SqlConnection(server);
            connection.Open();
            using var command = new SqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Runs statements as somebody who may do everything.</summary>
    public void Execute(string sql)
    {
        using var connection = Opened();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _drop?.Invoke();

    static TestDatabase InFile()
    {
        var folder = Directory.CreateTempSubdirectory("recon-database-");
        var database = new TestDatabase(DatabaseServer.Sqlite, Path.Combine(folder.FullName, "ledger.db"), () => folder.Delete(recursive: true));
        database.Execute("PRAGMA journal_mode = WAL");
        return database;
    }

    DbConnection Opened()
    {
        DbConnection connection = Server switch
        {
            DatabaseServer.Sqlite => new SqliteConnection($"Data Source={Connection.Text};Pooling=false"),
            DatabaseServer.PostgreSql => new NpgsqlConnection($"{Connection.Text};Pooling=false"),
            DatabaseServer.SqlServer => new SqlConnection(Connection.Text),
            _ => new MySqlConnection($"{Connection.Text};Pooling=false"),
        };
        connection.Open();
        return connection;
    }
}
