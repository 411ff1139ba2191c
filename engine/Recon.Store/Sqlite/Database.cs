// One connection to a store's file: prepares statements for bulk, opens transactions, reads rows by Dapper.
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Recon.Store.Sqlite;

sealed class Database : IDisposable
{
    /// <summary>30 s: how long a call waits for another process that writes.</summary>
    const int WaitSeconds = 30;

    readonly SqliteConnection _connection;

    Database(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    public string Path { get; }

    /// <summary>No pool: a disposed store holds no file.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = WaitSeconds,
    }.ToString();

    public static Database Connect(string path) => Connect(path, ConnectionString(path));

    /// <summary>For a disk to which nobody can write: SQLite takes no lock and makes no file beside the store.</summary>
    public static Database ConnectUnchanging(string path) => Connect(path, new SqliteConnectionStringBuilder
    {
        DataSource = $"file:{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    static Database Connect(string path, string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return new Database(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes the right to write at once, so that what is read before writing still holds when it is written.</summary>
    public SqliteTransaction BeginWrite() => _connection.BeginTransaction(deferred: false);

    /// <summary>All that is read until the end is of one moment.</summary>
    public SqliteTransaction BeginRead() => _connection.BeginTransaction(deferred: true);

    public Statement Prepare(string sql) => new(this, _connection.CreateCommand(), sql);

    public BulkInsert PrepareBulk(string sql) => new(_connection.Handle!, sql);

    public void Execute(string sql, params ReadOnlySpan<object?> values) => _connection.Execute(sql, Named(sql, values));

    public List<T> All<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Read(sql, values);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(new Row(reader, Path)));
        }

        return rows;
    }

    public T? FirstOrNull<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Read(sql, values);
        return reader.Read() ? read(new Row(reader, Path)) : null;
    }

    public void Dispose() => _connection.Dispose();

    DbDataReader Read(string sql, ReadOnlySpan<object?> values) =>
        (DbDataReader)_connection.ExecuteReader(sql, Named(sql, values));

    // Values stand in the order in which the text first names their parameters.
    static DynamicParameters Named(string sql, ReadOnlySpan<object?> values)
    {
        var names = Statement.ParameterNames(sql);
        var parameters = new DynamicParameters();
        for (var i = 0; i < values.Length; i++)
        {
            parameters.Add(names[i], values[i]);
        }

        return parameters;
    }
}
