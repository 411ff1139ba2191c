// One connection to a store's file.
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Store.Rows;

namespace Recon.Store.Sqlite;

sealed class SqliteDatabase : Database
{
    /// <summary>30 s: how long a call waits for another process that writes.</summary>
    const int WaitSeconds = 30;

    static readonly Lazy<SqlTexts> Texts = new(() => new SqlTexts("Sqlite/Sqlite.sql"));

    readonly SqliteConnection _connection;

    SqliteDatabase(string path, SqliteConnection connection)
        : base(path, Texts.Value) => _connection = connection;

    public string Path => Name;

    protected override DbConnection Connection => _connection;

    /// <summary>Page by page, as of one moment.</summary>
    public void CopyTo(SqliteConnection target) => _connection.BackupDatabase(target);

    /// <summary>No pool: a disposed store holds no file.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = WaitSeconds,
    }.ToString();

    public static SqliteDatabase Connect(string path) => Connect(path, ConnectionString(path));

    /// <summary>For a disk to which nobody can write: SQLite takes no lock and makes no file beside the store.</summary>
    public static SqliteDatabase ConnectUnchanging(string path) => Connect(path, new SqliteConnectionStringBuilder
    {
        DataSource = $"file:{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    static SqliteDatabase Connect(string path, string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return new SqliteDatabase(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override IBulkInsert Bulk(RunTable table) => new SqliteBulkInsert(_connection.Handle!, table);

    public override void Bind(DbParameter parameter, object? value) => parameter.Value = value switch
    {
        null or NoMoment => DBNull.Value,
        DateOnly date => StoreText.Of(date),
        DateTimeOffset moment => StoreText.Of(moment),
        _ => value,
    };

    public override ReconException FaultOf(DbException fault) => SqliteFault.Of((SqliteException)fault, Path);

    public override string? OwnFault()
    {
        var found = All(Sql["store.integrity"], row => row.Text(0))[0];
        if (found != "ok")
        {
            return $"the file is damaged: {found}";
        }

        var orphan = FirstOrNull(Sql["store.orphans"], row => row.Text(0));
        return orphan is null ? null : $"table {orphan} has rows of a run that is not there";
    }

    /// <summary>Takes the right to write at once.</summary>
    protected override DbTransaction BeginWriting() => _connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);

    protected override DbTransaction BeginReading() => _connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
}
