// A database of a test's own, on each server that there is.
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using Recon.Model;
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Sources.Databases;

sealed class TestDatabase : IDisposable
{
    readonly DirectoryInfo? _folder;

    TestDatabase(Connection connection, DirectoryInfo? folder) => (Connection, _folder) = (connection, folder);

    public Connection Connection { get; }

    public DatabaseServer Server => Connection.Server;

    /// <summary>An empty database; where the server is not to be had, the test is skipped with the reason.</summary>
    public static TestDatabase OrSkip(DatabaseServer server)
    {
        switch (server)
        {
            case DatabaseServer.Sqlite:
                var folder = Directory.CreateTempSubdirectory("recon-database-");
                var database = new TestDatabase(new Connection("LEDGER", server, Path.Combine(folder.FullName, "ledger.db")), folder);
                database.Execute("PRAGMA journal_mode = WAL");
                return database;
            case DatabaseServer.PostgreSql:
                return new TestDatabase(new Connection("LEDGER", server, PostgresServer.OrSkip().NewDatabase()), folder: null);
            case DatabaseServer.SqlServer:
                return new TestDatabase(new Connection("LEDGER", server, Named("RECON_TEST_SQLSERVER")), folder: null);
            default:
                return new TestDatabase(new Connection("LEDGER", server, Named("RECON_TEST_MYSQL")), folder: null);
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

    public void Dispose() => _folder?.Delete(recursive: true);

    static string Named(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(text), $"{variable} names no server");
        return text!;
    }

    DbConnection Opened()
    {
        DbConnection connection = Server switch
        {
            DatabaseServer.Sqlite => new SqliteConnection($"Data Source={Connection.Text};Pooling=false"),
            DatabaseServer.PostgreSql => new NpgsqlConnection($"{Connection.Text};Pooling=false"),
            DatabaseServer.SqlServer => new SqlConnection(Connection.Text),
            _ => new MySqlConnection(Connection.Text),
        };
        connection.Open();
        return connection;
    }
}
