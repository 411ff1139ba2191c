// Writes what MySqlConnector reads as text, exactly, value by value.
using System.Globalization;
using MySqlConnector;
using Recon.Model.Rules;

namespace Recon.Sources.Databases.MySql;

/// <summary>
/// Days and moments are ISO 8601 without zeros at the end, a <c>TIMESTAMP</c> in UTC. A date that no calendar has (<c>0000-00-00</c>) is a
/// reject where a field reads it.
/// </summary>
sealed class MySqlCells(MySqlDataReader reader, IReadOnlyList<bool> isWanted) : AnswerCells
{
    const string DateFormat = "yyyy-MM-dd";
    const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFF";
    const string MomentFormat = "yyyy-MM-dd HH:mm:ss.FFFFFF+00";

    readonly Action<AnswerRows, int>[] _writers = [.. Enumerable.Range(0, reader.FieldCount).Select(i => WriterOf(reader, i))];

    public static SqlType TypeOf(string name) => name.Split('(', ' ')[0].ToUpperInvariant() switch
    {
        "TINYINT" or "SMALLINT" or "MEDIUMINT" or "INT" or "BIGINT" or "YEAR" or "BIT" or "BOOL" => SqlType.Integer,
        "DECIMAL" => SqlType.Decimal,
        "FLOAT" or "DOUBLE" => SqlType.Float,
        "DATE" => SqlType.Date,
        "DATETIME" => SqlType.Timestamp,
        "TIMESTAMP" => SqlType.Instant,
        "BINARY" or "VARBINARY" or "TINYBLOB" or "BLOB" or "MEDIUMBLOB" or "LONGBLOB" or "GEOMETRY" => SqlType.Binary,
        "NULL" => SqlType.Unknown,
        _ => SqlType.Text,
    };

    public override void Write(AnswerRows rows)
    {
        for (var i = 0; i < _writers.Length; i++)
        {
            if (reader.IsDBNull(i))
            {
                rows.Null();
            }
            else
            {
                Write(i, rows);
            }
        }
    }

    void Write(int i, AnswerRows rows)
    {
        try
        {
            _writers[i](rows, i);
        }
        catch (Exception fault) when (fault is InvalidCastException or ArgumentOutOfRangeException)
        {
            // What the driver says of a date that none of .NET's types can hold.
            if (isWanted[i])
            {
                rows.Refuse($"{reader.GetName(i)}: a date that no calendar has, such as 0000-00-00; write nullif({reader.GetName(i)}, '0000-00-00')");
            }

            rows.Null();
        }
    }

    static Action<AnswerRows, int> WriterOf(MySqlDataReader reader, int column)
    {
        var (type, name) = (reader.GetFieldType(column), reader.GetDataTypeName(column));
        return TypeOf(name) switch
        {
            SqlType.Decimal => (rows, i) => rows.CellOf(reader.GetMySqlDecimal(i).ToString()),
            SqlType.Date => (rows, i) => rows.CellOf(reader.GetDateTime(i), DateFormat),
            SqlType.Timestamp => (rows, i) => rows.CellOf(reader.GetDateTime(i), TimeFormat),
            SqlType.Instant => (rows, i) => rows.CellOf(reader.GetDateTime(i), MomentFormat),
            SqlType.Float => (rows, i) => rows.CellOf(reader.GetDouble(i)),
            SqlType.Integer when type == typeof(ulong) => (rows, i) => rows.CellOf(reader.GetUInt64(i)),
            SqlType.Integer => (rows, i) => rows.CellOf(reader.GetInt64(i)),
            SqlType.Text when type == typeof(TimeSpan) => (rows, i) => rows.CellOf(Clock(reader.GetTimeSpan(i))),
            SqlType.Text => (rows, i) => rows.CellOf(reader.GetString(i)),
            SqlType.Binary => (rows, i) => rows.CellOf(Convert.ToHexStringLower((byte[])reader.GetValue(i))),
            _ => (rows, i) => rows.CellOf(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? ""),
        };
    }

    // A TIME has up to 838 hours.
    static string Clock(TimeSpan time)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : time.ToString("\\.ffffff", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(time < TimeSpan.Zero ? "-" : "")}{Math.Floor(Math.Abs(time.TotalHours)):00}:{time:mm\\:ss}{fraction}");
    }
}
