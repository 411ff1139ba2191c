// What is recorded comes back: runs, opening states, postings, breaks.
using CsCheck;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Store;
using Xunit;

namespace Recon.Tests.Store;

public abstract class RunStoreTests(TempStore temp) : StoreTests(temp)
{
    [Fact]
    public void A_recorded_run_is_read_again_to_the_byte_by_another_process()
    {
        RandomRuns.Record.Sample(
            record =>
            {
                using var temp = Temp.Another();
                var submission = Submissions.Run(2) with { Record = record };
                using (var store = temp.Open())
                {
                    store.Record(submission);
                }

                using var reopened = temp.Open();
                AssertSame(record, reopened.FindByKey(record.Head.Key)!.Record);
                Assert.Null(reopened.Verify());
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public void A_run_is_found_by_key_by_id_and_by_the_beginning_of_its_id()
    {
        using var store = Temp.Open();
        var submission = Submissions.Run(2);
        var recorded = store.Record(submission);
        var head = submission.Record.Head;
        Assert.Equal(recorded.Head, store.FindByKey(head.Key)!.Head);
        Assert.Equal(recorded.Head, store.FindRun(head.Id)!.Head);
        Assert.Equal(recorded.Head, store.FindRun(head.Id[..4].ToUpperInvariant())!.Head);
        Assert.Null(store.FindRun(head.Id[..3]));
        Assert.Null(store.FindRun("%%%%"));
        Assert.Null(store.FindByKey(head.Id));
        Assert.Equal(recorded.Head, Assert.Single(store.Runs(Submissions.Pack, 10)));
        Assert.Empty(store.Runs("another", 10));
        Assert.Equal(1, store.Revisions(Submissions.Pack, Submissions.Day(2)));
        Assert.Equal(0, store.Revisions(Submissions.Pack, Submissions.Day(3)));
        Assert.Equal(TimeSpan.Zero, recorded.Head.RecordedAt - Submissions.At);
    }

    [Fact]
    public void A_beginning_of_several_ids_is_refused_with_their_names()
    {
        using var store = Temp.Open();
        var breaks = new[] { Submissions.Open("a") with { Id = "abcd000000000001" }, Submissions.Open("b") with { Id = "abcd000000000002" } };
        store.Record(Submissions.Run(2, breaks: breaks));
        var fault = Assert.Throws<ReconException>(() => store.FindBreak("abcd"));
        Assert.Equal(FaultKind.NotFound, fault.Kind);
        Assert.Contains("abcd000000000001, abcd000000000002", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(store.FindBreak("abcd000000000002"));
    }

    [Fact]
    public void The_opening_state_is_the_newest_revision_of_the_newest_earlier_date()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2);
        var second = Submissions.Run(3, after: first);
        var revised = Submissions.Run(3, after: first, inputs: "more", revision: 2, open: 5);
        var third = Submissions.Run(5, after: revised);
        foreach (var run in new[] { first, second, revised, third })
        {
            store.Record(run);
        }

        Assert.Same(OpeningState.Empty, store.Opening(Submissions.Pack, Submissions.Day(2)));
        Assert.Same(OpeningState.Empty, store.Opening("another", Submissions.Day(9)));
        Assert.Equal(first.Record.Head.Id, store.Opening(Submissions.Pack, Submissions.Day(3)).RunId);
        Assert.Equal(third.Record.Head.Id, store.Opening(Submissions.Pack, Submissions.Day(9)).RunId);

        var opening = store.Opening(Submissions.Pack, Submissions.Day(4));
        Assert.Equal(revised.Record.Head.Id, opening.RunId);
        Assert.Equal(revised.ClosingHash, opening.Hash);
        AssertSame(revised.Carried, opening.Items);
    }

    [Fact]
    public void Settled_records_and_closings_are_those_of_the_chain_and_no_others()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2);
        var second = Submissions.Run(3, after: first);
        var revised = Submissions.Run(3, after: first, inputs: "more", revision: 2) with
        {
            Settled = [new SettledRecords("bank", [first.Settled[1].Ids[0]], [7])],
            Closings = [new StatementClosing("bank", "FR02", "9", new Balance(Money.Of(1m, "JPY"), Submissions.Day(3)))],
        };
        foreach (var run in new[] { first, second, revised })
        {
            store.Record(run);
        }

        var opening = store.Opening(Submissions.Pack, Submissions.Day(4));
        Assert.Equal(["bank", "ledger"], opening.Settled.Select(settled => settled.Source));
        var bank = first.Settled[1];
        Assert.Equal([bank.Ids[0], bank.Ids[0], bank.Ids[1]], opening.Settled[0].Ids);
        Assert.Equal([7, bank.Contents[0], bank.Contents[1]], opening.Settled[0].Contents);
        Assert.Equal(first.Settled[0].Ids, opening.Settled[1].Ids);
        Assert.Equal(first.Settled[0].Contents, opening.Settled[1].Contents);
        Assert.Equal([first.Closings[0], revised.Closings[0]], opening.Closings);
    }

