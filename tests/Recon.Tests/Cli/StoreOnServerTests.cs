// The commands on a store that a database server keeps.
using System.Diagnostics;
using Recon.Store.Servers;
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

    [Fact]
    public async Task One_node_of_a_cluster_is_woken_at_a_slot_and_another_where_that_one_is_gone()
    {
        var text = PostgresStore.NewForRunRole();
        using var folder = new TemporaryFolder();
        PostingWorkspace.Write(
            folder.Path, packs: 1, dates: 0, "cron: \"0/3 * * * * ?\"", "store: BOOKS\nconnections: { BOOKS: { postgresql: secret:RECON_CLI_CLUSTER } }\n");
        (string, string)[] settings = [("RECON_CLI_CLUSTER", text), ("RECON_LOOK", "1m")];
        using var one = ServeProcess.Start(folder.Path, "same", "none", settings);
        using var other = ServeProcess.Start(folder.Path, "same", "none", settings);
        await Task.WhenAll(one.StartedAsync(), other.StartedAsync());
        await await Task.WhenAny(one.SaysAsync("slot-found"), other.SaysAsync("slot-found"));
        Assert.Equal(2, Number("SELECT count(*) FROM qrtz_scheduler_state"));
        var fired = Number("SELECT prev_fire_time FROM qrtz_triggers");
        Assert.True(fired > 0);
        one.Kill();
        for (var waited = Stopwatch.StartNew(); Number("SELECT prev_fire_time FROM qrtz_triggers") - fired < TimeSpan.FromSeconds(20).Ticks;)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), string.Join('\n', other.Lines));
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await other.EndAsync());
        Assert.Equal((1, 1), (Number("SELECT count(*) FROM qrtz_cron_triggers"), Number("SELECT count(*) FROM qrtz_job_details")));

        long Number(string sql)
        {
            using var database = ServerRunStore.DatabaseOf(PostgresStore.ConnectionOf($"{text};Pooling=false"));
            return database.All(sql, row => row.Number(0))[0];
        }
    }

    static async Task Expect(TemporaryFolder folder, int exit, string text, params string[] words)
    {
        var result = await CliProcess.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == exit && result.Everything.Contains(text, StringComparison.Ordinal), $"{string.Join(' ', words)}: {result.Everything}");
    }
}
