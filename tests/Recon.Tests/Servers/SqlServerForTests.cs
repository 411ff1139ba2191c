// The SQL Server that tests may use: one that is given, or one in a container of their own.
using Testcontainers.MsSql;
using Xunit;

[assembly: AssemblyFixture(typeof(Recon.Tests.Servers.SqlServerForTests.End))]

namespace Recon.Tests.Servers;

public static class SqlServerForTests
{
    const string Variable = "RECON_TEST_SQLSERVER";

    static readonly Lazy<(string? Connection, string WhyNone, MsSqlContainer? Container)> Found = new(Find);

    /// <summary>The connection string of a user who may make databases; without a server the test is skipped with the reason.</summary>
    public static string OrSkip()
    {
        Assert.SkipWhen(Found.Value.Connection is null, Found.Value.WhyNone);
        return Found.Value.Connection!;
    }

    static (string? Connection, string WhyNone, MsSqlContainer? Container) Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return (given, "", null);
        }

        if (!File.Exists("/var/run/docker.sock") && Environment.GetEnvironmentVariable("DOCKER_HOST") is null)
        {
            return (null, $"no SQL Server: {Variable} names none, and there is no Docker to run one in", null);
        }

        try
        {
            var container = new MsSqlBuilder("mcr.microsoft.com/mssql/server:2022-latest").Build();
            container.StartAsync().GetAwaiter().GetResult();
            return (container.GetConnectionString(), "", container);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return (null, $"no SQL Server: {Variable} names none, and Docker could not run one: {fault.Message}", null);
        }
    }

    /// <summary>Ends the container, where there is one, after the last test.</summary>
    public sealed class End : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (Found.IsValueCreated && Found.Value.Container is { } container)
            {
                await container.DisposeAsync();
            }
        }
    }
}
