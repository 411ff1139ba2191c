// A store on the tests' PostgreSQL server as an administrator gives it out: one role has made it, another runs packs on it.
using Npgsql;
using Recon.Model;
using Recon.Store.Servers;

namespace Recon.Tests.Servers;

static class PostgresStore
{
    const string Password = "not-a-secret";

    /// <summary>The connection string of the role that runs, of a new store.</summary>
    internal static string NewForRunRole()
    {
        var server = PostgresServer.OrSkip();
        var owner = server.NewDatabase();
        var role = $"recon_run_{Guid.NewGuid():N}";
        server.Execute($"CREATE ROLE {role} LOGIN PASSWORD '{Password}'");
        ServerSchema.Migrate(ConnectionOf($"{owner};Pooling=false"), role);
        return new NpgsqlConnectionStringBuilder(owner) { Username = role, Password = Password }.ConnectionString;
    }

    /// <summary>How many runs are recorded.</summary>
    internal static int RunsIn(string text)
    {
        using var store = ServerRunStore.Open(ConnectionOf($"{text};Pooling=false"));
        return store.Runs(null, int.MaxValue).Count;
    }

    internal static Connection ConnectionOf(string text) => new("BOOKS", DatabaseServer.PostgreSql, text);
}
