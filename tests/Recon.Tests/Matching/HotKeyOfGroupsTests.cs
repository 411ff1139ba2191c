// One key that all records share, in passes that search or group on both sides: never quadratic, and a bound that is met is said.
using System.Globalization;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class HotKeyOfGroupsTests
{
    const int Records = 20_000;

    static readonly (string Name, FieldKind Kind)[] Fields =
        [("id", FieldKind.Text), ("ref", FieldKind.Text), ("amount", FieldKind.Money), ("booked", FieldKind.Date)];

    static readonly SourceSpec Ledger = Books.Source("ledger", 0, "UTC", Fields);
    static readonly SourceSpec Bank = Books.Source("bank", 1, "UTC", Fields);
    static readonly LegSpec Leg = Books.Leg(0, Ledger, Bank);
    static readonly SearchSpec Search = new(Candidates: 40, Steps: 10_000_000, Answers: 10, PreferSingle: false);

    static readonly Comparison Exact = Books.Compare(
        Ledger, "amount", Bank, "amount", new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null));

    static readonly Comparison Days = Books.Compare(Ledger, "booked", Bank, "booked", new DayTolerance(-2, 2, null));

    [Fact]
    public void All_of_a_key_on_both_sides_is_one_group()
    {
        var found = Match(Cardinality.ManyToMany, search: null, TieRule.Ask, Exact);
        Assert.Equal((1, Records), (found.Count, found.RowsOf(1, 0).Length));
    }

    [Fact]
    public void Parts_of_a_key_by_date_are_found_without_its_pairs()
    {
        var found = Match(Cardinality.ManyToMany, search: null, TieRule.Ask, Exact, Days);
        Assert.Equal(0, found.Count);
        Assert.Equal(0, found.Passes[0].Capped);
    }

    [Theory]
    [InlineData(Cardinality.OneToMany, TieKind.Ask, false)]
    [InlineData(Cardinality.OneToMany, TieKind.Ask, true)]
    [InlineData(Cardinality.ManyToOne, TieKind.Oldest, true)]
    [InlineData(Cardinality.OneToMany, TieKind.Closest, true)]
    [InlineData(Cardinality.ManyToMany, TieKind.Ask, false)]
    [InlineData(Cardinality.ManyToMany, TieKind.Ask, true)]
    public void A_search_among_too_many_is_given_up_and_said(Cardinality cardinality, TieKind tie, bool isDated)
    {
        var rule = tie == TieKind.Oldest ? new TieRule(tie, "booked", "booked") : new TieRule(tie);
        var found = Match(cardinality, Search, rule, isDated ? [Exact, Days] : [Exact]);
        Assert.Equal(0, found.Count);
        Assert.NotEqual(0, found.Passes[0].Capped);
        Assert.All(found.Ambiguous, each => Assert.Equal((true, CapCause.Candidates), (each.IsCapped, each.Cap)));
    }

    [Fact]
    public void Equal_records_are_no_candidates_beyond_what_a_group_may_hold()
    {
        var found = Match(Cardinality.OneToMany, Search, TieRule.Ask, [Exact], _ => "10.00 EUR", ledger: _ => "20.00 EUR");
        Assert.Equal(Records / 2, found.Count);
        Assert.All(Enumerable.Range(0, found.Count), match => Assert.Equal(2, found.RowsOf(1, match).Length));
    }

    [Theory]
    [InlineData(Cardinality.OneToMany, TieKind.Ask, false)]
    [InlineData(Cardinality.ManyToOne, TieKind.Closest, false)]
    [InlineData(Cardinality.OneToMany, TieKind.Ask, true)]
    [InlineData(Cardinality.ManyToOne, TieKind.Closest, true)]
    public void A_group_of_ninety_days_of_rates_is_added_up_once(Cardinality cardinality, TieKind tie, bool isDated)
    {
        foreach (var dated in new[] { Ledger, Bank })
        {
            var within = Books.Compare(Ledger, "amount", Bank, "amount", new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null)
            {
                Fx = new RateRule("ECB", dated.Name, "booked", Currency.Of("EUR"), 0),
            });
            var found = Match(cardinality, search: null, new TieRule(tie), isDated ? [within, Days] : [within],
                bank: cardinality == Cardinality.OneToMany ? Dollars : Cents, ledger: cardinality == Cardinality.OneToMany ? Cents : Dollars);
            Assert.Equal((0, 0), (found.Count, found.Passes[0].Capped));
            Assert.Equal([0, 0], found.Unrated.Select(side => side.Count));
        }
    }

    [Fact]
    public void All_of_a_group_without_a_rate_are_told_so()
    {
        var within = Books.Compare(Ledger, "amount", Bank, "amount", new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null)
        {
            Fx = new RateRule("ECB", "ledger", "booked", Currency.Of("GBP"), 0),
        });
        var found = Match(Cardinality.OneToMany, search: null, TieRule.Ask, within);
        Assert.Equal((Records, Records), (found.Unrated[0].Count, found.Unrated[1].Count));
        Assert.All(found.Unrated[1].Values, lack => Assert.Equal(new SideRow(1, 0), lack.Record));
    }

    static LegMatches Match(Cardinality cardinality, SearchSpec? search, TieRule tie, params Comparison[] within) =>
        Match(cardinality, search, tie, within, Cents, Cents);

    static LegMatches Match(
        Cardinality cardinality, SearchSpec? search, TieRule tie, Comparison[] within, Func<int, string> bank, Func<int, string> ledger)
    {
        var pass = Books.Pass("hot", 0, Leg, Ledger, Bank, cardinality, [new KeyPair("ref", "ref", false)], within, tie) with
        {
            Search = search,
            Size = search is null ? GroupSize.Any : new GroupSize(1, 8),
        };
        var book = new Book(Books.Pack([Ledger, Bank], [Leg], [pass]), [Books.Table(Ledger, Rows(ledger)), Books.Table(Bank, Rows(bank))]);
        var options = Books.Options(threads: 2) with { Rates = new Dictionary<string, RateTable> { ["ECB"] = Rates } };
        return Matcher.Match(book.Pack, book.Tables, MatchScope.Everything(book.Pack), options, CancellationToken.None).Legs[0];
    }

    static readonly RateTable Rates = new("ECB", Currency.Of("EUR"), Enumerable.Range(0, 90).Select(day => new PublishedRate(
        Currency.Of("USD"), new DateOnly(2026, 1, 1).AddDays(day), new ExactNumber(10_001 + (day * 37), 4))));

    static string Dollars(int record) => Cents(record)[..^3] + "USD";

    static string Cents(int record) => string.Create(CultureInfo.InvariantCulture, $"{100 + (record / 100)}.{record % 100:00} EUR");

    static IEnumerable<string[]> Rows(Func<int, string> amount) => Enumerable.Range(0, Records).Select(record => new[]
    {
        $"{record:000000}", "HOT", amount(record),
        new DateOnly(2026, 1, 1).AddDays(record * 7 % 90).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });
}
