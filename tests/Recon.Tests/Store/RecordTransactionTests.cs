// A run is recorded as a whole or not at all, once, whatever happens on the way.
using Recon.Model;
using Recon.Store;
using Recon.Store.Rows;
using Xunit;

namespace Recon.Tests.Store;

public abstract class RecordTransactionTests(TempStore temp) : StoreTests(temp)
{
    [Fact]
    public void The_same_run_twice_is_recorded_once()
    {
        using var store = Temp.Open();
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
        using var store = Temp.Open();
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
        using var store = Temp.Open();
        store.Record(Submissions.Run(2));
        AssertBusy(() => store.Record(Submissions.Run(2, inputs: "more")));
        store.Record(Submissions.Run(2, inputs: "more", revision: 2));
        Assert.Equal(2, store.Revisions(Submissions.Pack, Submissions.Day(2)));
    }

    [Fact]
    public void A_posting_whose_key_was_used_meanwhile_for_something_else_leaves_nothing_of_the_run()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, posts: [Submissions.Post("fee", "1.00", PostingState.Queued)]));
        var before = Contents(store);
        AssertBusy(() => store.Record(Submissions.Run(3, posts:
            [Submissions.Post("more", "5.00", PostingState.Queued), Submissions.Post("fee", "2.00", PostingState.Queued)])));
        Assert.Equal(before, Contents(store));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void Eight_processes_that_record_the_same_run_record_it_once()
    {
        var run = Submissions.Run(2, open: 200);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var store = Temp.Open();
            Assert.Equal(run.Record.Head.Id, store.Record(run).Head.Id);
        });
        using var reopened = Temp.Open();
        Assert.Single(reopened.Runs(null, 10));
        Assert.Null(reopened.Verify());
    }

    [Fact]
    public void Writers_of_several_packs_wait_for_each_other_and_leave_one_chain()
    {
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var store = Temp.Open();
            store.Record(Submissions.Run(2, pack: $"pack{i}", posts: []));
            store.RecordFailure(new($"pack{i}", Submissions.Day(3), "control failed", Submissions.At, "ops"));
        });
        using var reopened = Temp.Open();
        Assert.Equal(16, reopened.Runs(null, 100).Count);
        Assert.Null(reopened.Verify());
    }

    static void AssertBusy(Action act)
    {
        var fault = Assert.Throws<ReconException>(act);
        Assert.Equal((FaultKind.Busy, true), (fault.Kind, fault.IsTransient));
    }

    /// <summary>Number of rows by table.</summary>
    internal static string Contents(RunStore store) => string.Join(
        ' ',
        RunTable.All.Select(table => table.Name).Append("audit").Select(table =>
            $"{table}={store.Database.All($"SELECT count(*) FROM {table}", row => row.Number(0))[0]}"));
}