    [Fact]
    public void Fingerprints_of_many_runs_are_one_sorted_list_without_repetitions() =>
        Gen.Select(Gen.ULong[0, 20], Gen.ULong[0, 3]).Array[0, 10].List[1, 6].Sample(lists =>
        {
            var settled = lists.ConvertAll(list => list.DistinctBy(pair => pair.Item1).OrderBy(pair => pair.Item1).ToList());
            var merged = Fingerprints.Merge(settled.ConvertAll(list => new SettledRecords(
                "bank", [.. list.Select(pair => (UInt128)pair.Item1)], [.. list.Select(pair => (UInt128)pair.Item2)])));
            Assert.Equal(
                settled.SelectMany(list => list).Distinct().Order().Select(pair => ((UInt128)pair.Item1, (UInt128)pair.Item2)),
                merged.Ids.Zip(merged.Contents));
        });

    [Fact]
    public void A_posting_key_has_one_row_for_ever_and_every_run_is_heard()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2, posts: [Submissions.Post("fee", "1.00", PostingState.Queued)]);
        var again = Submissions.Run(3, after: first, posts: [Submissions.Post("fee", "1.00", PostingState.Queued, first.Record.Head.Id)]);
        var other = Submissions.Run(4, after: again, posts: [Submissions.Post("fee", "2.00", PostingState.Escalated)]);
        foreach (var run in new[] { first, again, other })
        {
            store.Record(run);
        }

        var key = first.Record.Posts[0].Key;
        var earlier = Assert.Single(store.EarlierPostings([key, "unknown"]));
        Assert.Equal(
            new EarlierPosting(key, first.Record.Posts[0].Effect, PostingState.Queued, first.Record.Head.Id, Submissions.Day(2)),
            earlier.Value);
        Assert.Equal([3L], store.Database.All("SELECT count(*) FROM posting_mentions", row => row.Number(0)));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_break_is_listed_while_it_stands_and_closed_by_the_run_that_says_so()
    {
        using var store = Temp.Open();
        var lost = Submissions.Open("lost") with { Status = Recon.Model.Rules.Status.Loss };
        var first = Submissions.Run(2, breaks: [Submissions.Open("kept"), Submissions.Open("lost")]);
        var second = Submissions.Run(3, after: first, breaks: [lost, Submissions.Open("kept")]);
        var third = Submissions.Run(4, after: second, breaks: [Submissions.Open("new"), Submissions.Open("kept")], closed: [lost]);
        foreach (var run in new[] { first, second, third, Submissions.Run(2, pack: "another", breaks: [Submissions.Open("x")]) })
        {
            store.Record(run);
        }

        Assert.Equal(
            [.. BreakOrder.GravestFirst(third.Record.Breaks, item => item).Select(item => (item.Id, (string?)null))],
            store.Breaks(OfPack).Breaks.Select(item => (item.Break.Id, item.ClosedBy)));
        Assert.Equal(3, store.Breaks(BreakQuery.All).Breaks.Count);

        var gone = store.Breaks(OfPack with { Closed = true }).Breaks[0];
        Assert.Equal((lost.Id, second.Record.Head.Id, third.Record.Head.Id), (gone.Break.Id, gone.RunId, gone.ClosedBy));

        var found = store.FindBreak(lost.Id[..6])!;
        Assert.Equal(third.Record.Head.Id, found.ClosedBy);
        Assert.Equal(
            [(Submissions.Day(2), Recon.Model.Rules.Status.Expected), (Submissions.Day(3), Recon.Model.Rules.Status.Loss)],
            found.History.Select(said => (said.BusinessDate, said.Status)));
        Assert.Null(store.FindBreak("0000000000000000"));
    }

    [Fact]
    public void A_run_that_never_saw_a_break_does_not_close_it()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2, breaks: [Submissions.Open("kept")]);
        var second = Submissions.Run(3, after: first, breaks: [Submissions.Open("kept")]);
        var revised = Submissions.Run(2, inputs: "more", revision: 2, breaks: [Submissions.Open("kept"), Submissions.Open("late")]);
        foreach (var run in new[] { first, second, revised })
        {
            store.Record(run);
        }

        Assert.Null(store.FindBreak(Submissions.Open("late").Id)!.ClosedBy);
        var again = Submissions.Run(
            3, after: revised, revision: 2, breaks: [Submissions.Open("kept")], closed: [Submissions.Open("late")]);
        store.Record(again);
        Assert.Equal(again.Record.Head.Id, store.FindBreak(Submissions.Open("late").Id)!.ClosedBy);
        Assert.Equal(
            [(Submissions.Open("kept").Id, null), (Submissions.Open("late").Id, again.Record.Head.Id)],
            store.Breaks(BreakQuery.All with { Closed = true }).Breaks.Select(item => (item.Break.Id, item.ClosedBy)));
    }

    [Fact]
    public void What_no_run_says_it_closed_stays_listed_and_what_was_settled_is_settled_where_it_was()
    {
        using var store = Temp.Open();
        var withdrawn = Submissions.Open("withdrawn") with { Kind = BreakKind.Withdrawn, Class = Recon.Model.Rules.BuiltInClasses.Withdrawn };
        var settled = Submissions.Open("settled") with { Status = Recon.Model.Rules.Status.Settled };
        var absent = Submissions.Open("absent");
        var first = Submissions.Run(2, breaks: [withdrawn, settled, absent]);
        store.Record(first);
        store.Record(Submissions.Run(3, after: first, breaks: [], closed: [withdrawn]));
        Assert.Equal(
            new[] { withdrawn.Id, absent.Id }.Order(),
            store.Breaks(OfPack with { WithSettled = false }).Breaks.Select(item => item.Break.Id).Order());
        Assert.Equal(withdrawn.Id, Assert.Single(store.Breaks(OfPack with { Class = Recon.Model.Rules.BuiltInClasses.Withdrawn }).Breaks).Break.Id);
        var all = store.Breaks(OfPack with { Closed = true }).Breaks;
        Assert.Equal(new[] { withdrawn.Id, settled.Id, absent.Id }.Order(), all.Select(item => item.Break.Id).Order());
        Assert.All(all, item => Assert.Null(item.ClosedBy));
        Assert.All(first.Record.Breaks, item => Assert.Null(store.FindBreak(item.Id)!.ClosedBy));
    }

    [Fact]
    public void What_a_superseded_run_said_is_marked_in_the_life_of_a_break()
    {
        using var store = Temp.Open();
        var item = Submissions.Open("item");
        store.Record(Submissions.Run(2, breaks: [item]));
        store.Record(Submissions.Run(2, inputs: "more", revision: 2, breaks: [item]));
        Assert.Equal([true, false], store.FindBreak(item.Id)!.History.Select(said => said.IsSuperseded));
    }

    [Fact]
    public void A_break_that_a_revision_of_its_own_date_does_not_find_is_closed_by_none()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, breaks: [Submissions.Open("withdrawn")]));
        store.Record(Submissions.Run(2, inputs: "less", revision: 2, breaks: []));
        Assert.Null(store.FindBreak(Submissions.Open("withdrawn").Id)!.ClosedBy);
        Assert.Empty(store.Breaks(BreakQuery.All with { Closed = true }).Breaks);
    }

    [Fact]
    public void A_new_revision_leaves_every_later_run_stale_until_its_date_is_run_again()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2);
        var second = Submissions.Run(3, after: first);
        var third = Submissions.Run(4, after: second);
        var revised = Submissions.Run(2, inputs: "more", revision: 2, breaks: [Submissions.Open("late")]);
        foreach (var run in new[] { first, second, third })
        {
            Assert.False(store.Record(run).Head.IsStale);
        }

        Assert.Empty(store.StaleAfter(Submissions.Pack, Submissions.Day(1)));
        store.Record(revised);
        Assert.Equal([false, true, true, false], store.Runs(null, 10).Select(run => run.IsStale));
        Assert.Equal([null, null, null, 2], store.Runs(null, 10).Select(run => run.SupersededBy));
        Assert.True(store.FindRun(third.Record.Head.Id)!.Head.IsStale);
        Assert.Equal([Submissions.Day(3), Submissions.Day(4)], store.StaleAfter(Submissions.Pack, Submissions.Day(2)));
        Assert.All(store.Breaks(BreakQuery.All).Breaks, item => Assert.Equal(
            item.Break.Id == Submissions.Open("late").Id ? revised.Record.Head.Id : third.Record.Head.Id, item.RunId));

        var again = Submissions.Run(3, after: revised, revision: 2);
        store.Record(again);
        Assert.Equal([Submissions.Day(4)], store.StaleAfter(Submissions.Pack, Submissions.Day(2)));
        Assert.All(store.Breaks(BreakQuery.All).Breaks, item => Assert.Equal(third.Record.Head.Id, item.RunId));
    }

    [Fact]
    public void Failed_attempts_are_told_newest_first()
    {
        using var store = Temp.Open();
        var first = new FailedAttempt(Submissions.Pack, Submissions.Day(2), "control failed: bank\ncount", Submissions.At.ToUniversalTime(), "ops");
        var second = first with { PackId = "another", Reason = "rule \"fee\" threw" };
        var third = first with { BusinessDate = Submissions.Day(3) };
        Assert.Empty(store.Failures(null, 10));
        foreach (var attempt in new[] { first, second, third })
        {
            store.RecordFailure(attempt);
        }

        store.Record(Submissions.Run(3));
        Assert.Equal([third, second, first], store.Failures(null, 10));
        Assert.Equal([third, first], store.Failures(Submissions.Pack, 10));
        Assert.Equal([third], store.Failures(null, 1));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void Postings_of_a_date_are_those_that_its_revisions_wanted_with_the_run_that_was_first()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2, posts: [Submissions.Post("a", "1.00", PostingState.Queued), Submissions.Post("b", "1.00", PostingState.Proposed)]);
        var revised = Submissions.Run(2, inputs: "more", revision: 2, posts:
        [
            Submissions.Post("a", "1.00", PostingState.Queued, first.Record.Head.Id), Submissions.Post("c", "1.00", PostingState.Queued),
        ]);
        store.Record(first);
        store.Record(revised);
        Assert.Equal(
            [
                (first.Record.Posts[0].Key, first.Record.Head.Id), (first.Record.Posts[1].Key, first.Record.Head.Id),
                (revised.Record.Posts[1].Key, revised.Record.Head.Id),
            ],
            store.PostingsOfDate(Submissions.Pack, Submissions.Day(2)).Select(queued => (queued.Posting.Key, queued.RunId)));
        Assert.Empty(store.PostingsOfDate(Submissions.Pack, Submissions.Day(3)));
    }

    [Fact]
    public void What_was_posted_is_told_by_date_over_its_revisions_and_by_run_along_the_chain()
    {
        using var store = Temp.Open();
        var first = Submissions.Run(2, posts: [Submissions.Post("a", "1.00", PostingState.Queued), Submissions.Post("b", "9.00", PostingState.Proposed)]);
        var second = Submissions.Run(3, after: first, posts: []);
        var revised = Submissions.Run(3, after: first, inputs: "more", revision: 2, posts:
        [
            Submissions.Post("a", "1.00", PostingState.Queued, first.Record.Head.Id), Submissions.Post("c", "0.30", PostingState.Queued),
            Submissions.Post("d", "0.20", PostingState.Queued),
        ]);
        var again = Submissions.Run(3, after: first, inputs: "less", revision: 3, posts:
        [
            Submissions.Post("d", "0.20", PostingState.Withdrawn, revised.Record.Head.Id), Submissions.Post("e", "0.05", PostingState.Queued),
        ]);
        foreach (var run in new[] { first, second, revised, again })
        {
            store.Record(run);
        }

        Assert.Equal(["1.00 EUR"], store.PostedOn(Submissions.Pack, Submissions.Day(2)).Select(post => post.Amount.ToString()));
        Assert.Equal(["0.30 EUR", "0.05 EUR"], store.PostedOn(Submissions.Pack, Submissions.Day(3)).Select(post => post.Amount.ToString()));
        var totals = store.PostedUpTo(revised.Record.Head.Id, 9);
        Assert.Equal([2, 1], totals.Select(run => run.Count));
        Assert.Equal(["0.50", "1.00"], totals.Select(run => run.Values[Currency.Of("EUR")].ToString()));
        Assert.Equal(0, Assert.Single(store.PostedUpTo(second.Record.Head.Id, 1)).Count);
    }

    static BreakQuery OfPack { get; } = BreakQuery.All with { PackId = Submissions.Pack };

    static void AssertSame(IReadOnlyList<CarriedItem> expected, IReadOnlyList<CarriedItem> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var (left, right) = (expected[i], found[i]);
            Assert.Equal(
                (left.Record, left.Content, left.Dialect, left.File, left.Line),
                (right.Record, right.Content, right.Dialect, right.File, right.Line));
            Assert.Equal(left.Cells, right.Cells);
            Assert.Equal(
                left.OpenLegs.Select(leg => (string.Join('~', leg.Leg), leg.Break, leg.Born, leg.Class)),
                right.OpenLegs.Select(leg => (string.Join('~', leg.Leg), leg.Break, leg.Born, leg.Class)));
        }
    }

    static void AssertSame(RunRecord expected, RunRecord found)
    {
        Assert.Equal(RunRecordJson.Write(expected), RunRecordJson.Write(found));
        Assert.Equal(BreakFormat.Write(expected.Breaks), BreakFormat.Write(found.Breaks));
        Assert.Equal(expected.Matches.Legs.Select(LegText.Of), found.Matches.Legs.Select(LegText.Of));
    }
}
