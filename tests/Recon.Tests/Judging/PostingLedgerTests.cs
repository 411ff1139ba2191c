// Postings of a run held against those of earlier runs.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class PostingLedgerTests
{
    static readonly Dictionary<string, (string Key, string RunId)> Nothing = [];

    static readonly HashSet<string> None = [];

    static readonly string[] Shared = ["b1", "b3"];

    static readonly Posting Two = new(
        "k1", "two cents", "rounding", "ledger", "1200", "7990", Specs.Money("0.02 EUR"),
        Tier.Auto, PostingState.Queued, "b1", [new RecordId("ledger", "L1")], null, null);

    [Fact]
    public void A_posting_that_nobody_made_before_stands()
    {
        var found = PostingLedger.Reconcile([Two], Earlier("k2", "two cents", PostingState.Queued), Nothing, None);
        Assert.Equal(Two, Assert.Single(found.Postings));
        Assert.Empty(found.Conflicts);
    }

    [Fact]
    public void The_same_posting_again_is_the_earlier_result()
    {
        var found = PostingLedger.Reconcile([Two], Earlier("k1", "two cents", PostingState.Queued), Nothing, None);
        Assert.Equal(Two with { FirstRun = "run1" }, Assert.Single(found.Postings));
        Assert.Empty(found.Conflicts);
    }

    [Theory]
    [InlineData(PostingState.Proposed)]
    [InlineData(PostingState.Escalated)]
    public void A_posting_that_waits_for_a_person_is_not_queued_by_a_later_run(PostingState state)
    {
        var found = PostingLedger.Reconcile([Two], Earlier("k1", "two cents", state), Nothing, None);
        var waiting = Assert.Single(found.Conflicts);
        Assert.Equal((state, Tier.Escalate, "run1"), (waiting.State, waiting.Tier, waiting.FirstRun));
        Assert.Equal("waits for a person since run run1", waiting.Reason);
    }

    [Fact]
    public void A_posting_that_was_withdrawn_waits_for_a_person_again()
    {
        var waiting = Assert.Single(PostingLedger.Reconcile([Two], Earlier("k1", "two cents", PostingState.Withdrawn), Nothing, None).Conflicts);
        Assert.Equal((PostingState.Escalated, "run1"), (waiting.State, waiting.FirstRun));
        var asked = Two with { State = PostingState.Proposed };
        Assert.Equal(
            asked with { FirstRun = "run1" },
            Assert.Single(PostingLedger.Reconcile([asked], Earlier("k1", "two cents", PostingState.Withdrawn), Nothing, None).Postings));
    }

    [Fact]
    public void A_posting_that_was_reversed_is_not_posted_again_under_its_key()
    {
        var found = PostingLedger.Reconcile([Two], Earlier("k1", "two cents", PostingState.Queued), Nothing, new HashSet<string> { "k1" });
        var reversed = Assert.Single(found.Conflicts);
        Assert.Equal((PostingState.Queued, Tier.Escalate, "run1"), (reversed.State, reversed.Tier, reversed.FirstRun));
        Assert.Equal("run run1 posted it, and it was reversed since: to have it again is to reverse that", reversed.Reason);
    }

    [Fact]
    public void A_break_that_was_classed_anew_is_not_corrected_twice()
    {
        var queued = new Dictionary<string, (string Key, string RunId)> { ["b1"] = ("k0", "run1") };
        var found = PostingLedger.Reconcile([Two], Earlier("k2", "two cents", PostingState.Queued), queued, None);
        var second = Assert.Single(found.Conflicts);
        Assert.Equal((PostingState.Escalated, Tier.Escalate), (second.State, second.Tier));
        Assert.Equal("run run1 queued another posting for this break", second.Reason);
    }

    [Fact]
    public void A_key_that_did_something_else_is_a_conflict_and_never_queued()
    {
        var found = PostingLedger.Reconcile([Two], Earlier("k1", "three cents", PostingState.Queued), Nothing, None);
        var conflict = Assert.Single(found.Conflicts);
        Assert.Equal(conflict, Assert.Single(found.Postings));
        Assert.Equal((PostingState.Escalated, Tier.Escalate), (conflict.State, conflict.Tier));
        Assert.Null(conflict.FirstRun);
        Assert.Equal("key was used for another effect by run run1", conflict.Reason);
    }

    [Fact]
    public void The_break_of_a_conflict_escalates()
    {
        var conflict = Two with { Reason = "key was used for another effect by run run1" };
        var item = new Break(
            "b1", BreakKind.Difference, ["ledger", "provider"], "near", [], "rounding", Status.Settled,
            Tier.Auto, null, Born: new DateOnly(2026, 2, 27), Due: null, DatedFrom: new DateOnly(2026, 2, 27),
            "near matched it", [], []);
        var (other, sharing) = (item with { Id = "b2" }, item with { Id = "b3" });
        var found = PostingLedger.Escalate([item, other, sharing], [conflict], Shared.ToLookup(_ => conflict.Key));
        Assert.Equal(Tier.Escalate, found[0].Tier);
        Assert.Equal($"near matched it; escalated: {conflict.Reason}", found[0].Reason);
        Assert.Equal(other, found[1]);
        Assert.Equal(found[0] with { Id = "b3" }, found[2]);
    }

    static Dictionary<string, (string Effect, string RunId, PostingState State)> Earlier(
        string key, string effect, PostingState state) => new() { [key] = (effect, "run1", state) };
}
