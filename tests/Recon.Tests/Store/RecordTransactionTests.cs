// A run is recorded as a whole or not at all, once, whatever happens on the way.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Store.Sqlite;
using Xunit;

namespace Recon.Tests.Store;

public sealed class RecordTransactionTests : IDisposable
{
    readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_same_run_twice_is_recorded_once()
    {
        using var store = _temp.Open();
        var run = Submissions.Run(2);
        var first = store.Record(run);
        var second = store.Record(run with { At = run.At.AddHours(1), By = "another" });
        Assert.Equal(first.Head, second.Head);
        Assert.Single(store.Runs(null, 10));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void The_same_key_with_another_result_is_busy_and_leaves_nothing()
    {
        using var store = _temp.Open();
        var run = Submissions.Run(2);
        store.Record(run);
        var before = Contents(store);
        var other = run with { Record = run.Record with { Notices = ["another"] } };
        AssertBusy(() => store.Record(other));
        AssertBusy(() => store.Record(run with { ClosingHash = Submissions.Hash("another") }));
        Assert.Equal(before, Contents(store));
    }

    [Fact]
    public void A_revision_that_another_run_took_is_busy()
    {
        using var store = _temp.Open();
        store.Record(Submissions.Run(2));
        AssertBusy(() => store.Record(Submissions.Run(2, inputs: "more")));
        store.Record(Submissions.Run(2, inputs: "more", revision: 2));
        Assert.Equal(2, store.Revisions(Submissions.Pack, Submissions.Day(2)));
    }

    [Fact]
    public void A_posting_whose_key_was_used_meanwhile_for_something_else_leaves_nothing_of_the_run()
    {
        using var store = _temp.Open();
        store.Record(Submissions.Run(2, posts: [Submissions.Post("fee", "1.00", PostingState.Queued)]));
        var before = Contents(store);
        AssertBusy(() => store.Record(Submissions.Run(3, posts:
            [Submissions.Post("more", "5.00", PostingState.Queued), Submissions.Post("fee", "2.00", PostingState.Queued)])));
        Assert.Equal(before, Contents(store));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_transaction_that_was_abandoned_is_not_there_when_the_store_is_opened_again()
    {
        using (var store = _temp.Open())
        {
            store.Record(Submissions.Run(2));
            store.Database.Execute("BEGIN IMMEDIATE");
            store.Database.Execute("DELETE FROM breaks");
        }

        using var reopened = _temp.Open();
        Assert.Null(reopened.Verify());
        Assert.Equal(2, reopened.Breaks(BreakQuery.All).Breaks.Count);
    }

    [Fact]
    public void A_disk_that_is_full_at_any_page_leaves_the_store_as_it_was_and_the_retry_works()
    {
        using var store = _temp.Open();
        store.Record(Submissions.Run(2));
        var before = Contents(store);
        var next = Submissions.Run(3, after: Submissions.Run(2), open: 20_000);
        var pages = store.Database.All("PRAGMA page_count", row => row.Number(0))[0];
        var faults = 0;
        for (var limit = pages; faults < 1000; limit++)
        {
            store.Database.Execute($"PRAGMA max_page_count = {limit}");
            try
            {
                store.Record(next);
                break;
            }
            catch (ReconException fault)
            {
                faults++;
                Assert.Equal((FaultKind.Storage, false), (fault.Kind, fault.IsTransient));
                Assert.StartsWith($"{_temp.Path}: the disk is full", fault.Message, StringComparison.Ordinal);
                Assert.Equal(before, Contents(store));
            }
        }

        Assert.InRange(faults, 20, 999);
        Assert.Null(store.Verify());
        Assert.Equal(20_000, store.Opening(Submissions.Pack, Submissions.Day(4)).Items.Count);
    }

    [Fact]
    public void Eight_processes_that_record_the_same_run_record_it_once()
    {
        var run = Submissions.Run(2, open: 200);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var store = _temp.Open();
            Assert.Equal(run.Record.Head.Id, store.Record(run).Head.Id);
        });
        using var reopened = _temp.Open();
        Assert.Single(reopened.Runs(null, 10));
        Assert.Null(reopened.Verify());
    }

    [Fact]
    public void Writers_of_several_packs_wait_for_each_other_and_leave_one_chain()
    {
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var store = _temp.Open();
            store.Record(Submissions.Run(2, pack: $"pack{i}", posts: []));
            store.RecordFailure(new($"pack{i}", Submissions.Day(3), "control failed", Submissions.At, "ops"));
        });
        using var reopened = _temp.Open();
        Assert.Equal(16, reopened.Runs(null, 100).Count);
        Assert.Null(reopened.Verify());
    }

    static void AssertBusy(Action act)
    {
        var fault = Assert.Throws<ReconException>(act);
        Assert.Equal((FaultKind.Busy, true), (fault.Kind, fault.IsTransient));
    }

    /// <summary>Number of rows by table.</summary>
    static string Contents(SqliteRunStore store) => string.Join(
        ' ',
        RunTable.All.Select(table => table.Name).Append("audit").Select(table =>
            $"{table}={store.Database.All($"SELECT count(*) FROM {table}", row => row.Number(0))[0]}"));
}
