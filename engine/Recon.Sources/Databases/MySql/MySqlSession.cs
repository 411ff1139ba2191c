// Reads from MySQL or MariaDB.
using System.Data;
using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;

namespace Recon.Sources.Databases.MySql;

/// <summary>
/// The transaction is REPEATABLE READ, WITH CONSISTENT SNAPSHOT, READ ONLY: one moment for all questions, as far as their tables know
/// transactions (InnoDB). Questions are prepared, so that a value never becomes part of their text.
/// </summary>
sealed class MySqlSession(Connection connection) : ServerSession(connection)
{
    // What a text and a day mean does not depend on how the server is set up; "…" is a name, as on every other server.
    const string Begun = """
        SET SESSION sql_mode = 'ANSI_QUOTES,ONLY_FULL_GROUP_BY,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
            SESSION time_zone = '+00:00'
        """;

    const string OnlyColumns = "SET SESSION sql_select_limit = 0";
    const string AllRows = "SET SESSION sql_select_limit = DEFAULT";

    const uint EndSeconds = 5;

    string _text = "";
    ulong _process;

    protected override DbConnection Connect(string text)
    {
        _text = new MySqlConnectionStringBuilder(text)
        {
            Pooling = false,
            AutoEnlist = false,
            AllowUserVariables = false,
            AllowLoadLocalInfile = false,
            IgnorePrepare = false,
            TreatTinyAsBoolean = false,
            GuidFormat = MySqlGuidFormat.None,
            AllowZeroDateTime = false,
            ConvertZeroDateTime = false,
            DateTimeKind = MySqlDateTimeKind.Unspecified,
            ApplicationName = "recon",
        }.ConnectionString;
        return new MySqlConnection(_text);
    }

    protected override DbTransaction Begin(DbConnection connection)
    {
        Say(connection, Begun);
        using var asked = connection.CreateCommand();
        asked.CommandText = "SELECT CONNECTION_ID()";
        _process = Convert.ToUInt64(asked.ExecuteScalar(), CultureInfo.InvariantCulture);
        return ((MySqlConnection)connection).BeginTransaction(IsolationLevel.Snapshot, isReadOnly: true);
    }

    public override IReadOnlyList<AnswerColumn> Columns(Question question, CancellationToken cancellation) =>
        Guarded(question.Label, () => WithoutRows(question, cancellation), cancellation);

    /// <summary>By another connection, as often as it is asked for: a request that comes before the command has reached the server is forgotten.</summary>
    protected override void Cancel(DbCommand command) => Tell(
        new MySqlConnection(
            new MySqlConnectionStringBuilder(_text) { ConnectionTimeout = EndSeconds, DefaultCommandTimeout = EndSeconds }.ConnectionString),
        string.Create(CultureInfo.InvariantCulture, $"KILL QUERY {_process}"));

    protected override void Prepare(DbCommand command) => command.Prepare();

    protected override DbParameter ParameterOf(QuestionValue value) => value switch
    {
        QuestionValue.OfDate date => new MySqlParameter("@" + value.Name, date.Date),
        QuestionValue.OfInstant moment => new MySqlParameter("@" + value.Name, DateTime.SpecifyKind(moment.Utc, DateTimeKind.Unspecified)),
        QuestionValue.OfNumber number => new MySqlParameter("@" + value.Name, number.Exact),
        QuestionValue.OfText text => new MySqlParameter("@" + value.Name, text.Text),
        _ => throw new InvalidOperationException($"bug: no parameter for {value}"),
    };

    protected override SqlType TypeOf(DbDataReader reader, int column) => MySqlCells.TypeOf(reader.GetDataTypeName(column));

    protected override AnswerCells CellsOf(DbDataReader reader, IReadOnlyList<bool> isWanted) => new MySqlCells((MySqlDataReader)reader, isWanted);

    // https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
    protected override (FaultKind Kind, bool IsTransient) KindOf(DbException fault) => ((MySqlException)fault).ErrorCode switch
    {
        MySqlErrorCode.QueryInterrupted or MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryTimeout or MySqlErrorCode.UnableToConnectToHost
            or MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.LockDeadlock or MySqlErrorCode.ServerShutdown => (FaultKind.Storage, true),
        MySqlErrorCode.AccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied
            or MySqlErrorCode.UnknownDatabase => (FaultKind.Storage, false),
        _ when fault.SqlState is ['4', '2', ..] or ['2', '2', ..] or ['2', '5', ..] => (FaultKind.InputWrong, false),
        _ => (FaultKind.Storage, fault.IsTransient),
    };

    // A prepared question has no form without its answer.
    IReadOnlyList<AnswerColumn> WithoutRows(Question question, CancellationToken cancellation)
    {
        Say(Server, OnlyColumns);
        try
        {
            return AskColumns(question, CommandBehavior.Default, cancellation);
        }
        finally
        {
            Say(Server, AllRows);
        }
    }

    void Say(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
