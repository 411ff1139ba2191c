// Acts of people in a store: one operation, one effect, however many try.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Store;

public abstract class ActTests(TempStore temp) : StoreTests(temp)
{
    static readonly string Break = Submissions.Open("old").Id;

    [Fact]
    public void Of_many_that_try_the_same_one_has_the_effect_and_all_have_its_answer()
    {
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2));
        }

        var outcomes = new ActOutcome[64];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            using var store = Temp.Open();
            for (var i = worker * 8; i < (worker * 8) + 8; i++)
            {
                outcomes[i] = new BreakDesk(store).Resolve(Break, Submissions.Anna);
            }
        });
        using var after = Temp.Open();
        Assert.Single(outcomes, outcome => !outcome.WasRecorded);
        Assert.Equal(outcomes.Select(outcome => outcome.Act.Key).Distinct(), after.Acts(Submissions.Pack).Select(act => act.Key));
        Assert.Null(after.Verify());
    }

    [Fact]
    public void Of_acts_that_exclude_each_other_one_is_done_however_many_come_at_once()
    {
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2));
        }

        var refused = new string?[6];
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            using var store = Temp.Open();
            try
            {
                new BreakDesk(store).Resolve(Break, Submissions.Anna with { By = $"person {i}" });
            }
            catch (ReconException fault) when (fault.Kind == FaultKind.InputWrong)
            {
                refused[i] = fault.Message;
            }
        });
        using var after = Temp.Open();
        var done = Assert.Single(after.Acts(Submissions.Pack));
        Assert.All(refused.OfType<string>(), told => Assert.Contains($"is resolved already, by {done.By} on 2026-03-03", told));
        Assert.Equal(5, refused.OfType<string>().Count());
    }

    [Fact]
    public void Matches_of_one_record_exclude_each_other_while_the_store_is_held()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2));
        Act Of(string other) => new(
            0, "", other, Submissions.Pack, Submissions.Day(2), other, ActKind.Match, new ActDetail(Facts: [], Leg: ["ledger", "bank"]), "why",
            Submissions.At, "anna");
        store.Act(new ActRequest(Of("P1"), Key: null, acts => acts.Count == 0 ? null : "too many"));
        var fault = Assert.Throws<ReconException>(() =>
            store.Act(new ActRequest(Of("P2"), Key: null, acts => acts.Count == 0 ? null : $"{acts[0].Subject} has it")));
        Assert.Equal("P1 has it", fault.Message);
    }

    [Fact]
    public void Digits_that_begin_several_matches_take_none_apart()
    {
        using var store = Temp.Open();
        var run = Submissions.Run(2);
        store.Record(run with { Record = run.Record with { Matches = new MatchEvidence([Submissions.Leg(1500, 2)]) } });
        var several = MatchView.All(store.Runs(Submissions.Pack, 1).Select(head => store.FindRun(head.Id)!.Record).First())
            .Select(match => match.Id).GroupBy(id => id[..4]).First(ids => ids.Count() > 1);
        var fault = Assert.Throws<ReconException>(() => new MatchDesk(store).Unmatch(several.Key, Submissions.Anna));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
        Assert.All(several, id => Assert.Contains(id, fault.Message));
    }

    [Fact]
    public void What_no_run_that_stands_has_is_not_opened_again()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2));
        new BreakDesk(store).Resolve(Break, Submissions.Anna);
        store.Record(Submissions.Run(2, inputs: "less", revision: 2, breaks: []));
        var fault = Assert.Throws<ReconException>(() => new BreakDesk(store).Reopen(Break, Submissions.Anna));
        Assert.Contains("is in no run that stands", fault.Message);
    }

    [Fact]
    public void An_act_is_read_again_by_another_process_as_it_was_done()
    {
        Act done;
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2));
            done = new BreakDesk(store).Resolve(Break[..6], Submissions.Anna with { Reason = "Straße\n\"a\"", Key = "ticket 17" }).Act;
        }

        using var reopened = Temp.Open();
        var read = Assert.Single(reopened.FindBreak(Break)!.Acts);
        Assert.Equal(done with { At = read.At, Detail = read.Detail }, read);
        Assert.Equal(done.Detail.Facts, read.Detail.Facts);
        Assert.Equal((new DateOnly(2026, 3, 2), "ticket 17", 1L), (read.BusinessDate, read.Key, read.Number));
        Assert.Null(reopened.Verify());
    }

    [Fact]
    public void Of_many_who_approve_at_once_each_counts_once_and_the_posting_is_queued_once()
    {
        string hash;
        using (var store = Temp.Open())
        {
            store.Record(Submissions.Run(2, posts: [Submissions.Post("fee", "1.00", PostingState.Proposed) with { Approvals = 3 }]));
            hash = Assert.Single(new ApprovalDesk(store).Of(Break).Proposals).Hash;
        }

        var done = new ActOutcome?[16];
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var store = Temp.Open();
            try
            {
                done[i] = new ApprovalDesk(store).Approve(Break, hash, Submissions.Anna with { By = $"person {i % 5}" });
            }
            catch (ReconException fault) when (fault.Kind == FaultKind.InputWrong)
            {
            }
        });
        using var after = Temp.Open();
        Assert.Equal(3, after.Acts(Submissions.Pack).Count);
        Assert.Equal(3, after.Acts(Submissions.Pack).Select(act => act.By).Distinct().Count());
        Assert.Equal(3, done.Count(outcome => outcome is { WasRecorded: false }));
        Assert.Equal(PostingState.Queued, Assert.Single(after.PostingsFor(Break)).State);
        Assert.Empty(after.WaitingFor(Break));
        Assert.Null(after.Verify());
        Temp.Tamper("UPDATE posting_events SET caused_by = 'nobody'");
        Assert.Contains("event 1 of a posting is not what the audit entry says", after.Verify());
        Temp.Tamper("DELETE FROM posting_events");
        Assert.Contains("event 1 of a posting was recorded, but is not there", after.Verify());
    }

    [Fact]
    public void What_a_run_has_spoken_of_since_it_was_seen_is_not_approved()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2, posts: [Submissions.Post("fee", "1.00", PostingState.Proposed)]);
        store.Record(first);
        var move = new PostingMove(first.Record.Posts[0].Key, first.Record.Posts[0].Effect, first.Record.Head.Id, _ => true);
        store.Record(Submissions.Run(
            2, inputs: "more", revision: 2, posts: [Submissions.Post("fee", "1.00", PostingState.Proposed, first.Record.Head.Id)]));
        var act = new Act(
            0, "", "e", Submissions.Pack, Submissions.Day(2), Break, ActKind.Approve, new ActDetail(Text: "h"), null, Submissions.At, "anna");
        var fault = Assert.Throws<ReconException>(() => store.Act(new ActRequest(act, Key: null, _ => null) { Move = move }));
        Assert.Contains("look again at what is posted", fault.Message);
        Assert.Empty(store.Acts(Submissions.Pack));
        Assert.Equal(PostingState.Proposed, Assert.Single(store.PostingsFor(Break)).State);
    }

    [Fact]
    public void A_key_with_another_effect_is_a_conflict_and_changes_nothing()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2));
        var desk = new BreakDesk(store);
        desk.Comment(Break, "first", Submissions.Anna with { Key = "k" });
        var conflict = Assert.Throws<ReconException>(() => desk.Comment(Break, "second", Submissions.Anna with { Key = "k" }));
        Assert.Equal(FaultKind.InputWrong, conflict.Kind);
        Assert.Equal("first", Assert.Single(store.Acts(Submissions.Pack)).Detail.Text);
    }
}
