// What a server does to its clients: it ends connections and transactions, and refuses what nobody may do.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Store.Servers;
using Xunit;

namespace Recon.Tests.Store;

public sealed class PostgreSqlFaultTests : IDisposable
{
    readonly PostgreSqlTempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_connection_that_the_server_ended_is_opened_again()
    {
        using var store = _temp.Open();
        store.Record(Submissions.Run(2));
        EndConnections();
        Assert.Single(store.Runs(null, 10));
        EndConnections();
        store.Record(Submissions.Run(3));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_deadlock_is_tried_again_and_leaves_one_run()
    {
        using var store = _temp.Open();
        OnTheFirst(2, "audit", "RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'");
        store.Record(Submissions.Run(2));
        Assert.Single(store.Runs(null, 10));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_deadlock_that_does_not_end_is_a_fault_that_says_its_name()
    {
        using var store = _temp.Open();
        OnTheFirst(1000, "audit", "RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'");
        var fault = Assert.Throws<ReconException>(() => store.Record(Submissions.Run(2)));
        Assert.Equal((FaultKind.Storage, true), (fault.Kind, fault.IsTransient));
        Assert.Equal("connection BOOKS: a deadlock: the server ended this transaction for the sake of another", fault.Message);
        Assert.Empty(store.Runs(null, 10));
    }

    [Fact]
    public async Task A_writer_whose_wait_was_ended_begins_another()
    {
        using var store = _temp.Open();
        using var other = _temp.Open();
        var writing = other.Database.BeginWrite();
        var recording = Task.Run(() => store.Record(Submissions.Run(2)), TestContext.Current.CancellationToken);
        while (!_temp.Answers("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        writing.Dispose();
        await recording.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Single(store.Runs(null, 10));
    }

    [Fact]
    public void A_run_whose_commit_nobody_answered_is_recorded_once()
    {
        using var store = _temp.Open();
        OnTheFirst(1, "audit", "PERFORM pg_terminate_backend(pg_backend_pid())", atCommit: true);
        store.Record(Submissions.Run(2));
        Assert.Single(store.Runs(null, 10));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_failure_whose_commit_nobody_answered_is_not_told_twice()
    {
        using var store = _temp.Open();
        OnTheFirst(1, "audit", "PERFORM pg_terminate_backend(pg_backend_pid())", atCommit: true);
        var attempt = new FailedAttempt(Submissions.Pack, Submissions.Day(3), "control failed", Submissions.At, "ops");
        var fault = Assert.Throws<ReconException>(() => store.RecordFailure(attempt));
        Assert.True(fault.IsTransient);
        Assert.Empty(store.Failures(null, 10));
        store.RecordFailure(attempt);
        Assert.Single(store.Failures(null, 10));
    }

    [Fact]
    public void Who_stood_still_until_another_took_over_writes_nothing()
    {
        using var first = _temp.Open();
        using var second = _temp.Open();
        using (first.Claim(Submissions.Pack, Submissions.Day(2)))
        {
            _temp.Tamper("UPDATE leases SET expires_at = now() - interval '1 second'");
            using (second.Claim(Submissions.Pack, Submissions.Day(2)))
            {
                var fault = Assert.Throws<ReconException>(() => first.Record(Submissions.Run(2)));
                Assert.Equal((FaultKind.Busy, true), (fault.Kind, fault.IsTransient));
                second.Record(Submissions.Run(2, inputs: "others"));
            }
        }

        Assert.Equal(Submissions.Run(2, inputs: "others").Record.Head.Id, Assert.Single(first.Runs(null, 10)).Id);
    }

    [Fact]
    public void A_claim_outlives_its_length_as_long_as_its_process_lives()
    {
        using var temp = new PostgreSqlTempStore(TimeSpan.FromSeconds(1));
        using var first = temp.Open();
        using var second = temp.Open();
        using (first.Claim(Submissions.Pack, Submissions.Day(2)))
        {
            Thread.Sleep(2500);
            var fault = Assert.Throws<ReconException>(() => second.Claim(Submissions.Pack, Submissions.Day(2)));
            Assert.Contains($"is being run by another process: process {Environment.ProcessId} on ", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Password=canary-4711", "does not let this user in")]
    [InlineData("Database=nowhere", "there is no such database on the server")]
    [InlineData("Port=1", "the server cannot be reached")]
    [InlineData("Colour=canary-4711", "Npgsql does not take its connection string")]
    public void What_cannot_be_opened_says_why_and_quotes_no_secret(string change, string why)
    {
        var connection = _temp.Connection with { Text = $"{_temp.Connection.Text};{change}" };
        var fault = Assert.Throws<ReconException>(() => ServerRunStore.Open(connection));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("connection BOOKS: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", $"{fault.Message}{connection}", StringComparison.Ordinal);
    }

    void EndConnections() => _temp.Tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    // A sequence keeps counting when a transaction is undone.
    void OnTheFirst(int times, string table, string act, bool atCommit = false) => _temp.Tamper($"""
        CREATE SEQUENCE attempts;
        CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            IF nextval('recon.attempts') <= {times} THEN {act}; END IF;
            RETURN NEW;
        END $$;
        CREATE {(atCommit ? "CONSTRAINT TRIGGER disturb AFTER" : "TRIGGER disturb BEFORE")} INSERT ON {table}
        {(atCommit ? "DEFERRABLE INITIALLY DEFERRED" : "")} FOR EACH ROW EXECUTE FUNCTION disturb()
        """);
}
