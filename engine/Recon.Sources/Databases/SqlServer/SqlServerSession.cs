// Reads from SQL Server, or from a server that speaks its protocol.
using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;

namespace Recon.Sources.Databases.SqlServer;

/// <summary>
/// The transaction is SNAPSHOT: one moment for all questions, and no lock that a writer would wait for. Where the database does not allow
/// that, nothing is read, for two questions as of two moments are differences that nobody made; but where the workspace says so it is
/// SERIALIZABLE: what was read stays as it is until the end, and who would change it waits.
/// </summary>
sealed class SqlServerSession(Connection connection) : ServerSession(connection)
{
    /// <summary>Whether the database allows transactions to see one moment: 1, or something else.</summary>
    public const string AllowsSnapshots = "SELECT CAST(snapshot_isolation_state AS int) FROM sys.databases WHERE name = DB_NAME()";

    // Beyond this a text is nvarchar(max).
    const int TextCharacters = 4000;

    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors; SqlClient's own are 0 and below.
    const int Cancelled = 0;
    const int Late = -2;
    const int Deadlock = 1205;
    const int NoDatabase = 4060;

    // Severities: https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-error-severities.
    const int NoPrivilege = 14;
    const int WrongText = 15;
    const int WrongByUser = 16;

    readonly string _name = connection.Name;
    readonly bool _isSerializable = connection.IsSerializable;

    public override string? Notice => _isSerializable ? $"{_name} was read under locks (isolation: serializable): its writers waited" : null;

    protected override DbConnection Connect(string text) => new SqlConnection(new SqlConnectionStringBuilder(text)
    {
        Pooling = false,
        Enlist = false,
        MultipleActiveResultSets = false,
        ApplicationName = "recon",
    }.ConnectionString);

    protected override DbTransaction Begin(DbConnection connection)
    {
        if (_isSerializable)
        {
            return connection.BeginTransaction(IsolationLevel.Serializable);
        }

        using var asked = connection.CreateCommand();
        asked.CommandText = AllowsSnapshots;
        return asked.ExecuteScalar() is 1
            ? connection.BeginTransaction(IsolationLevel.Snapshot)
            : throw new ReconException(
                $"{_name}: the database does not allow snapshots, so that its answers would be of several moments; an administrator allows them with "
                + "ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON; with isolation: serializable in recon.yaml its writers wait instead",
                FaultKind.InputWrong);
    }

    public override void Check(Question question)
    {
        if (SelectOnly.Fault(question.Sql) is { } fault)
        {
            throw new ReconException($"{question.Label}: {fault}", FaultKind.InputWrong);
        }
    }

    protected override DbParameter ParameterOf(QuestionValue value) => value switch
    {
        QuestionValue.OfDate date => new SqlParameter("@" + value.Name, SqlDbType.Date) { Value = date.Date.ToDateTime(TimeOnly.MinValue) },
        QuestionValue.OfInstant moment => new SqlParameter("@" + value.Name, SqlDbType.DateTimeOffset) { Value = new DateTimeOffset(moment.Utc) },
        QuestionValue.OfNumber number => new SqlParameter("@" + value.Name, SqlDbType.Decimal) { Value = number.Exact },
        QuestionValue.OfText text => new SqlParameter("@" + value.Name, SqlDbType.NVarChar, text.Text.Length > TextCharacters ? -1 : TextCharacters)
        {
            Value = text.Text,
        },
        _ => throw new InvalidOperationException($"bug: no parameter for {value}"),
    };

    protected override SqlType TypeOf(DbDataReader reader, int column) => SqlServerCells.TypeOf(SqlServerCells.NameOf(reader, column));

    protected override AnswerCells CellsOf(DbDataReader reader, IReadOnlyList<bool> isWanted) => new SqlServerCells((SqlDataReader)reader);

    protected override IReadOnlyList<AnswerColumn> ColumnsOf(DbDataReader reader)
    {
        var unknown = Enumerable.Range(0, reader.FieldCount).FirstOrDefault(i => !SqlServerCells.IsKnown(SqlServerCells.NameOf(reader, i)), -1);
        return unknown < 0
            ? base.ColumnsOf(reader)
            : throw new ReconException(
                $"{_name}: '{reader.GetName(unknown)}' is {SqlServerCells.NameOf(reader, unknown)}, which is not read; leave it out, or cast it to nvarchar",
                FaultKind.InputWrong);
    }

    protected override (FaultKind Kind, bool IsTransient) KindOf(DbException fault)
    {
        var server = (SqlException)fault;
        return server.Number switch
        {
            Cancelled or Late or Deadlock => (FaultKind.Storage, true),
            NoDatabase => (FaultKind.Storage, false),
            _ when server.Class is WrongText or WrongByUser => (FaultKind.InputWrong, false),
            _ => (FaultKind.Storage, server.Class != NoPrivilege),
        };
    }
}
