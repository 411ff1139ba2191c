// Rows in bulk by SqlBulkCopy, inside the transaction of the run.
using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Recon.Store.Rows;
using Recon.Store.Servers;

namespace Recon.Store.SqlServer;

/// <remarks>It pulls rows where a run pushes them, so they are held until there are enough for one batch.</remarks>
sealed class SqlServerBulk : IBulkInsert
{
    const int BatchRows = 20_000;
    const int BatchBytes = 8 << 20;

    readonly SqlBulkCopy _copy;
    readonly RunTable _table;
    readonly DataTable _batch = new() { Locale = CultureInfo.InvariantCulture };
    readonly object?[] _row;
    int _bytes;

    public SqlServerBulk(SqlConnection connection, SqlTransaction? transaction, RunTable table)
    {
        (_table, _row) = (table, new object?[table.Columns.Count]);
        _copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.Default, transaction) { DestinationTableName = table.Name, BulkCopyTimeout = 0 };
        foreach (var column in table.Columns)
        {
            _copy.ColumnMappings.Add(column.Name, column.Name);
            _batch.Columns.Add(column.Name, TypeOf(column.Kind));
        }
    }

    public void Null(int place) => _row[place] = DBNull.Value;

    public void Number(int place, long number) => _row[place] = number;

    public void Text(int place, string text, ReadOnlySpan<byte> utf8) => _row[place] = _table.Columns[place].Kind switch
    {
        ColumnKind.Date => DateTime.ParseExact(text, StoreText.DateFormat, CultureInfo.InvariantCulture),
        ColumnKind.Moment => StoreText.MomentOf(text),
        _ => ServerText.Write(text),
    };

    public void Bytes(int place, byte[] bytes)
    {
        _row[place] = bytes;
        _bytes += bytes.Length;
    }

    public void Next()
    {
        _batch.Rows.Add(_row);
        if (_batch.Rows.Count == BatchRows || _bytes > BatchBytes)
        {
            Complete();
        }
    }

    public void Complete()
    {
        _copy.WriteToServer(_batch);
        _batch.Clear();
        _bytes = 0;
    }

    public void Dispose()
    {
        ((IDisposable)_copy).Dispose();
        _batch.Dispose();
    }

    static Type TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => typeof(long),
        ColumnKind.Bytes => typeof(byte[]),
        ColumnKind.Date or ColumnKind.Moment => typeof(DateTime),
        _ => typeof(string),
    };
}
