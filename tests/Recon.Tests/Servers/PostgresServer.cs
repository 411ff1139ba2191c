// A PostgreSQL server of the tests' own: begun by the first test that asks, gone with the process.
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Recon.Tests.Servers.PostgresServer.End))]

namespace Recon.Tests.Servers;

/// <summary>
/// One server a process, on a free port of this machine, in a folder of its own; each test makes a database in it. The server's own
/// order of texts is a dictionary's, so that nothing leans on the order of bytes without asking for it.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    const string Script = """
        set -e
        home=$1 bin=$2 port=$3
        umask 077
        mkdir "$home"
        trap 'rm -rf "$home"' EXIT
        cd "$home"
        read -r password
        printf %s "$password" > password
        "$bin/initdb" -D data -U recon -A scram-sha-256 --pwfile=password -E UTF8 --no-sync --locale=C.UTF-8 \
            --locale-provider=icu --icu-locale=en > log 2>&1 || { cat log >&2; exit 1; }
        "$bin/postgres" -D data -h 127.0.0.1 -p "$port" -k "$home" -c fsync=off -c full_page_writes=off \
            -c max_connections=200 >> log 2>&1 &
        server=$!
        cat > /dev/null || true
        kill -INT $server || true
        wait $server || true
        """;

    static readonly Lazy<PostgresServer?> Started = new(() => Postgres.Folder is { } bin ? new PostgresServer(bin) : null);

    static int _databases;

    readonly OwnServer _server;

    PostgresServer(string bin) => _server = OwnServer.Start("PostgreSQL", "postgres", Script, bin, server => Execute(server, "SELECT 1"));

    /// <summary>The server; where there is none to be had, the test is skipped with the reason.</summary>
    public static PostgresServer OrSkip()
    {
        Assert.SkipWhen(Started.Value is null, Postgres.WhyNone);
        return Started.Value!;
    }

    /// <summary>A new database, as the connection string of a user who may do everything in it.</summary>
    /// <param name="template">The name of a database of this server of which it is a copy; nobody may be connected to that.</param>
    public string NewDatabase(string? template = null)
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        Execute($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}");
        return Connection(name);
    }

    /// <summary>The connection string of a database of this server.</summary>
    public string Connection(string database) => ConnectionOf(_server, database);

    /// <summary>Runs one statement as the owner of the server, outside every test's database.</summary>
    public void Execute(string sql) => Execute(_server, sql);

    public void Dispose() => _server.Dispose();

    static void Execute(OwnServer server, string sql)
    {
        using var connection = new NpgsqlConnection($"{ConnectionOf(server, "postgres")};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    static string ConnectionOf(OwnServer server, string database) =>
        $"Host=127.0.0.1;Port={server.Port};Username=recon;Password={server.Password};Database={database}";

    /// <summary>Ends the server, where there is one, after the last test.</summary>
    public sealed class End : IDisposable
    {
        public void Dispose()
        {
            if (Started.IsValueCreated)
            {
                Started.Value?.Dispose();
            }
        }
    }
}
