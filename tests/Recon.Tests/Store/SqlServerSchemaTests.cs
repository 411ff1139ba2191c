// The roles of a store on SQL Server: one makes the schema, another runs and changes nothing that was recorded.
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Runs.Scheduling;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Tests.Runs.Scheduling;
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Store;

public sealed class SqlServerSchemaTests : IDisposable
{
    const string Password = "Not-a-secret-1";

    readonly string _server = SqlServerForTests.OrSkip();
    readonly string _database = $"recon_{Guid.NewGuid():N}";

    string Migrator => $"{_database}_migrate";

    string Runner => $"{_database}_run";

    public void Dispose() => Execute($"DROP DATABASE {_database}; DROP LOGIN {Migrator}; DROP LOGIN {Runner}");

    [Fact]
    public void Each_role_has_what_it_needs_and_no_more()
    {
        Execute($"CREATE DATABASE {_database}");
        Execute($"""
            USE {_database};
            CREATE LOGIN {Migrator} WITH PASSWORD = '{Password}';
            CREATE LOGIN {Runner} WITH PASSWORD = '{Password}';
            CREATE USER {Migrator} FOR LOGIN {Migrator} WITH DEFAULT_SCHEMA = dbo;
            CREATE USER {Runner} FOR LOGIN {Runner} WITH DEFAULT_SCHEMA = dbo;
            GRANT CREATE TABLE TO {Migrator};
            GRANT CONTROL ON SCHEMA::dbo TO {Migrator}
            """);
        Assert.NotEmpty(ServerSchema.Migrate(As(Migrator), Runner));
        using (var store = ServerRunStore.Open(As(Runner)))
        using (store.Claim(Submissions.Pack, Submissions.Day(2)))
        {
            store.Record(Submissions.Run(2));
            Assert.Null(store.Verify());
        }

        Assert.True(ScheduleStore.On(As(Runner)).Turn(turn => Requests.Pause(turn, "p", "ops", Daily.At(1, 6))));
        using var database = ServerRunStore.DatabaseOf(As(Runner));
        foreach (var sql in new[]
        {
            "UPDATE audit SET who = 'nobody'", "DELETE FROM runs", "UPDATE postings SET state = 'Sent'", "DROP TABLE audit", "DELETE FROM leases",
            "DELETE FROM due_runs", "CREATE TABLE extra (a int)", "DELETE FROM schema_versions",
        })
        {
            Assert.Throws<SqlException>(() => database.Execute(sql));
        }
    }

    Connection As(string user) => new("BOOKS", DatabaseServer.SqlServer, new SqlConnectionStringBuilder(_server)
    {
        InitialCatalog = _database,
        UserID = user,
        Password = Password,
        IntegratedSecurity = false,
        Pooling = false,
    }.ConnectionString);

    void Execute(string sql)
    {
        using var connection = new SqlConnection(new SqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new SqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
