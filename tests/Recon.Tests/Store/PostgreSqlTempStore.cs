// A store in a database of its own on the tests' PostgreSQL server.
using Recon.Model;
using Recon.Store;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Tests.Servers;

namespace Recon.Tests.Store;

sealed class PostgreSqlTempStore(TimeSpan? lease = null) : TempStore
{
    const string Migrated = "migrated_store";

    static readonly Lazy<string> Template = new(() =>
    {
        var server = PostgresServer.OrSkip();
        server.Execute($"CREATE DATABASE {Migrated}");
        ServerSchema.Migrate(Of(server.Connection(Migrated)), runRole: null);
        return Migrated;
    });

    readonly string _text = PostgresServer.OrSkip().NewDatabase(Template.Value);

    public Connection Connection => Of(_text);

    public override RunStore Open() => ServerRunStore.Open(Connection, lease);

    public override ScheduleStore Schedule() => ScheduleStore.On(Connection);

    public override void Tamper(string sql, params object?[] values)
    {
        using var database = ServerRunStore.DatabaseOf(Connection);
        database.Execute("SET session_replication_role = replica");
        database.Execute(sql, values);
    }

    /// <summary>True where the question has an answer.</summary>
    public bool Answers(string sql)
    {
        using var database = ServerRunStore.DatabaseOf(Connection);
        return database.All(sql, row => true).Count > 0;
    }

    public override TempStore Another() => new PostgreSqlTempStore(lease);

    public override void Dispose()
    {
    }

    // No pool: a thousand databases would keep as many connections.
    static Connection Of(string text) => new("BOOKS", DatabaseServer.PostgreSql, $"{text};Pooling=false");
}
