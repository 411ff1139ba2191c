// How much of each limit is used, and which are met.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>Counts postings by what limits bound: the run, the business date, accounts and counterparties.</summary>
/// <param name="limits">By resolution; a resolution that is not here has none.</param>
sealed class UsedLimits(IReadOnlyDictionary<string, LimitSpec> limits)
{
    readonly Dictionary<Bucket, Tally> _tallies = [];

    // By rule: two rules may bound one account differently. A value that is met ends the limit for its currency, a count for all (null).
    readonly HashSet<(string Rule, Bucket Of, Currency? In)> _met = [];

    /// <param name="isOfRun">False for a posting of another run of the date.</param>
    public void Add(Posting posting, bool isOfRun)
    {
        if (isOfRun)
        {
            TallyOf(Bucket.Run(posting.Rule)).Add(posting.Amount);
        }

        TallyOf(Bucket.Day(posting.Rule)).Add(posting.Amount);
        TallyOf(Bucket.Account(posting.Debit)).Add(posting.Amount);
        TallyOf(Bucket.Account(posting.Credit)).Add(posting.Amount);
        foreach (var name in posting.Counterparties)
        {
            TallyOf(Bucket.Counterparty(posting.Rule, name)).Add(posting.Amount);
        }
    }

    /// <summary>Why it may not be posted, for people; null where every limit allows it.</summary>
    public string? Objection(Posting posting)
    {
        var objections = new List<string>();
        foreach (var (bucket, ceiling) in Bounding(posting))
        {
            var currency = posting.Amount.CurrencyCode;
            if (_met.Contains((posting.Rule, bucket, null)) || _met.Contains((posting.Rule, bucket, currency)))
            {
                objections.Add($"behind a posting that met the limit of {Said(ceiling)} {bucket.Words}");
            }
            else if (TallyOf(bucket).BeyondCount(ceiling) is { } count)
            {
                _met.Add((posting.Rule, bucket, null));
                objections.Add($"{count} {bucket.Words}");
            }
            else if (TallyOf(bucket).BeyondValue(ceiling, posting.Amount) is { } value)
            {
                _met.Add((posting.Rule, bucket, currency));
                objections.Add($"{value} {bucket.Words}");
            }
            else if (ceiling.Values.Count > 0 && ceiling.Values.All(most => most.CurrencyCode != currency))
            {
                objections.Add($"the limit of {Said(ceiling)} {bucket.Words} says nothing about {posting.Amount.Currency}");
            }
        }

        return objections.Count == 0 ? null : string.Join("; ", objections);
    }

    IEnumerable<(Bucket Of, Ceiling Ceiling)> Bounding(Posting posting)
    {
        var limit = limits.GetValueOrDefault(posting.Rule, LimitSpec.None);
        if (limit.Run is { } run)
        {
            yield return (Bucket.Run(posting.Rule), run);
        }

        if (limit.Day is { } day)
        {
            yield return (Bucket.Day(posting.Rule), day);
        }

        if (limit.Account is { } account)
        {
            yield return (Bucket.Account(posting.Debit), account);
            yield return (Bucket.Account(posting.Credit), account);
        }

        foreach (var name in limit.Counterparty is null ? [] : posting.Counterparties)
        {
            yield return (Bucket.Counterparty(posting.Rule, name), limit.Counterparty!.Ceiling);
        }
    }

    static string Said(Ceiling ceiling)
    {
        var values = ceiling.Values.Select(value => value.ToString());
        return string.Join(" and ", ceiling.Count is { } count ? values.Append(Postings(count)) : values);
    }

    static string Postings(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} posting{(count == 1 ? "" : "s")}");

    Tally TallyOf(Bucket bucket)
    {
        if (!_tallies.TryGetValue(bucket, out var tally))
        {
            _tallies.Add(bucket, tally = new Tally());
        }

        return tally;
    }

    /// <summary>What one limit counts together.</summary>
    /// <param name="Words">As a reason names it: <c>a run</c>, <c>for account 1200 a business date</c>.</param>
    /// <param name="Rule">Null: of whichever rule.</param>
    sealed record Bucket(string Words, string? Rule)
    {
        public static Bucket Run(string rule) => new("a run", rule);

        public static Bucket Day(string rule) => new("a business date", rule);

        public static Bucket Account(string account) => new($"for account {account} a business date", Rule: null);

        public static Bucket Counterparty(string rule, string name) => new($"for counterparty {name} a business date", rule);
    }

    sealed class Tally
    {
        readonly Dictionary<Currency, ExactTotal> _sums = [];
        int _count;

        public void Add(Money amount)
        {
            _count++;
            _sums[amount.CurrencyCode] = SumWith(amount);
        }

        /// <summary>The number that one more posting would go beyond; null where it does not.</summary>
        public string? BeyondCount(Ceiling ceiling) => ceiling.Count < _count + 1 ? $"the limit of {Postings(ceiling.Count.Value)}" : null;

        /// <summary>The value that one more posting would go beyond in its currency; null where it does not.</summary>
        public string? BeyondValue(Ceiling ceiling, Money amount) => ceiling.Values
            .Where(most => most.CurrencyCode == amount.CurrencyCode && SumWith(amount) > most.Number)
            .Select(most => $"{SumWith(amount)} {amount.Currency} with it, above the limit of {most}").FirstOrDefault();

        ExactTotal SumWith(Money amount) => _sums.GetValueOrDefault(amount.CurrencyCode) + amount.Number;
    }
}
