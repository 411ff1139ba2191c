// Undone runs in a store: the books as they were, the date as one that was not run.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Delivering;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public abstract class UndoTests(TempStore temp) : StoreTests(temp)
{
    [Fact]
    public void What_the_books_may_have_is_reversed_and_the_rest_leaves_the_outbox()
    {
        using var store = Temp.Open();
        var run = Submissions.Run(2, posts:
        [
            .. "new sent taken refused".Split(' ').Select(name => Submissions.Post(name, "1.00", PostingState.Queued)),
            Submissions.Post("asked", "2.00", PostingState.Proposed),
        ]);
        store.Record(run);
        Deliver(store, "sent", DeliveryState.Sent);
        Deliver(store, "taken", DeliveryState.Sent, DeliveryState.Acknowledged);
        Deliver(store, "refused", DeliveryState.Sent, DeliveryState.Failed);
        var (outcome, undoing) = new UndoDesk(store).Undo(run.Record.Head.Id, Submissions.Anna);
        Assert.False(outcome.WasRecorded);
        Assert.Equal((RunState.Undone, 2), (undoing.Head.State, undoing.Head.Revision));
        Assert.Equal(
            ["acknowledged 1.00", "queued 1.00", "queued 1.00", "sent 1.00", "withdrawn 1.00", "withdrawn 1.00", "withdrawn 2.00"],
            store.Postings(Submissions.Pack).Select(posting => $"{posting.Word} {posting.Amount.Number}").Order());
        Assert.Equal(2, store.Undelivered(Submissions.Pack).Count(posting => posting.Debit == "cash"));
        Assert.Null(store.Standing(Submissions.Pack, Submissions.Day(2)));
        Assert.Null(store.Opening(Submissions.Pack, Submissions.Day(3)).RunId);
        Assert.Empty(store.Breaks(BreakQuery.All).Breaks);
        Assert.Null(store.Verify());
        Temp.Tamper("UPDATE acts SET kind = 'Comment' WHERE kind = 'Undo'");
        Assert.NotNull(store.Verify());
    }

    [Fact]
    public void A_run_on_which_later_ones_rest_stays_until_they_are_undone()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2);
        var second = Submissions.Run(3, first);
        store.Record(first);
        store.Record(second);
        var desk = new UndoDesk(store);
        var fault = Assert.Throws<ReconException>(() => desk.Undo(first.Record.Head.Id, Submissions.Anna));
        Assert.Contains($"undo the newest first, run {second.Record.Head.Id}", fault.Message);
        Assert.Empty(store.Acts(Submissions.Pack));
        desk.Undo(second.Record.Head.Id, Submissions.Anna);
        Assert.Equal(first.Record.Head.Id, store.Opening(Submissions.Pack, Submissions.Day(4)).RunId);
        Assert.All(store.Runs(Submissions.Pack, 9), run => Assert.False(run.IsStale));
        desk.Undo(first.Record.Head.Id, Submissions.Anna);
        Assert.Null(store.Opening(Submissions.Pack, Submissions.Day(4)).RunId);
        Assert.Empty(store.Undelivered(Submissions.Pack));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void Of_many_who_undo_at_once_one_does_and_whoever_comes_later_has_the_answer()
    {
        var run = Submissions.Run(2);
        using (var store = Temp.Open())
        {
            store.Record(run);
        }

        var done = new UndoOutcome?[16];
        Parallel.For(0, done.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var store = Temp.Open();
            try
            {
                done[i] = new UndoDesk(store).Undo(run.Record.Head.Id, Submissions.Anna with { By = $"person {i}" });
            }
            catch (ReconException fault) when (fault.Kind == FaultKind.Busy)
            {
            }
        });
        using var after = Temp.Open();
        var again = new UndoDesk(after).Undo(run.Record.Head.Id, Submissions.Anna);
        Assert.Equal(1, done.Count(outcome => outcome is { Outcome.WasRecorded: false }));
        Assert.All(done.OfType<UndoOutcome>(), outcome => Assert.Equal(again.Outcome.Act.Key, outcome.Outcome.Act.Key));
        Assert.Equal(2, after.Runs(Submissions.Pack, 9).Count);
        Assert.Equal(ActKind.Undo, Assert.Single(after.Acts(Submissions.Pack)).Kind);
        Assert.Null(after.Verify());
    }

    [Fact]
    public void Nobody_undoes_what_is_being_delivered()
    {
        using var store = Temp.Open();
        var run = Submissions.Run(2);
        store.Record(run);
        using var other = Temp.Open();
        using var claim = other.Claim(Submissions.Pack, Deliverer.ClaimedDate);
        var fault = Assert.Throws<ReconException>(() => new UndoDesk(store).Undo(run.Record.Head.Id, Submissions.Anna));
        Assert.Equal(FaultKind.Busy, fault.Kind);
    }

    [Fact]
    public void A_posting_that_moved_since_it_was_seen_leaves_everything_as_it_was()
    {
        using var store = Temp.Open();
        var run = Submissions.Run(2);
        store.Record(run);
        var posting = run.Record.Posts[0];
        var seen = store.EarlierPostings([posting.Key]);
        Deliver(store, "fee 2", DeliveryState.Sent);
        var act = new Act(
            0, "", "e", Submissions.Pack, Submissions.Day(2), run.Record.Head.Id, ActKind.Undo, new ActDetail(Facts: []), null, Submissions.At, "anna");
        var fault = Assert.Throws<ReconException>(() => store.Act(
            new ActRequest(act, Key: null, _ => null) { Undoing = new RunUndoing(Submissions.Run(2, inputs: "x", revision: 2), seen) }));
        Assert.Equal((FaultKind.Busy, true), (fault.Kind, fault.IsTransient));
        Assert.Single(store.Runs(Submissions.Pack, 9));
        Assert.Empty(store.Acts(Submissions.Pack));
    }

    static void Deliver(IOutbox store, string name, params DeliveryState[] states)
    {
        var key = Submissions.Post(name, "1.00", PostingState.Queued).Key;
        var posting = store.Undelivered(Submissions.Pack).Single(each => each.Key == key);
        store.Write([.. states.Select(state => new DeliveryStep(posting, state, "as told"))], Submissions.At, "anna");
    }
}
