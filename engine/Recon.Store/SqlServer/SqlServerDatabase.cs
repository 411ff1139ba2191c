// One connection to a store on SQL Server, or on a server that speaks its protocol.
using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Store.Rows;
using Recon.Store.Servers;

namespace Recon.Store.SqlServer;

sealed class SqlServerDatabase(Connection server) : ServerDatabase(server, Texts.Value)
{
    /// <summary>10 minutes, where the connection string says nothing else: a list over millions of breaks.</summary>
    const int MostSeconds = 600;

    /// <summary>2 minutes: how long a writer waits for another.</summary>
    const int LockMilliseconds = 120_000;

    const int TextCharacters = 4000;

    static readonly Lazy<SqlTexts> Texts = new(() => new SqlTexts("SqlServer/SqlServer.sql", "Servers/Servers.sql"));

    bool? _allowsSnapshots;

    public override string Scripts => "SqlServer/Migrations/";

    public override ServerDatabase Another() => new SqlServerDatabase(Server);

    public override IBulkInsert Bulk(RunTable table) => new SqlServerBulk((SqlConnection)Connection, (SqlTransaction?)Transaction, table);

    public override void Bind(DbParameter parameter, object? value)
    {
        var typed = (SqlParameter)parameter;
        switch (value)
        {
            case null or string:
                var text = value is string written ? ServerText.Write(written) : null;
                typed.SqlDbType = SqlDbType.NVarChar;
                typed.Size = text?.Length > TextCharacters ? -1 : TextCharacters;
                typed.Value = text is null ? DBNull.Value : text;
                break;
            case int or long:
                typed.SqlDbType = SqlDbType.BigInt;
                typed.Value = value is int number ? (long)number : value;
                break;
            case DateOnly date:
                typed.SqlDbType = SqlDbType.Date;
                typed.Value = date.ToDateTime(TimeOnly.MinValue);
                break;
            case DateTimeOffset or NoMoment:
                typed.SqlDbType = SqlDbType.DateTime2;
                typed.Scale = 3;
                typed.Value = value is DateTimeOffset moment ? StoreText.Moment(moment) : DBNull.Value;
                break;
            case byte[]:
                typed.SqlDbType = SqlDbType.VarBinary;
                typed.Size = -1;
                typed.Value = value;
                break;
            default:
                throw new ArgumentException($"no column holds {value.GetType()}", nameof(value));
        }
    }

    public override ReconException FaultOf(DbException fault) => SqlServerFault.Of((SqlException)fault, Name);

    public override bool IsDuplicate(DbException fault) => SqlServerFault.IsDuplicate((SqlException)fault);

    public override IReadOnlyList<string> Migrate(IReadOnlyList<MigrationScript> scripts) =>
        SqlServerMigration.Run(ConnectionString(Server), scripts, Name);

    public override string Quoted(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    public override (DbProviderFactory Factory, string ConnectionString) ForTriggers() => (
        SqlClientFactory.Instance,
        new SqlConnectionStringBuilder(ConnectionString(Server)) { CommandTimeout = TriggerSeconds }.ConnectionString);

    protected override DbConnection NewConnection() => new SqlConnection(ConnectionString(Server));

    /// <summary>Each statement sees what was committed before it: what is read after the lock is what is there now.</summary>
    protected override DbTransaction BeginWriting() => Connection.BeginTransaction(IsolationLevel.ReadCommitted);

    protected override void LockWriting() => Lock("Exclusive");

    protected override DbTransaction BeginReading() =>
        Connection.BeginTransaction(AllowsSnapshots() ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted);

    /// <summary>Without snapshots a reader keeps writers waiting until it has read everything: nothing else changes the tables.</summary>
    protected override void LockReading()
    {
        if (!AllowsSnapshots())
        {
            Lock("Shared");
        }
    }

    bool AllowsSnapshots() => _allowsSnapshots ??= All(Sql["store.allows_snapshots"], row => row.Number(0)) is [1];

    /// <exception cref="ReconException">It was not granted in time; a retry may help.</exception>
    void Lock(string mode)
    {
        using var command = (SqlCommand)Connection.CreateCommand();
        command.Transaction = (SqlTransaction?)Transaction;
        command.CommandType = CommandType.StoredProcedure;
        command.CommandText = "sp_getapplock";
        command.Parameters.Add("@Resource", SqlDbType.NVarChar, 255).Value = "recon.store";
        command.Parameters.Add("@LockMode", SqlDbType.VarChar, 32).Value = mode;
        command.Parameters.Add("@LockOwner", SqlDbType.VarChar, 32).Value = "Transaction";
        command.Parameters.Add("@LockTimeout", SqlDbType.Int).Value = LockMilliseconds;
        var answer = command.Parameters.Add("@answer", SqlDbType.Int);
        answer.Direction = ParameterDirection.ReturnValue;
        command.ExecuteNonQuery();
        if (answer.Value is not (0 or 1))
        {
            throw new ReconException(
                $"{Name}: another process is writing, and did not end in time (sp_getapplock: {answer.Value})", FaultKind.Storage, isTransient: true);
        }
    }

    static string ConnectionString(Connection server)
    {
        try
        {
            var text = new SqlConnectionStringBuilder(server.Text) { MultipleActiveResultSets = false };
            text.ApplicationName = text.ShouldSerialize("Application Name") ? text.ApplicationName : "recon";
            text.CommandTimeout = text.ShouldSerialize("Command Timeout") ? text.CommandTimeout : MostSeconds;
            return text.ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new ReconException(
                $"{server}: SqlClient does not take its connection string ({fault.GetType().Name}); write Server=…;Database=…;User Id=…;Encrypt=true",
                FaultKind.InputWrong);
        }
    }
}
