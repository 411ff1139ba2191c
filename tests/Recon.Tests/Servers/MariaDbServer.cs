// A MariaDB server of the tests' own, for sources on MySQL: begun by the first test that asks, gone with the process.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
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
    const int StartSeconds = 60;

    // The server ends when its input does: whatever ends the tests ends it.
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

    readonly Process? _process;
    readonly string _connection;

    MariaDbServer(Process? process, string connection) => (_process, _connection) = (process, connection);

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
        Execute($"CREATE DATABASE {name} CHARACTER SET utf8mb4");
        return $"{_connection};Database={name}";
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            _process.WaitForExit(TimeSpan.FromSeconds(10));
            _process.Dispose();
        }
    }

    void Execute(string sql)
    {
        using var connection = new MySqlConnection($"{_connection};Pooling=false");
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    static MariaDbServer? Begin() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? new MariaDbServer(process: null, given)
        : Found.Value.Folder is { } bin ? Start(bin)
        : null;

    static MariaDbServer Start(string bin)
    {
        var (port, password) = (FreePort(), RandomNumberGenerator.GetHexString(20));
        var home = Path.Combine(Path.GetTempPath(), $"recon-mariadb-{Guid.NewGuid():N}");
        var process = Process.Start(SystemPackage.As("mysql", "sh", "-c", Script, "sh", home, bin, $"{port}"))!;
        process.StandardInput.WriteLine(password);
        process.StandardInput.Flush();
        var server = new MariaDbServer(process, $"Server=127.0.0.1;Port={port};User ID=recon;Password={password}");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                server.Execute("SELECT 1");
                return server;
            }
            catch (MySqlException fault)
            {
                if (process.HasExited || waited.Elapsed.TotalSeconds > StartSeconds)
                {
                    throw new InvalidOperationException($"MariaDB did not start in {home}: {SystemPackage.ErrorsOf(process)}", fault);
                }

                Thread.Sleep(50);
            }
        }
    }

    static string? OnThisMachine() => SystemPackage.Path.Append("/usr/sbin").FirstOrDefault(folder => File.Exists(Path.Combine(folder, "mariadbd")));

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

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
