// Reads from a file of SQLite.
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Sources.Databases.Joining;
using SQLitePCL;

namespace Recon.Sources.Databases.Sqlite;

/// <summary>
/// The file is opened to read only, and the first question begins a snapshot of it. Its columns hold what each row puts into them: a value
/// in floating point is a reject where a field reads it, never an amount.
/// </summary>
sealed class SqliteSession(Connection connection) : ServerSession(connection)
{
    // Waits so long for a writer.
    const int BusySeconds = 30;

    // https://www.sqlite.org/rescode.html
    const int Busy = 5;
    const int Locked = 6;
    const int Error = 1;
    const int CannotOpen = 14;
    const int Interrupted = 9;

    readonly string _name = connection.Name;

    // A cell beyond 1 MiB is rejected; one that is put together on the way there has an end too.
    const int LongestValue = 64 << 20;

    protected override DbConnection Connect(string text)
    {
        if (!File.Exists(text))
        {
            throw new ReconException($"{_name}: there is no file {Path.GetFileName(text)}", FaultKind.InputMissing);
        }

        return new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = text,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
    }

    protected override DbTransaction Begin(DbConnection connection)
    {
        using (var only = connection.CreateCommand())
        {
            only.CommandText = "PRAGMA query_only = 1";
            only.ExecuteNonQuery();
        }

        var file = (SqliteConnection)connection;
        raw.sqlite3_limit(file.Handle, raw.SQLITE_LIMIT_LENGTH, LongestValue);
        file.CreateFunction(
            SqliteJoinWords.IsCell,
            (byte[]? bytes) => bytes is null || (bytes.Length <= SqliteJoinWords.LongestCell && !bytes.Contains((byte)0) && Utf8.IsValid(bytes)),
            isDeterministic: true);
        return file.BeginTransaction(deferred: true);
    }

    // The driver's own Cancel does nothing.
    protected override void Cancel(DbCommand command) => raw.sqlite3_interrupt(((SqliteConnection)Server).Handle);

    protected override DbParameter ParameterOf(QuestionValue value) => value switch
    {
        QuestionValue.OfDate date => new SqliteParameter("@" + value.Name, date.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        QuestionValue.OfInstant moment => new SqliteParameter(
            "@" + value.Name, moment.Utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        QuestionValue.OfNumber number => new SqliteParameter("@" + value.Name, IntegerOf(number)),
        QuestionValue.OfText text => new SqliteParameter("@" + value.Name, text.Text),
        _ => throw new InvalidOperationException($"bug: no parameter for {value}"),
    };

    // SQLite has no exact number but the integer.
    static long IntegerOf(QuestionValue.OfNumber number) =>
        long.TryParse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : throw new ReconException(
                $"@{number.Name}: SQLite knows no exact number but a whole one of 64 bits, and {number.Digits} is none; give it as a text",
                FaultKind.InputWrong);

    // Declared types are names without meaning; what a row holds decides (https://www.sqlite.org/datatype3.html).
    protected override SqlType TypeOf(DbDataReader reader, int column)
    {
        var declared = raw.sqlite3_column_decltype(((SqliteDataReader)reader).Handle!, column).utf8_to_string() ?? "";
        return declared.Split('(')[0].Trim().ToUpperInvariant() switch
        {
            "REAL" or "FLOAT" or "DOUBLE" or "DOUBLE PRECISION" => SqlType.Float,
            "INTEGER" or "INT" or "BIGINT" or "SMALLINT" or "TINYINT" => SqlType.Integer,
            "TEXT" or "VARCHAR" or "CHAR" or "NVARCHAR" or "NCHAR" or "CLOB" => SqlType.Text,
            "BLOB" => SqlType.Binary,
            _ => SqlType.Unknown,
        };
    }

    protected override IReadOnlyList<AnswerColumn> ColumnsOf(DbDataReader reader) =>
    [
        .. Enumerable.Range(0, reader.FieldCount).Select(i => new AnswerColumn(
            reader.GetName(i), TypeOf(reader, i), raw.sqlite3_column_decltype(((SqliteDataReader)reader).Handle!, i).utf8_to_string() ?? "computed")),
    ];

    protected override AnswerCells CellsOf(DbDataReader reader, IReadOnlyList<bool> isWanted) =>
        new Cells((SqliteDataReader)reader, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], [.. isWanted]);

    protected override (FaultKind Kind, bool IsTransient) KindOf(DbException fault) => ((SqliteException)fault).SqliteErrorCode switch
    {
        Busy or Locked or Interrupted => (FaultKind.Storage, true),
        Error => (FaultKind.InputWrong, false),
        CannotOpen => (FaultKind.InputMissing, false),
        _ => (FaultKind.Storage, false),
    };

    // Through the library's own door: its reader makes a string of each text.
    sealed class Cells(SqliteDataReader reader, string[] names, bool[] isWanted) : AnswerCells
    {
        readonly sqlite3_stmt _statement = reader.Handle!;

        public override void Write(AnswerRows rows)
        {
            for (var i = 0; i < names.Length; i++)
            {
                Write(i, rows);
            }
        }

        void Write(int i, AnswerRows rows)
        {
            switch (raw.sqlite3_column_type(_statement, i))
            {
                case raw.SQLITE_NULL:
                    rows.Null();
                    break;
                case raw.SQLITE_INTEGER:
                    rows.CellOf(raw.sqlite3_column_int64(_statement, i));
                    break;
                case raw.SQLITE_TEXT:
                    // Makes UTF-8 of it, whatever the file has; then its bytes can be had.
                    raw.sqlite3_column_text(_statement, i);
                    rows.CellOf(raw.sqlite3_column_blob(_statement, i));
                    break;
                case raw.SQLITE_FLOAT:
                    WriteFloat(i, rows);
                    break;
                default:
                    RefuseIfWanted(i, rows, "bytes (a BLOB)");
                    rows.CellOf(Convert.ToHexStringLower(raw.sqlite3_column_blob(_statement, i)));
                    break;
            }
        }

        void WriteFloat(int i, AnswerRows rows)
        {
            var text = raw.sqlite3_column_double(_statement, i).ToString("R", CultureInfo.InvariantCulture);
            RefuseIfWanted(i, rows, $"a number in floating point ({text}), which is never exact; keep it as TEXT, or write printf('%.2f', {names[i]})");
            rows.CellOf(Encoding.ASCII.GetBytes(text));
        }

        void RefuseIfWanted(int i, AnswerRows rows, string what)
        {
            if (isWanted[i])
            {
                rows.Refuse($"{names[i]}: {what}");
            }
        }
    }
}
