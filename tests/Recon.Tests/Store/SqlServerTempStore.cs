// A store in a database of its own on a SQL Server that the machine gives, or that a container is.
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Store;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Tests.Servers;

namespace Recon.Tests.Store;

sealed class SqlServerTempStore : TempStore
{
    readonly string _server = SqlServerForTests.OrSkip();
    readonly string _database = $"recon_{Guid.NewGuid():N}";

    public SqlServerTempStore()
    {
        OnServer($"CREATE DATABASE {_database}");
        ServerSchema.Migrate(Connection, runRole: null);
    }

    public Connection Connection => new(
        "BOOKS", DatabaseServer.SqlServer, new SqlConnectionStringBuilder(_server) { InitialCatalog = _database, Pooling = false }.ConnectionString);

    public override RunStore Open() => ServerRunStore.Open(Connection);

    public override ScheduleStore Schedule() => ScheduleStore.On(Connection);

    public override void Tamper(string sql, params object?[] values)
    {
        using var database = ServerRunStore.DatabaseOf(Connection);
        database.Execute(sql, values);
    }

    public override TempStore Another() => new SqlServerTempStore();

    public override void Dispose() => OnServer($"DROP DATABASE {_database}");

    void OnServer(string sql)
    {
        using var connection = new SqlConnection(new SqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new SqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
