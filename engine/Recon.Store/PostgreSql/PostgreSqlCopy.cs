// Rows in bulk by COPY in its binary form.
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Recon.Store.Rows;
using Recon.Store.Servers;

namespace Recon.Store.PostgreSql;

sealed class PostgreSqlCopy(NpgsqlConnection connection, RunTable table) : IBulkInsert
{
    readonly NpgsqlBinaryImporter _rows =
        connection.BeginBinaryImport($"COPY {table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)");

    bool _isInRow;
    string _dateText = "";
    DateOnly _date;

    public void Null(int place)
    {
        Begin();
        _rows.WriteNull();
    }

    public void Number(int place, long number)
    {
        Begin();
        _rows.Write(number, NpgsqlDbType.Bigint);
    }

    public void Text(int place, string text, ReadOnlySpan<byte> utf8)
    {
        Begin();
        switch (table.Columns[place].Kind)
        {
            case ColumnKind.Date:
                _rows.Write(Date(text), NpgsqlDbType.Date);
                break;
            case ColumnKind.Moment:
                _rows.Write(StoreText.MomentOf(text), NpgsqlDbType.TimestampTz);
                break;
            default:
                _rows.Write(ServerText.Write(text), NpgsqlDbType.Text);
                break;
        }
    }

    public void Bytes(int place, byte[] bytes)
    {
        Begin();
        _rows.Write(bytes, NpgsqlDbType.Bytea);
    }

    public void Next() => _isInRow = false;

    public void Complete() => _rows.Complete();

    public void Dispose() => _rows.Dispose();

    void Begin()
    {
        if (!_isInRow)
        {
            _rows.StartRow();
            _isInRow = true;
        }
    }

    // Neighbours mostly have one day, and share its text.
    DateOnly Date(string text)
    {
        if (!ReferenceEquals(text, _dateText))
        {
            (_dateText, _date) = (text, DateOnly.ParseExact(text, StoreText.DateFormat, CultureInfo.InvariantCulture));
        }

        return _date;
    }
}
