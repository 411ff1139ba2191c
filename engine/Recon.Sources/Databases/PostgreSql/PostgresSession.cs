// Reads from PostgreSQL.
using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;

namespace Recon.Sources.Databases.PostgreSql;

/// <summary>
/// Answers come as the server itself writes them (the text format of its protocol), with ISO dates in UTC: exact for a number of any size, and
/// its bytes are those of the cells. The transaction is REPEATABLE READ, READ ONLY: one snapshot for all questions, and nothing can be written.
/// </summary>
sealed class PostgresSession(Connection connection) : ServerSession(connection)
{
    const int ReadBufferBytes = 1 << 16;

    const string Begun = """
        SET TRANSACTION READ ONLY;
        SET LOCAL DateStyle = 'ISO, YMD';
        SET LOCAL TimeZone = 'UTC';
        SET LOCAL IntervalStyle = 'iso_8601';
        SET LOCAL bytea_output = 'hex';
        SET LOCAL standard_conforming_strings = on;
        SELECT pg_backend_pid();
        """;

    const int EndSeconds = 5;

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    const string Cancelled = "57014";
    const string NoPrivilege = "42501";

    string _text = "";
    int _process;

    protected override DbConnection Connect(string text)
    {
        _text = new NpgsqlConnectionStringBuilder(text)
        {
            Pooling = false,
            Enlist = false,
            ReadBufferSize = ReadBufferBytes,
            ApplicationName = "recon",
            IncludeErrorDetail = false,
        }.ConnectionString;
        return new NpgsqlConnection(_text);
    }

    protected override DbTransaction Begin(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using var begun = connection.CreateCommand();
        begun.Transaction = transaction;
        begun.CommandText = Begun;
        _process = (int)begun.ExecuteScalar()!;
        return transaction;
    }

    /// <summary>
    /// By another connection, as often as it is asked for: the driver's own request is sent once for a command, and PostgreSQL forgets one
    /// that comes before the command has reached it.
    /// </summary>
    protected override void Cancel(DbCommand command) => Tell(
        new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_text) { Timeout = EndSeconds, CommandTimeout = EndSeconds }.ConnectionString),
        string.Create(CultureInfo.InvariantCulture, $"SELECT pg_cancel_backend({_process})"));

    protected override void Prepare(DbCommand command) => ((NpgsqlCommand)command).AllResultTypesAreUnknown = true;

    protected override DbParameter ParameterOf(QuestionValue value) => value switch
    {
        QuestionValue.OfDate date => new NpgsqlParameter(value.Name, NpgsqlDbType.Date) { Value = date.Date },
        QuestionValue.OfInstant moment => new NpgsqlParameter(value.Name, NpgsqlDbType.TimestampTz) { Value = moment.Utc },
        QuestionValue.OfNumber number => new NpgsqlParameter(value.Name, NpgsqlDbType.Numeric) { Value = number.Exact },
        QuestionValue.OfText text => new NpgsqlParameter(value.Name, NpgsqlDbType.Text) { Value = text.Text },
        _ => throw new InvalidOperationException($"bug: no parameter for {value}"),
    };

    protected override SqlType TypeOf(DbDataReader reader, int column) => reader.GetDataTypeName(column).Split('(')[0].Trim() switch
    {
        "smallint" or "integer" or "bigint" or "oid" => SqlType.Integer,
        "numeric" => SqlType.Decimal,
        "real" or "double precision" => SqlType.Float,
        "boolean" => SqlType.Boolean,
        "date" => SqlType.Date,
        "timestamp without time zone" or "timestamp" => SqlType.Timestamp,
        "timestamp with time zone" => SqlType.Instant,
        "bytea" => SqlType.Binary,
        _ => SqlType.Text,
    };

    protected override AnswerCells CellsOf(DbDataReader reader, IReadOnlyList<bool> isWanted) => new Cells(
        (NpgsqlDataReader)reader, [.. Enumerable.Range(0, reader.FieldCount).Select(i => TypeOf(reader, i) == SqlType.Boolean)]);

    protected override (FaultKind Kind, bool IsTransient) KindOf(DbException fault) => fault.SqlState switch
    {
        Cancelled => (FaultKind.Storage, true),
        NoPrivilege => (FaultKind.Storage, false),
        ['4', '2', ..] or ['2', '2', ..] or ['2', '5', ..] or ['0', 'A', ..] => (FaultKind.InputWrong, false),
        _ => (FaultKind.Storage, fault.IsTransient),
    };

    sealed class Cells(NpgsqlDataReader reader, bool[] isBoolean) : AnswerCells
    {
        public override void Write(AnswerRows rows)
        {
            for (var i = 0; i < isBoolean.Length; i++)
            {
                if (reader.IsDBNull(i))
                {
                    rows.Null();
                }
                else if (isBoolean[i])
                {
                    rows.CellOf(reader.GetString(i) == "t" ? "true"u8 : "false"u8);
                }
                else
                {
                    Copy(i, rows);
                }
            }
        }

        void Copy(int i, AnswerRows rows)
        {
            var copied = 0;
            while (true)
            {
                var (array, from, length) = rows.RoomInArray(copied + 1);
                copied += (int)reader.GetBytes(i, copied, array, from + copied, length - copied);
                if (copied < length)
                {
                    rows.Cell(copied);
                    return;
                }
            }
        }
    }
}
