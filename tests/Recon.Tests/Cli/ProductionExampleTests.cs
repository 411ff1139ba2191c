// The example of a service: what its README says to do on a machine without Docker is done, and what is for other machines is read.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Cli;

public sealed partial class ProductionExampleTests : IDisposable
{
    static readonly string Example = RepositoryRoot.Of("examples", "production");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_recipe_without_Docker_works_as_it_is_written()
    {
        var server = PostgresServer.OrSkip();
        Assert.SkipWhen(!IsThere("curl") || !IsThere("bash"), "the recipe needs bash and curl");
        _folder.Copy(Example, Path.Combine("examples", "production"));
        var (one, two) = (FreePort(), FreePort());
        var owner = new NpgsqlConnectionStringBuilder(server.Connection("postgres"));
        var recipe = string.Concat(Recipe().Matches(File.ReadAllText(Path.Combine(Example, "README.md"))).Select(block => block.Groups[1].Value))
            .Replace("Host=127.0.0.1", $"Host=127.0.0.1;Port={owner.Port}", StringComparison.Ordinal)
            .Replace("8087", $"{one}", StringComparison.Ordinal).Replace("8088", $"{two}", StringComparison.Ordinal);
        File.WriteAllText(_folder.Of("recipe"), $"set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n{recipe}");
        Stand("apt-get", "exit 0");
        Stand("setpriv", "while [ \"$1\" != psql ]; do shift; done; exec \"$@\"");
        Stand("recon", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "recon.dll")}' \"$@\"");

        var (exit, said) = await RunAsync("bash", ["recipe"], new()
        {
            ["PATH"] = $"{_folder.Of("bin")}:{Postgres.Folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = $"{owner.Port}",
            ["PGUSER"] = owner.Username,
            ["PGPASSWORD"] = owner.Password,
            ["PGDATABASE"] = "postgres",
            ["XDG_CACHE_HOME"] = _folder.Of("cache"),
        });
        Assert.True(exit == 0, $"{said}\n{Logs()}");
        foreach (var line in (string[])["0003-quartz.sql: done", "2026-03-02  is due now", "\"status\":\"ready\"", "shop.till", "done"])
        {
            Assert.Contains(line, said, StringComparison.Ordinal);
        }

        Assert.Contains("service-stopped", Logs(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_takes()
    {
        Assert.SkipWhen(!IsThere("systemd-analyze"), "there is no systemd-analyze here");
        var unit = File.ReadAllText(Path.Combine(Example, "deploy", "recon.service"));
        Assert.Contains("ExecStart=/opt/recon/recon serve ${RECON_WORKSPACE}\n", unit, StringComparison.Ordinal);
        File.WriteAllText(_folder.Of("recon.service"), unit.Replace("/opt/recon/recon", "/bin/true", StringComparison.Ordinal));
        var (exit, said) = await RunAsync("systemd-analyze", ["verify", _folder.Of("recon.service")], []);
        Assert.True(exit == 0 && !said.Contains("recon.service", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task The_workspace_on_SQL_Server_is_fine_and_differs_from_the_other_in_the_server_only()
    {
        _folder.Copy(Example, "production");
        var check = await WarmCli.RunAsync(_folder.Path, "check", "production", "production/on-postgresql", "production/on-sql-server");
        Assert.True(check.ExitCode == 0, check.Everything);
        var other = File.ReadAllText(Path.Combine(Example, "on-postgresql", "recon.yaml"));
        Assert.Equal(
            other.Replace("PostgreSQL", "SQL Server", StringComparison.Ordinal).Replace("postgresql: secret", "sqlserver: secret", StringComparison.Ordinal),
            File.ReadAllText(Path.Combine(Example, "on-sql-server", "recon.yaml")));
    }

    [Fact]
    public void What_the_container_files_copy_and_mount_is_there()
    {
        var deploy = Path.Combine(Example, "deploy");
        var compose = File.ReadAllText(Path.Combine(deploy, "compose.yaml"));
        foreach (Match mount in Mount().Matches(compose))
        {
            Assert.True(Path.Exists(Path.Combine(deploy, mount.Groups[1].Value)), mount.Value);
        }

        Assert.True(File.Exists(RepositoryRoot.Of("examples/production/deploy/Containerfile")));
        Assert.Contains("dockerfile: examples/production/deploy/Containerfile", compose, StringComparison.Ordinal);
        Assert.Contains("/srv/recon/on-sql-server", compose, StringComparison.Ordinal);
    }

    string Logs() => string.Concat(Directory.EnumerateFiles(_folder.Path, "*.log").Order(StringComparer.Ordinal).Select(File.ReadAllText));

    // A program of the recipe, as this machine has it.
    void Stand(string name, string script)
    {
        Directory.CreateDirectory(_folder.Of("bin"));
        File.WriteAllText(_folder.Of("bin", name), $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Of("bin", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    async Task<(int Exit, string Said)> RunAsync(string program, string[] words, Dictionary<string, string?> variables)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, $"{await output}{await error}");
    }

    static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```sh postgresql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Recipe();

    [GeneratedRegex("\"(\\.[^:\"]*):/")]
    private static partial Regex Mount();
}
