// Writes what SqlClient reads as text, exactly, value by value.
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Recon.Model.Rules;

namespace Recon.Sources.Databases.SqlServer;

/// <summary>
/// Days and moments are ISO 8601 without zeros at the end, moments with an offset in UTC; bits are <c>true</c> and <c>false</c>; a
/// uniqueidentifier is in lower case; numbers have the digits of their column.
/// </summary>
sealed class SqlServerCells : AnswerCells
{
    const string DateFormat = "yyyy-MM-dd";
    const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";
    const string MomentFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF+00";

    static readonly Dictionary<string, (SqlType Type, Action<SqlDataReader, int, AnswerRows> Write)> Known = new(StringComparer.Ordinal)
    {
        ["tinyint"] = (SqlType.Integer, (reader, i, rows) => rows.CellOf(reader.GetByte(i))),
        ["smallint"] = (SqlType.Integer, (reader, i, rows) => rows.CellOf(reader.GetInt16(i))),
        ["int"] = (SqlType.Integer, (reader, i, rows) => rows.CellOf(reader.GetInt32(i))),
        ["bigint"] = (SqlType.Integer, (reader, i, rows) => rows.CellOf(reader.GetInt64(i))),
        ["decimal"] = (SqlType.Decimal, WriteDecimal),
        ["numeric"] = (SqlType.Decimal, WriteDecimal),
        ["money"] = (SqlType.Decimal, (reader, i, rows) => rows.CellOf(reader.GetDecimal(i))),
        ["smallmoney"] = (SqlType.Decimal, (reader, i, rows) => rows.CellOf(reader.GetDecimal(i))),
        ["real"] = (SqlType.Float, (reader, i, rows) => rows.CellOf(reader.GetFloat(i))),
        ["float"] = (SqlType.Float, (reader, i, rows) => rows.CellOf(reader.GetDouble(i))),
        ["bit"] = (SqlType.Boolean, (reader, i, rows) => rows.CellOf(reader.GetBoolean(i) ? "true"u8 : "false"u8)),
        ["date"] = (SqlType.Date, (reader, i, rows) => rows.CellOf(reader.GetDateTime(i), DateFormat)),
        ["datetime"] = (SqlType.Timestamp, (reader, i, rows) => rows.CellOf(reader.GetDateTime(i), TimeFormat)),
        ["smalldatetime"] = (SqlType.Timestamp, (reader, i, rows) => rows.CellOf(reader.GetDateTime(i), TimeFormat)),
        ["datetime2"] = (SqlType.Timestamp, (reader, i, rows) => rows.CellOf(reader.GetDateTime(i), TimeFormat)),
        ["datetimeoffset"] = (SqlType.Instant, (reader, i, rows) => rows.CellOf(reader.GetDateTimeOffset(i).UtcDateTime, MomentFormat)),
        ["time"] = (SqlType.Text, (reader, i, rows) => rows.CellOf(reader.GetTimeSpan(i), "c")),
        ["uniqueidentifier"] = (SqlType.Text, (reader, i, rows) => rows.CellOf(reader.GetGuid(i))),
        ["char"] = (SqlType.Text, WriteText),
        ["nchar"] = (SqlType.Text, WriteText),
        ["varchar"] = (SqlType.Text, WriteText),
        ["nvarchar"] = (SqlType.Text, WriteText),
        ["text"] = (SqlType.Text, WriteText),
        ["ntext"] = (SqlType.Text, WriteText),
        ["xml"] = (SqlType.Text, WriteText),
        ["json"] = (SqlType.Text, WriteText),
        ["binary"] = (SqlType.Binary, WriteBytes),
        ["varbinary"] = (SqlType.Binary, WriteBytes),
        ["image"] = (SqlType.Binary, WriteBytes),
        ["timestamp"] = (SqlType.Binary, WriteBytes),
        ["rowversion"] = (SqlType.Binary, WriteBytes),
    };

    readonly SqlDataReader _reader;
    readonly Action<SqlDataReader, int, AnswerRows>[] _writers;

    public SqlServerCells(SqlDataReader reader)
    {
        _reader = reader;
        _writers = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Known[NameOf(reader, i)].Write)];
    }

    public static string NameOf(DbDataReader reader, int column) => reader.GetDataTypeName(column).ToLowerInvariant();

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    public static SqlType TypeOf(string name) => Known[name].Type;

    public override void Write(AnswerRows rows)
    {
        for (var i = 0; i < _writers.Length; i++)
        {
            if (_reader.IsDBNull(i))
            {
                rows.Null();
            }
            else
            {
                _writers[i](_reader, i, rows);
            }
        }
    }

    static void WriteText(SqlDataReader reader, int i, AnswerRows rows) => rows.CellOf(reader.GetString(i));

    static void WriteBytes(SqlDataReader reader, int i, AnswerRows rows) => rows.CellOf(Convert.ToHexStringLower(reader.GetSqlBinary(i).Value));

    // 38 digits have no place in a System.Decimal.
    static void WriteDecimal(SqlDataReader reader, int i, AnswerRows rows)
    {
        var value = reader.GetSqlDecimal(i);
        Span<uint> words = stackalloc uint[4];
        value.WriteTdsValue(words);
        var units = new UInt128(((ulong)words[3] << 32) | words[2], ((ulong)words[1] << 32) | words[0]);
        Write(units, value.Scale, value.IsPositive, rows);
    }

    /// <summary>Writes units of 10^-scale with all digits behind the point.</summary>
    internal static void Write(UInt128 units, int scale, bool isPositive, AnswerRows rows)
    {
        Span<byte> digits = stackalloc byte[40];
        units.TryFormat(digits, out var count, scale == 0 ? "D1" : $"D{scale + 1}", CultureInfo.InvariantCulture);
        var room = rows.Room(48);
        var used = 0;
        if (!isPositive && units != 0)
        {
            room[used++] = (byte)'-';
        }

        digits[..(count - scale)].CopyTo(room[used..]);
        used += count - scale;
        if (scale > 0)
        {
            room[used++] = (byte)'.';
            digits[(count - scale)..count].CopyTo(room[used..]);
            used += scale;
        }

        rows.Cell(used);
    }
}
