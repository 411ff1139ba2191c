// The commands on a store that a database server keeps.
using Recon.Tests.Cli.Serving;
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

    [Fact]
    public async Task What_is_due_is_kept_on_PostgreSQL_beside_the_runs()
    {
        var text = PostgresStore.NewForRunRole();
        using var folder = new TemporaryFolder();
        PostingWorkspace.Write(
            folder.Path, packs: 1, dates: 3, "cron: \"0 0 6 * * ?\"", "store: BOOKS\nconnections: { BOOKS: { postgresql: secret:RECON_CLI_SCHEDULE } }\n");
        Environment.SetEnvironmentVariable("RECON_CLI_SCHEDULE", text);

        await Expect(folder, 0, "no service has looked yet", "schedule", "list");
        await Expect(folder, 0, "2026-01-02  is due now", "schedule", "backfill", "p0", "--from", "2026-01-01", "--to", "2026-01-02");
        await Expect(folder, 0, "p0 is paused", "schedule", "pause", "p0");
        await Expect(folder, 0, "p0 runs again", "schedule", "resume", "p0");
        using (var service = ServeProcess.Start(folder.Path, "alone"))
        {
            await service.SaysAsync("run-recorded", times: 2);
            Assert.Equal(0, await service.EndAsync());
        }

        await Expect(folder, 0, "done", "schedule", "list", "--pack", "p0");
        await Expect(folder, 0, "2026-01-02  has a run: left as it is", "schedule", "backfill", "p0", "--from", "2026-01-02", "--to", "2026-01-02");
        Assert.False(Directory.Exists(folder.Of(".recon")));
    }

    static async Task Expect(TemporaryFolder folder, int exit, string text, params string[] words)
    {
        var result = await CliProcess.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == exit && result.Everything.Contains(text, StringComparison.Ordinal), $"{string.Join(' ', words)}: {result.Everything}");
    }
}
