// The commands on a store that a database server keeps.
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class StoreOnServerTests
{
    [Fact]
    public async Task A_run_is_recorded_listed_and_verified_on_PostgreSQL()
    {
        var server = PostgresServer.OrSkip();
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), ".");
        File.AppendAllText(folder.Of("recon.yaml"), "store: BOOKS\nconnections: { BOOKS: { postgresql: secret:RECON_CLI_STORE } }\n");
        Environment.SetEnvironmentVariable("RECON_CLI_STORE", server.NewDatabase());

        await Expect(folder, 74, "there is no store in this database yet; 'recon db migrate' makes one", "run", ".");
        await Expect(folder, 2, "missing", "db", "status");
        await Expect(folder, 0, "PostgreSql/Migrations/0001-runs.sql: done", "db", "migrate");
        await Expect(folder, 0, "done", "db", "status");
        await Expect(folder, 0, "", "run", ".");
        await Expect(folder, 0, "", "run", ".");
        await Expect(folder, 0, "base.two-sided", "runs", "list");
        await Expect(folder, 0, "as they were written", "audit", "verify");
        Assert.False(Directory.Exists(folder.Of(".recon")));
    }

    static async Task Expect(TemporaryFolder folder, int exit, string text, params string[] words)
    {
        var result = await CliProcess.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == exit && result.Everything.Contains(text, StringComparison.Ordinal), $"{string.Join(' ', words)}: {result.Everything}");
    }
}
