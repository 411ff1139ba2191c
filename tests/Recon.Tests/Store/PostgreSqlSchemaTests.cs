// The schema on a server: made by one role, used by another, refused where it is not this engine's.
using Npgsql;
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Runs.Scheduling;
using Recon.Store.Purging;
using Recon.Store.Schedules;
using Recon.Store.Servers;
using Recon.Tests.Runs.Scheduling;
using Recon.Tests.Servers;
using Xunit;

namespace Recon.Tests.Store;

public sealed class PostgreSqlSchemaTests
{
    const string Password = "not-a-secret";

    readonly string _text = PostgresServer.OrSkip().NewDatabase();

    readonly string _role = $"recon_run_{Guid.NewGuid():N}";

    Connection Owner => new("OWNER", DatabaseServer.PostgreSql, $"{_text};Pooling=false");

    [Fact]
    public void A_database_without_a_store_says_how_to_make_one()
    {
        var fault = Assert.Throws<ReconException>(() => ServerRunStore.Open(Owner));
        Assert.Equal("connection OWNER: there is no store in this database yet; 'recon db migrate' makes one", fault.Message);
        Assert.Equal([], ServerSchema.StatusOf(Owner).Run);
        Assert.Equal(
            [
                "0001-runs.sql", "0002-schedules.sql", "0003-quartz.sql", "0004-acts.sql", "0005-evidence-files.sql", "0006-purges.sql",
                "0007-posting-events.sql",
            ],
            ServerSchema.Migrate(Owner, runRole: null).Select(name => name["PostgreSql/Migrations/".Length..]));
        Assert.Equal([], ServerSchema.Migrate(Owner, runRole: null));
        Assert.True(ServerSchema.StatusOf(Owner).IsCurrent);
        ServerRunStore.Open(Owner).Dispose();
    }

    [Fact]
    public void A_store_of_a_newer_engine_is_refused()
    {
        ServerSchema.Migrate(Owner, runRole: null);
        Execute("INSERT INTO recon.schema_versions (scriptname, applied) VALUES ('PostgreSql/Migrations/0999-future.sql', now())");
        foreach (var act in new Action[] { () => ServerRunStore.Open(Owner), () => ServerSchema.StatusOf(Owner), () => ServerSchema.Migrate(Owner, null) })
        {
            Assert.Contains("was written by a newer engine (PostgreSql/Migrations/0999-future.sql was run on it", Assert.Throws<ReconException>(act).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_that_migrate_at_once_make_one_schema() =>
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            ServerSchema.Migrate(Owner, runRole: null);
            ServerRunStore.Open(Owner).Dispose();
        });

    [Fact]
    public void The_role_that_runs_records_and_reads_and_changes_nothing()
    {
        Execute($"CREATE ROLE {_role} LOGIN PASSWORD '{Password}'");
        ServerSchema.Migrate(Owner, _role);
        var runner = Owner with { Name = "RUN", Text = $"{_text};Pooling=false;Username={_role};Password={Password}" };
        using (var store = ServerRunStore.Open(runner))
        using (store.Claim(Submissions.Pack, Submissions.Day(2)))
        {
            store.Record(Submissions.Run(2));
            store.RecordFailure(new(Submissions.Pack, Submissions.Day(3), "control failed", Submissions.At, "ops"));
            store.Record(Submissions.Run(2, inputs: "others", revision: 2));
            Assert.False(new BreakDesk(store).Assign(Submissions.Open("old").Id, "anna", Submissions.Anna).WasRecorded);
            Assert.True(store.Reinstate(Submissions.Run(2).Record.Head.Id, [], Submissions.At, "ops"));
            Assert.Null(store.Verify());
        }

        var schedule = ScheduleStore.On(runner);
        Assert.True(schedule.Turn(turn => Requests.Pause(turn, "p", "ops", Daily.At(1, 6))));
        Assert.Single(schedule.Turn(turn => Requests.Backfill(turn, "p", [Daily.Date(1)], _ => false, Daily.At(1, 6))));
        Assert.True(schedule.Turn(turn => Requests.Resume(turn, "p", Daily.At(1, 7))));
        using var database = ServerRunStore.DatabaseOf(runner);
        foreach (var sql in new[]
        {
            "UPDATE audit SET who = 'nobody'", "DELETE FROM runs", "UPDATE postings SET state = 'Sent'", "TRUNCATE breaks", "DROP TABLE audit",
            "DELETE FROM leases", "DELETE FROM due_runs", "UPDATE acts SET acted_by = 'nobody'", "DELETE FROM acts", "DELETE FROM posting_events",
            "DELETE FROM evidence", "DELETE FROM evidence_files", "INSERT INTO purges SELECT number, recorded_at, 'x', 'x', 1, 1 FROM runs",
            "DELETE FROM schedule_packs", "CREATE TABLE extra (a int)", "DELETE FROM schema_versions",
        })
        {
            var refused = Assert.Throws<PostgresException>(() => database.Execute(sql));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    [Fact]
    public void The_role_that_purges_deletes_matches_and_nothing_else()
    {
        Execute($"CREATE ROLE {_role} LOGIN PASSWORD '{Password}'");
        ServerSchema.Migrate(Owner, runRole: null, purgeRole: _role);
        using (var store = ServerRunStore.Open(Owner))
        {
            store.Record(Submissions.Run(2));
            store.Record(Submissions.Run(3));
        }

        var purger = Owner with { Name = "PURGE", Text = $"{_text};Pooling=false;Username={_role};Password={Password}" };
        using (var store = ServerRunStore.Open(purger))
        {
            var purge = new EvidencePurge(store, new Retention("standard", 1, null, []));
            Assert.True(purge.Purge(Assert.Single(purge.Find(Submissions.Day(31))), Submissions.At, "keeper"));
            Assert.Equal((0, 0), purge.RemoveLeftovers());
            Assert.Null(store.Verify());
        }

        using var database = ServerRunStore.DatabaseOf(purger);
        foreach (var sql in new[]
        {
            "DELETE FROM runs", "DELETE FROM open_items", "DELETE FROM breaks", "DELETE FROM break_segments", "DELETE FROM settled", "DELETE FROM postings",
            "DELETE FROM documents", "DELETE FROM audit", "DELETE FROM purges", "UPDATE evidence SET leg = 2", "INSERT INTO evidence SELECT * FROM evidence",
            "DELETE FROM evidence_files", "TRUNCATE evidence", "UPDATE audit SET who = 'nobody'",
        })
        {
            var refused = Assert.Throws<PostgresException>(() => database.Execute(sql));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    [Fact]
    public void The_role_that_migrates_needs_no_more_than_to_make_a_schema()
    {
        var migrator = $"recon_migrate_{Guid.NewGuid():N}";
        var database = new NpgsqlConnectionStringBuilder(_text).Database;
        Execute($"CREATE ROLE {migrator} LOGIN PASSWORD '{Password}'; CREATE ROLE {_role}; GRANT CREATE ON DATABASE {database} TO {migrator}");
        var connection = Owner with { Name = "MIGRATION", Text = $"{_text};Pooling=false;Username={migrator};Password={Password}" };
        Assert.NotEmpty(ServerSchema.Migrate(connection, _role));
        Assert.True(ServerSchema.StatusOf(connection).IsCurrent);
    }

    void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{_text};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
