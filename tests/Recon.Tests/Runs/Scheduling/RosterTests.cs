// What a node takes next, and what becomes of a run that ended.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Scheduling;
using Xunit;
using static Recon.Tests.Runs.Scheduling.Daily;

namespace Recon.Tests.Runs.Scheduling;

public sealed class RosterTests
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    readonly MemorySchedule _store = new();
    readonly HashSet<(string, DateOnly)> _recorded = [];

    [Fact]
    public void A_slot_is_found_once_however_often_and_by_whomever_it_is_looked_for()
    {
        var (one, other) = (RosterOf(Pack("a")), RosterOf(Pack("a")));
        Assert.Empty(one.Look(_store, At(2, 5)));
        Assert.Equal(Date(2), Assert.Single(one.Look(_store, At(2, 6))).BusinessDate);
        Assert.Empty(other.Look(_store, At(2, 6)));
        Assert.Empty(other.Look(_store, At(2, 7)));
        Assert.Single(_store.All);
    }

    [Fact]
    public void Missed_dates_are_run_one_after_the_other_in_their_order()
    {
        var roster = RosterOf(Pack("a"));
        roster.Look(_store, At(2, 5));
        roster.Look(_store, At(4, 12));
        for (var day = 2; day <= 4; day++)
        {
            var taken = Take(roster, At(4, 12));
            Assert.Equal(Date(day), taken!.BusinessDate);
            Assert.Null(Take(roster, At(4, 12)));
            Assert.Equal(DueState.Done, roster.End(_store, taken, new DueEnd.Recorded("r"), At(4, 12))!.State);
        }

        Assert.Null(Take(roster, At(4, 12)));
    }

    [Fact]
    public void A_run_whose_node_is_gone_is_taken_over_and_what_the_old_node_says_late_is_not_heard()
    {
        var roster = RosterOf(Pack("a"));
        var first = Found(roster);
        Assert.Null(roster.Take(_store, "other", At(2, 6.01), Lease));
        var second = roster.Take(_store, "other", At(2, 6.02), Lease);
        Assert.Equal(("other", 2L, 1), (second!.Owner, second.Epoch, second.Lapses));
        Assert.False(Roster.Renew(_store, first, At(2, 6.02), Lease));
        Assert.Null(roster.End(_store, first, new DueEnd.Fault("late", IsTransient: false), At(2, 6.02)));
        Assert.True(Roster.Renew(_store, second, At(2, 6.02), Lease));
        Assert.Equal(DueState.Done, roster.End(_store, second, new DueEnd.Recorded("r"), At(2, 6.02))!.State);
    }

    [Fact]
    public void A_run_in_which_nodes_keep_dying_fails_in_the_end()
    {
        var roster = RosterOf(Pack("a"));
        Found(roster);
        var hour = 6.0;
        for (var i = 0; i < Roster.MostLapses; i++)
        {
            Assert.NotNull(Take(roster, At(2, hour += 0.1)));
        }

        Assert.Null(Take(roster, At(2, hour + 0.1)));
        Assert.Equal((DueState.Failed, "its node was gone 11 times"), (_store.All[0].State, _store.All[0].Detail));
    }

    [Fact]
    public void A_transient_fault_is_tried_again_with_pauses_that_double()
    {
        var roster = RosterOf(Pack("a"));
        var due = Found(roster);
        due = roster.End(_store, due, new DueEnd.Fault("away", IsTransient: true), At(2, 6))!;
        Assert.Equal((DueState.Due, Seconds(30)), (due.State, due.NotBefore - At(2, 6)));
        due = roster.End(_store, Take(roster, due.NotBefore)!, new DueEnd.Fault("away", IsTransient: true), At(2, 7))!;
        Assert.Equal((DueState.Due, Seconds(60)), (due.State, due.NotBefore - At(2, 7)));
        due = roster.End(_store, Take(roster, due.NotBefore)!, new DueEnd.Fault("away", IsTransient: true), At(2, 8))!;
        Assert.Equal((DueState.Failed, "away"), (due.State, due.Detail));
    }

    [Fact]
    public void Another_fault_ends_it_and_the_next_date_is_run()
    {
        var roster = RosterOf(Pack("a"));
        roster.Look(_store, At(2, 5));
        roster.Look(_store, At(3, 6));
        Assert.Equal(DueState.Failed, roster.End(_store, Take(roster, At(3, 6))!, new DueEnd.Fault("wrong", IsTransient: false), At(3, 6))!.State);
        Assert.Equal(Date(3), Take(roster, At(3, 6))!.BusinessDate);
    }

    [Fact]
    public void A_missing_input_is_looked_for_until_the_wait_is_over()
    {
        var roster = RosterOf(Pack("a", missingWait: TimeSpan.FromMinutes(1)));
        var due = Found(roster);
        var pauses = new List<double>();
        var now = At(2, 6);
        while (true)
        {
            due = roster.End(_store, due, new DueEnd.Missing("no file"), now)!;
            if (!due.IsOpen)
            {
                break;
            }

            pauses.Add((due.NotBefore - now).TotalSeconds);
            now = due.NotBefore;
            due = Take(roster, now)!;
        }

        Assert.Equal([5, 10, 20, 25], pauses);
        Assert.Equal((DueState.Failed, "no file; it did not come within 1 min"), (due.State, due.Detail));
    }

    [Fact]
    public void A_missing_input_of_a_pack_that_does_not_wait_ends_it() =>
        Assert.Equal(DueState.Failed, Ended(RosterOf(Pack("a")), new DueEnd.Missing("no file")).State);

    [Fact]
    public void A_pack_waits_for_the_pack_before_it()
    {
        var roster = RosterOf(Pack("first"), Pack("second", schedule => schedule with { After = Named("first") }));
        roster.Look(_store, At(2, 5));
        roster.Look(_store, At(2, 6));
        var first = Take(roster, At(2, 6));
        Assert.Equal("first", first!.PackId);
        Assert.Null(Take(roster, At(2, 6)));
        Assert.Equal("first has no run of 2026-03-02", _store.Of("second", Date(2))[0].Detail);
        roster.End(_store, first, new DueEnd.Recorded("r"), At(2, 6));
        _recorded.Add(("first", Date(2)));
        Assert.Equal("second", Take(roster, At(2, 6.1))!.PackId);
    }

    [Fact]
    public void A_pack_that_waited_in_vain_for_another_has_failed()
    {
        var roster = RosterOf(Pack("second", schedule => schedule with { After = Named("first"), Wait = TimeSpan.FromHours(2) }));
        roster.Look(_store, At(2, 5));
        roster.Look(_store, At(2, 6));
        Assert.Null(Take(roster, At(2, 6)));
        Assert.Null(Take(roster, At(2, 8)));
        Assert.Equal(
            (DueState.Failed, "first has no run of 2026-03-02; it did not come within 2 h"), (_store.All[0].State, _store.All[0].Detail));
    }

    [Fact]
    public void Packs_that_exclude_each_other_never_run_together_whichever_says_so()
    {
        var roster = RosterOf(Pack("a"), Pack("b", schedule => schedule with { NotWith = Named("a") }), Pack("c"));
        roster.Look(_store, At(2, 5));
        roster.Look(_store, At(2, 6));
        var a = Take(roster, At(2, 6));
        Assert.Equal(["a", "c"], [a!.PackId, Take(roster, At(2, 6))!.PackId]);
        Assert.Null(Take(roster, At(2, 6)));
        roster.End(_store, a, new DueEnd.Recorded("r"), At(2, 6));
        Assert.Equal("b", Take(roster, At(2, 6))!.PackId);
    }

    [Fact]
    public void A_paused_pack_begins_nothing_and_what_it_missed_falls_under_its_misfire_rule()
    {
        var roster = RosterOf(Pack("a", schedule => schedule with { Misfire = MisfireRule.Once }));
        Found(roster, take: false);
        Assert.True(Requests.Pause(_store, "a", "ann", At(2, 6)));
        Assert.False(Requests.Pause(_store, "a", "bob", At(2, 7)));
        Assert.Null(Take(roster, At(2, 6)));
        Assert.Empty(roster.Look(_store, At(5, 12)));
        Assert.True(Requests.Resume(_store, "a", At(5, 12)));
        Assert.Equal([true, true, false], roster.Look(_store, At(5, 12)).Select(due => due.State == DueState.Skipped));
        Assert.Equal([2, 5], TakeAll(roster, At(5, 12)));
    }

    [Fact]
    public void A_node_that_stops_gives_its_run_back_to_whoever_comes_first()
    {
        var roster = RosterOf(Pack("a"));
        roster.End(_store, Found(roster), new DueEnd.GivenBack(), At(2, 6));
        Assert.NotNull(roster.Take(_store, "other", At(2, 6), Lease));
    }

    [Fact]
    public void Dates_that_are_asked_for_are_due_in_their_order_but_for_those_that_have_a_run()
    {
        var roster = RosterOf(Pack("a"));
        roster.End(_store, Found(roster), new DueEnd.Fault("wrong", IsTransient: false), At(2, 6));
        var answers = Requests.Backfill(
            _store, "a", Enumerable.Range(1, 4).Select(Date), date => date == Date(3), At(5, 0)).Select(answer => answer.Answer);
        Assert.Equal([BackfillAnswer.Added, BackfillAnswer.DueAgain, BackfillAnswer.WasRun, BackfillAnswer.Added], answers);
        Assert.Equal(BackfillAnswer.WasDue, Requests.Backfill(_store, "a", [Date(4)], _ => false, At(5, 0))[0].Answer);
        Assert.Equal([1, 2, 4], TakeAll(roster, At(5, 0)));
    }

    [Fact]
    public void A_slot_of_a_date_that_was_asked_for_before_is_a_run_of_its_own()
    {
        var roster = RosterOf(Pack("a", schedule => schedule with { Cron = Recon.Model.Scheduling.CronExpression.Parse("0 0 0 * * ?", out _)! }));
        roster.Look(_store, At(1, 12));
        Requests.Backfill(_store, "a", [Date(2)], _ => false, At(1, 13));
        Assert.Equal([2], TakeAll(roster, At(1, 13)));
        Assert.Empty(roster.Look(_store, At(2, 0)));
    }

    [Fact]
    public void Somebody_who_runs_the_date_by_hand_is_waited_for()
    {
        var due = Ended(RosterOf(Pack("a")), new DueEnd.Busy("being run"));
        Assert.Equal((DueState.Due, Seconds(5), 0), (due.State, due.NotBefore - At(2, 6), due.Faults));
    }

    DueRun Ended(Roster roster, DueEnd end) => roster.End(_store, Found(roster), end, At(2, 6))!;

    DueRun Found(Roster roster, bool take = true)
    {
        roster.Look(_store, At(2, 5));
        var found = Assert.Single(roster.Look(_store, At(2, 6)));
        return take ? Take(roster, At(2, 6))! : found;
    }

    List<int> TakeAll(Roster roster, Instant now)
    {
        var days = new List<int>();
        while (Take(roster, now) is { } taken)
        {
            days.Add(taken.BusinessDate.Day);
            roster.End(_store, taken, new DueEnd.Recorded("r"), now);
        }

        return days;
    }

    DueRun? Take(Roster roster, Instant now) => roster.Take(_store, "node", now, Lease);

    Roster RosterOf(params ScheduledPack[] packs) => new(packs, (pack, date) => _recorded.Contains((pack, date)));

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
