// Limits of a date and the circuit breaker over runs, on a store in memory and on one on disk.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class RunLimitTests
{
    static readonly DateOnly Friday = new(2026, 2, 27);

    [Fact]
    public void A_limit_of_a_day_counts_what_earlier_revisions_posted_and_what_stands_there_once() => OnEachStore(store =>
    {
        var pack = With(new LimitSpec { Day = new Ceiling([Money.Of(0.04m, "EUR")], null) });
        var first = Run(store, pack, Friday, ("B", 2));
        Assert.Equal([PostingState.Queued], first.Posts.Select(post => post.State));

        var second = Run(store, pack, Friday, ("A", 2), ("B", 2), ("C", 1));
        Assert.Equal([PostingState.Queued, PostingState.Queued, PostingState.Escalated], second.Posts.Select(post => post.State));
        Assert.Equal("0.05 EUR with it, above the limit of 0.04 EUR a business date", second.Posts[2].Reason);

        // The first revision's posting is not wanted any more: it was posted all the same, until somebody reverses it.
        var third = Run(store, pack, Friday, ("A", 2), ("D", 2));
        Assert.Equal([PostingState.Queued, PostingState.Escalated, PostingState.Proposed], third.Posts.Take(3).Select(post => post.State));

        var next = Run(store, pack, Friday.AddDays(3), ("E", 4));
        Assert.Contains(next.Posts, post => post is { State: PostingState.Queued, FirstRun: null });
        Assert.Equal(RunLawsTests.Bytes(third), RunLawsTests.Bytes(Run(store, pack, Friday, ("A", 2), ("D", 2))));
    });

    [Fact]
    public void A_run_out_of_proportion_with_the_dates_before_posts_nothing() => OnEachStore(store =>
    {
        var pack = With(LimitSpec.None) with { Breaker = new BreakerSpec(2, 5, []) };
        for (var day = 0; day < 5; day++)
        {
            Assert.Empty(Run(store, pack, Friday.AddDays(day), ($"D{day}", 1)).Notices);
        }

        (string, int)[] three = [("X", 1), ("Y", 1), ("Z", 1)];
        var tripped = Run(store, pack, Friday.AddDays(5), three);
        Assert.All(tripped.Posts, post => Assert.Equal((PostingState.Escalated, Tier.Escalate), (post.State, post.Tier)));
        Assert.All(tripped.Posts, post => Assert.Equal(
            "circuit breaker: 3 postings are more than 2 times the 1 of the busiest of 5 earlier dates", post.Reason));
        Assert.Contains("nothing is posted without a person in this run", Assert.Single(tripped.Notices), StringComparison.Ordinal);
        Assert.All(tripped.Breaks.Where(item => item.Class == "rounding"), item => Assert.Contains("circuit breaker", item.Reason, StringComparison.Ordinal));

        // A date run again is held against the same history; a pack that switches the breaker off posts.
        Assert.Equal(RunLawsTests.Bytes(tripped), RunLawsTests.Bytes(Run(store, pack, Friday.AddDays(5), three)));
        using var other = new MemoryRunStore();
        Assert.All(Run(other, pack, Friday.AddDays(5), three).Posts, post => Assert.Equal(PostingState.Queued, post.State));
    });

    static void OnEachStore(Action<IRunStore> test)
    {
        using var folder = new SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        test(memory);
        test(store);
        Assert.Null(store.Verify());
    }

    static Pack With(LimitSpec limit) => RunLawsTests.Pack with
    {
        Resolutions = [RunLawsTests.Pack.Resolutions[0] with { Limit = limit }, .. RunLawsTests.Pack.Resolutions.Skip(1)],
    };

    // For each order, books and provider that are some cents apart.
    static RunRecord Run(IRunStore store, Pack pack, DateOnly date, params (string Order, int Cents)[] orders) => RunLawsTests.Run(
        [
            [.. orders.Select(order => Row($"L{order.Order}", order.Order, 1000))],
            [.. orders.Select(order => Row($"P{order.Order}", order.Order, 1000 + order.Cents))],
            [],
        ],
        RowOrder.AsWritten, store, date: date, pack: pack);

    static GivenRow Row(string id, string order, int cents) => new(
        [new("id", id), new("order_ref", order), new("payout", ""), new("amount", $"{cents / 100}.{cents % 100:D2} EUR"), new("day", "2026-02-20")],
        RunLawsTests.Anywhere);
}
