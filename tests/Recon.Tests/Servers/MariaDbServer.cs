// A MariaDB server of the tests' own, for sources on MySQL: begun by the first test that asks, gone with the process.
using MySqlConnector;
using Xunit;

[assembly: AssemblyFixture(typeof(Recon.Tests.Servers.MariaDbServer.End))]

namespace Recon.Tests.Servers;

/// <summary>
/// One server a process, on a free port of this machine, in a folder of its own; each test makes a database in it. <c>RECON_TEST_MYSQL</c>
/// names another server, such as one of MySQL.
/// </summary>
public sealed class MariaDbServer : IDisposable
{
    const string Variable = "RECON_TEST_MYSQL";

    const string Script = """
        set -e
        home=$1 bin=$2 port=$3
        umask 077
        mkdir "$home"
        trap 'rm -rf "$home"' EXIT
        cd "$home"
        read -r password
        echo "CREATE USER recon@'%' IDENTIFIED BY '$password';" > begin.sql
        echo "GRANT ALL ON *.* TO recon@'%' WITH GRANT OPTION;" >> begin.sql
        mariadb-install-db --no-defaults --datadir="$home/data" --auth-root-authentication-method=socket --skip-test-db > log 2>&1 || { cat log >&2; exit 1; }
        "$bin/mariadbd" --no-defaults --datadir="$home/data" --bind-address=127.0.0.1 --port="$port" --socket="$home/socket" \
            --pid-file="$home/pid" --init-file="$home/begin.sql" --innodb-flush-log-at-trx-commit=0 --skip-name-resolve \
            --sql-mode=NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH --default-time-zone=+05:30 >> log 2>&1 &
        server=$!
        cat > /dev/null || true
        kill -TERM $server || true
        wait $server || true
        """;

    static readonly Lazy<(string? Folder, string WhyNone)> Found = new(() => SystemPackage.Find("MariaDB", "mariadb-server", OnThisMachine));
    static readonly Lazy<MariaDbServer?> Started = new(Begin);

    static int _databases;

    readonly OwnServer? _server;
    readonly string _connection;

    MariaDbServer(OwnServer? server, string connection) => (_server, _connection) = (server, connection);

    /// <summary>The server; where there is none to be had, the test is skipped with the reason.</summary>
    public static MariaDbServer OrSkip()
    {
        Assert.SkipWhen(Started.Value is null, $"{Variable} names no server, and {Found.Value.WhyNone}");
        return Started.Value!;
    }

    /// <summary>A new database, as the connection string of a user who may do everything in it.</summary>
    public string NewDatabase()
    {
        var name = $"recon_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(_connection, $"CREATE DATABASE {name} CHARACTER SET utf8mb4");
        return $"{_connection};Database={name}";
    }

    public void Dispose() => _server?.Dispose();

    static void Execute(string text, string sql)
    {
        using var connection = new MySqlConnection($"{text};Pooling=false");
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    static MariaDbServer? Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return new MariaDbServer(server: null, given);
        }

        if (Found.Value.Folder is not { } bin)
        {
            return null;
        }

        var server = OwnServer.Start("MariaDB", "mysql", Script, bin, server => Execute(ConnectionOf(server), "SELECT 1"));
        return new MariaDbServer(server, ConnectionOf(server));
    }

    static string ConnectionOf(OwnServer server) => $"Server=127.0.0.1;Port={server.Port};User ID=recon;Password={server.Password}";

    static string? OnThisMachine() => SystemPackage.Path.Append("/usr/sbin").FirstOrDefault(folder => File.Exists(Path.Combine(folder, "mariadbd")));

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
