// One INSERT that is prepared once and run a hundred thousand times.
using Microsoft.Data.Sqlite;
using Recon.Store.Rows;
using SQLitePCL;

namespace Recon.Store.Sqlite;

/// <remarks>Speaks to SQLite without ADO.NET, whose parameters cost more than the insert.</remarks>
sealed class SqliteBulkInsert : IBulkInsert
{
    readonly sqlite3 _connection;
    readonly sqlite3_stmt _statement;

    public SqliteBulkInsert(sqlite3 connection, RunTable table)
    {
        _connection = connection;
        var (names, marks) = (table.ColumnNames, string.Join(", ", table.Columns.Select(_ => "?")));
        Check(raw.sqlite3_prepare_v2(connection, $"INSERT INTO {table.Name} ({names}) VALUES ({marks})", out _statement));
    }

    public void Null(int place) => Check(raw.sqlite3_bind_null(_statement, place + 1));

    public void Number(int place, long number) => Check(raw.sqlite3_bind_int64(_statement, place + 1, number));

    /// <remarks>A span of nothing has no address, and no address would be NULL.</remarks>
    public void Text(int place, string text, ReadOnlySpan<byte> utf8) => Check(
        utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, place + 1, "") : raw.sqlite3_bind_text(_statement, place + 1, utf8));

    public void Bytes(int place, byte[] bytes) => Check(
        bytes.Length == 0 ? raw.sqlite3_bind_zeroblob(_statement, place + 1, 0) : raw.sqlite3_bind_blob(_statement, place + 1, bytes));

    /// <summary>Inserts what is bound.</summary>
    public void Next()
    {
        var step = raw.sqlite3_step(_statement);
        var reset = raw.sqlite3_reset(_statement);
        if (step != raw.SQLITE_DONE)
        {
            Check(reset);
        }
    }

    public void Complete()
    {
    }

    public void Dispose() => _statement.Dispose();

    void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
