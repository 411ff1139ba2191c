// The law of limits: what is posted is what a clerk would post who adds up all from the beginning before each posting.
using CsCheck;
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class LimitLaws
{
    static readonly string[] Rules = ["first", "second"];

    static readonly Gen<Money> Amount = Gen.Select(Gen.Int[0, 9], OneOf("EUR", "EUR", "EUR", "USD"), (cents, code) => Money.Of(cents / 100m, code));

    static readonly Gen<Ceiling?> Bound = Gen.OneOf(Gen.Const((Ceiling?)null), Gen.Select(
        Gen.Int[0, 30], Gen.Bool, Gen.Int[0, 6], Gen.Bool, (cents, dollars, count, counts) => (Ceiling?)new Ceiling(
            [.. new[] { Money.Of(cents / 100m, "EUR"), Money.Of(0.05m, "USD") }.Take(dollars ? 2 : 1)], counts ? count : null)));

    static readonly Gen<LimitSpec> Limit = Gen.Select(Bound, Bound, Bound, Bound, (run, day, account, counterparty) => new LimitSpec
    {
        Run = run,
        Day = day,
        Account = account,
        Counterparty = counterparty is null ? null : new CounterpartyLimit(new OnceValue("ledger.customer", "ledger", "customer"), counterparty),
    });

    static readonly Gen<Posting> AnyPosting = Gen.Select(
        OneOf(Rules), Amount, OneOf("1200", "1300"), OneOf("C1", "C2"), Gen.Int[0, 9], Posting);

    static readonly Gen<(LimitSpec[] Limits, Posting[] OfDate, Posting[] Wanted)> Days =
        Gen.Select(Limit.Array[2], AnyPosting.Array[0, 4], AnyPosting.Array[0, 12], (limits, ofDate, wanted) => (
            limits,
            ofDate.Select(posting => posting with { State = PostingState.Queued, FirstRun = null }).ToArray(),
            wanted.OrderBy(posting => posting.Rule, StringComparer.Ordinal).ToArray()));

    [Fact]
    public void Nothing_is_posted_beyond_a_limit_and_all_before_it_is() => Days.Holds(day =>
    {
        var held = PostingLimits.Hold(PackOf(day.Limits), day.Wanted, day.OfDate);
        var posted = Clerk(day.Limits, day.OfDate, day.Wanted);
        Assert.Equal(day.Wanted.Length, held.Postings.Count);
        for (var i = 0; i < posted.Length; i++)
        {
            var expected = IsAsked(day.Wanted[i]) && !posted[i] ? PostingState.Escalated : day.Wanted[i].State;
            Assert.Equal(expected, held.Postings[i].State);
            Assert.Equal(expected == day.Wanted[i].State, held.Postings[i].Reason is null);
            Assert.Equal(day.Wanted[i].Amount, held.Postings[i].Amount);
        }

        Assert.Equal(held.Postings.Where(posting => posting.Reason is not null), held.Escalated);
    });

    // For each posting: all that counts so far is added up anew, under each limit of its rule; a limit that was met stays met.
    static bool[] Clerk(LimitSpec[] limits, Posting[] ofDate, Posting[] wanted)
    {
        var (posted, met) = (new bool[wanted.Length], new List<string>());
        for (var i = 0; i < wanted.Length; i++)
        {
            var asked = wanted[i];
            var own = wanted.Take(i).Where((_, before) => posted[before]).ToList();
            var all = ofDate.Concat(own).ToList();
            var limit = limits[Array.IndexOf(Rules, asked.Rule)];
            (string Name, Ceiling? Bound, IEnumerable<Posting> Counted)[] asking =
            [
                ("run", limit.Run, own.Where(other => other.Rule == asked.Rule)),
                ("day", limit.Day, all.Where(other => other.Rule == asked.Rule)),
                ($"account {asked.Debit}", limit.Account, all.Where(other => other.Debit == asked.Debit || other.Credit == asked.Debit)),
                ($"account {asked.Credit}", limit.Account, all.Where(other => other.Debit == asked.Credit || other.Credit == asked.Credit)),
                ($"for {asked.Counterparties[0]}", limit.Counterparty?.Ceiling, all.Where(
                    other => other.Rule == asked.Rule && other.Counterparties[0] == asked.Counterparties[0])),
            ];
            posted[i] = IsAsked(asked);
            foreach (var (name, bound, counted) in asking.Where(entry => entry.Bound is not null && IsAsked(asked)))
            {
                var most = bound!.Values.Where(value => value.Currency == asked.Amount.Currency).Select(value => value.Value).ToList();
                var sum = counted.Where(other => other.Amount.Currency == asked.Amount.Currency).Sum(other => other.Amount.Value) + asked.Amount.Value;
                var (inAll, inOne) = ($"{asked.Rule} {name}", $"{asked.Rule} {name} {asked.Amount.Currency}");
                if (!met.Contains(inAll) && !met.Contains(inOne) && counted.Count() + 1 > (bound.Count ?? int.MaxValue))
                {
                    met.Add(inAll);
                }
                else if (!met.Contains(inAll) && !met.Contains(inOne) && most.Count > 0 && sum > most[0])
                {
                    met.Add(inOne);
                }

                posted[i] &= !met.Contains(inAll) && !met.Contains(inOne) && most.Count > 0;
            }
        }

        return posted;
    }

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    static bool IsAsked(Posting posting) => posting is { State: PostingState.Queued, FirstRun: null };

    // One in ten is posted already, one in ten waits for a person.
    static Posting Posting(string rule, Money amount, string account, string customer, int fate) => new(
        "key", "effect", rule, "ledger", account, "7990", amount, Tier.Auto, fate == 0 ? PostingState.Escalated : PostingState.Queued, "break", [],
        null, fate == 1 ? "run1" : null)
    {
        Counterparties = [customer],
    };

    static Pack PackOf(LimitSpec[] limits) => new(
        "test.pack", "1.0.0", null, [], [], [], [], [], [],
        [
            .. limits.Select((limit, i) => new ResolutionSpec(
                Rules[i], i, Tier.Auto, limit, new PostSpec("ledger", "1200", "7990", [], ""), [], null, Specs.Nowhere)),
        ],
        null, "");
}
