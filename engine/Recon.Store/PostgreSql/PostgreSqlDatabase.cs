// One connection to a store on PostgreSQL.
using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Recon.Model;
using Recon.Store.Rows;
using Recon.Store.Servers;

namespace Recon.Store.PostgreSql;

sealed class PostgreSqlDatabase(Connection server) : ServerDatabase(server, Texts.Value)
{
    public const string Schema = "recon";

    /// <summary>10 minutes, where the connection string says nothing else: a list over millions of breaks, a wait for a writer.</summary>
    const int MostSeconds = 600;

    static readonly Lazy<SqlTexts> Texts = new(() => new SqlTexts("PostgreSql/PostgreSql.sql", "Servers/Servers.sql"));

    public override string Scripts => "PostgreSql/Migrations/";

    public override ServerDatabase Another() => new PostgreSqlDatabase(Server);

    public override IBulkInsert Bulk(RunTable table) => new PostgreSqlCopy((NpgsqlConnection)Connection, table);

    public override void Bind(DbParameter parameter, object? value)
    {
        var typed = (NpgsqlParameter)parameter;
        (typed.NpgsqlDbType, typed.Value) = value switch
        {
            null => (NpgsqlDbType.Text, DBNull.Value),
            string text => (NpgsqlDbType.Text, ServerText.Write(text)),
            int number => (NpgsqlDbType.Bigint, (long)number),
            long number => (NpgsqlDbType.Bigint, number),
            DateOnly date => (NpgsqlDbType.Date, date),
            DateTimeOffset moment => (NpgsqlDbType.TimestampTz, StoreText.Moment(moment)),
            NoMoment => (NpgsqlDbType.TimestampTz, DBNull.Value),
            byte[] bytes => (NpgsqlDbType.Bytea, (object)bytes),
            _ => throw new ArgumentException($"no column holds {value.GetType()}", nameof(value)),
        };
    }

    public override ReconException FaultOf(DbException fault) => PostgreSqlFault.Of(fault, Name);

    public override bool IsDuplicate(DbException fault) => fault.SqlState == PostgresErrorCodes.UniqueViolation;

    public override void Prepare()
    {
        if (All(Sql["store.has_schema"], row => row.Number(0))[0] == 0)
        {
            Execute(Sql["store.create_schema"]);
        }
    }

    public override IReadOnlyList<string> Migrate(IReadOnlyList<MigrationScript> scripts) =>
        PostgreSqlMigration.Run(ConnectionString(Server), scripts, Name);

    public override string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A node that stands still holding Quartz's lock loses it after 10 s.</summary>
    public override (DbProviderFactory Factory, string ConnectionString) ForTriggers()
    {
        var text = new NpgsqlConnectionStringBuilder(ConnectionString(Server)) { CommandTimeout = TriggerSeconds };
        text.Options = $"{text.Options} -c idle_in_transaction_session_timeout=10s".TrimStart();
        return (NpgsqlFactory.Instance, text.ConnectionString);
    }

    protected override DbConnection NewConnection() => new NpgsqlConnection(ConnectionString(Server));

    /// <summary>Each statement sees what was committed before it: what is read after the lock is what is there now.</summary>
    protected override DbTransaction BeginWriting() => Connection.BeginTransaction(IsolationLevel.ReadCommitted);

    protected override void LockWriting() => Execute(Sql["store.lock_writing"]);

    protected override DbTransaction BeginReading() => Connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>The text of the workspace with what a store needs. No error quotes values: they are data of the business.</summary>
    static string ConnectionString(Connection server)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(server.Text) { SearchPath = Schema, IncludeErrorDetail = false };
            text.ApplicationName ??= "recon";
            text.CommandTimeout = text.ContainsKey("Command Timeout") ? text.CommandTimeout : MostSeconds;
            return text.ConnectionString;
        }
        catch (ArgumentException fault)
        {
            throw new ReconException(
                $"{server}: Npgsql does not take its connection string ({fault.GetType().Name}); see npgsql.org/doc/connection-string-parameters.html",
                FaultKind.InputWrong);
        }
    }
}
