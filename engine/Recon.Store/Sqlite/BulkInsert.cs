// One INSERT that is prepared once and run a hundred thousand times.
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Recon.Store.Sqlite;

/// <summary>Values are bound by place, from 1, in the order in which the text first names their parameters.</summary>
/// <remarks>Speaks to SQLite without ADO.NET, whose parameters cost more than the insert.</remarks>
sealed class BulkInsert : IDisposable
{
    readonly sqlite3 _connection;
    readonly sqlite3_stmt _statement;

    public BulkInsert(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection, sql, out _statement));
    }

    public void Null(int place) => Check(raw.sqlite3_bind_null(_statement, place));

    public void Number(int place, long number) => Check(raw.sqlite3_bind_int64(_statement, place, number));

    /// <remarks>A span of nothing has no address, and no address would be NULL.</remarks>
    public void Text(int place, ReadOnlySpan<byte> utf8) => Check(
        utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, place, "") : raw.sqlite3_bind_text(_statement, place, utf8));

    public void Bytes(int place, ReadOnlySpan<byte> bytes) => Check(
        bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, place, 0) : raw.sqlite3_bind_blob(_statement, place, bytes));

    /// <summary>Inserts what is bound.</summary>
    public void Execute()
    {
        var step = raw.sqlite3_step(_statement);
        var reset = raw.sqlite3_reset(_statement);
        if (step != raw.SQLITE_DONE)
        {
            Check(reset);
        }
    }

    public void Dispose() => _statement.Dispose();

    void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
