// One key that all records share: every kind of pass gets through it, and gives up that key alone where it cannot.
using System.Globalization;
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class HotKeyTests
{
    const int Records = 20_000;

    static readonly (string Name, FieldKind Kind)[] Fields =
        [("id", FieldKind.Text), ("ref", FieldKind.Text), ("amount", FieldKind.Money), ("booked", FieldKind.Date)];

    static readonly SourceSpec Ledger = Books.Source("ledger", 0, "UTC", Fields);
    static readonly SourceSpec Bank = Books.Source("bank", 1, "UTC", Fields);
    static readonly LegSpec Leg = Books.Leg(0, Ledger, Bank);

    static readonly Comparison WideAmount = Books.Compare(Ledger, "amount", Bank, "amount", Amount("1000"));
    static readonly Comparison WideDate = Books.Compare(Ledger, "booked", Bank, "booked", new DayTolerance(-3, 10, null));

    [Fact]
    public void Interchangeable_records_of_one_key_are_paired_in_id_order()
    {
        var found = Match([], TieRule.Ask, when: null, amount: _ => "10.00 EUR", day: _ => 1);
        Assert.Equal(Records, found.Count);
        Assert.All(Enumerable.Range(0, Records), match => Assert.Equal(match, found.RowsOf(1, match)[0]));
    }

    [Fact]
    public void A_pass_that_asks_lists_the_whole_key_as_one_ambiguous_component()
    {
        var found = Match([WideAmount, WideDate], TieRule.Ask);
        var component = Assert.Single(found.Ambiguous);
        Assert.Equal((Records, Records), (component.Rows[0].Count, component.Rows[1].Count));
        Assert.Equal((AmbiguousComponent.MaxEdges, false), (component.Edges.Count, component.IsCapped));
        Assert.Equal(Pairs(), component.EdgeCount);
    }

    [Fact]
    public void The_closest_are_found_inside_a_broad_window_of_amounts()
    {
        var found = Match([WideAmount], new TieRule(TieKind.Closest));
        Assert.Equal(Records, found.Count);
        Assert.All(Enumerable.Range(0, Records), match => Assert.Equal(match, found.RowsOf(1, match)[0]));
    }

    [Fact]
    public void The_closest_are_found_inside_windows_of_amounts_and_dates()
    {
        var found = Match([WideAmount, WideDate], new TieRule(TieKind.Closest));
        Assert.Equal(Records, found.Count);
    }

    [Fact]
    public void The_best_choice_is_found_along_a_chain_of_candidates()
    {
        var found = Match([Books.Compare(Ledger, "amount", Bank, "amount", Amount("0.01"))], new TieRule(TieKind.Best));
        Assert.Equal((Records, 0), (found.Count, found.Passes[0].Alternatives));
        Assert.All(Enumerable.Range(0, Records), match => Assert.Equal(match, found.RowsOf(1, match)[0]));
    }

    [Fact]
    public void Too_many_candidates_for_the_best_choice_are_capped_and_no_other_component()
    {
        var found = Match([WideAmount], new TieRule(TieKind.Best), extra: true);
        Assert.Equal((1, 1), (found.Count, found.Passes[0].Capped));
        Assert.Equal(Records, Assert.Single(found.Ambiguous).Rows[0].Count);
    }

    [Fact]
    public void The_oldest_take_each_other_where_nothing_but_the_key_counts()
    {
        var found = Match([], new TieRule(TieKind.Oldest, "booked", "booked"));
        Assert.Equal(Records, found.Count);
    }

    [Fact]
    public void The_oldest_take_each_other_inside_broad_windows()
    {
        var found = Match([WideAmount, WideDate], new TieRule(TieKind.Oldest, "booked", "booked"));
        Assert.InRange(found.Count, Records / 2, Records);
    }

    [Theory]
    [InlineData(TieKind.Ask)]
    [InlineData(TieKind.Closest)]
    [InlineData(TieKind.Oldest)]
    public void A_condition_that_mostly_holds_is_asked_no_more_than_the_choice_needs(TieKind tie)
    {
        var found = Match([WideAmount], new TieRule(tie, "id", "id"), when: "not same digit", steps: 1 << 22);
        Assert.DoesNotContain(found.Ambiguous, each => each.IsCapped && each.EdgeCount == 0);
        Assert.True(tie == TieKind.Ask ? found.Ambiguous.Count == 1 : found.Count > Records / 2);
    }

    [Theory]
    [InlineData(TieKind.Ask)]
    [InlineData(TieKind.Closest)]
    [InlineData(TieKind.Newest)]
    public void A_condition_that_never_holds_gives_up_that_key_and_no_other(TieKind tie)
    {
        var found = Match([WideAmount], new TieRule(tie, "booked", "booked"), when: "never", extra: true, steps: 1 << 22);
        var capped = Assert.Single(found.Ambiguous);
        Assert.True(capped.IsCapped);
        Assert.Equal((Records, Records), (capped.Rows[0].Count, capped.Rows[1].Count));
        Assert.Equal(1, found.Passes[0].Capped);
        Assert.Equal(1, found.Count);
    }

    [Fact]
    public void A_group_pass_that_spends_its_budget_gives_up_that_key()
    {
        var within = Books.Compare(Ledger, "amount", Bank, "amount", Amount("0"));
        var found = Match([within, WideDate], TieRule.Ask, cardinality: Cardinality.OneToMany, extra: true, steps: 100);
        Assert.Equal((1, 1), (found.Count, found.Passes[0].Capped));
        Assert.Equal(Records, Assert.Single(found.Ambiguous, each => each.IsCapped).Rows[0].Count);
    }

    [Fact]
    public void Records_of_a_capped_key_are_held_where_the_pass_says_so_and_offered_else()
    {
        Assert.Equal(Records, ThenExact(hold: false).Count);
        var held = ThenExact(hold: true);
        Assert.Equal(0, held.Count);
        Assert.True(Assert.Single(held.Ambiguous).IsCapped);
    }

    [Fact]
    public void A_capped_key_that_is_held_is_told_from_a_record_that_does_not_fit()
    {
        var (book, options) = Hot([WideAmount], TieRule.Ask, "never", hold: true, ThenById(1));
        var scope = Recon.Matching.MatchScope.Everything(book.Pack);
        var found = Recon.Matching.Matcher.Match(book.Pack, book.Tables, scope, options, CancellationToken.None);
        var explainer = new Recon.Matching.MatchExplainer(book.Pack, book.Tables, scope, options, found);
        var checks = explainer.WhyNot(found.Legs[0].Leg, 0, 0);
        Assert.False(checks[0].Holds);
        Assert.Equal("hot", checks[1].FirstTaken?.Pass?.Id);
    }

    [Fact]
    public void A_group_pass_sums_the_whole_key()
    {
        var found = Match(
            [Books.Compare(Ledger, "amount", Bank, "amount", Amount("0"))], TieRule.Ask, null, _ => "1.00 EUR", _ => 1, Cardinality.OneToMany);
        Assert.Equal(0, found.Count);
    }

    [Fact]
    public void A_group_pass_sums_by_days_inside_the_key()
    {
        var found = Match([Books.Compare(Ledger, "amount", Bank, "amount", Amount("0")), WideDate], TieRule.Ask, cardinality: Cardinality.OneToMany);
        Assert.Equal(0, found.Count);
    }

    static long Pairs() => Enumerable.Range(0, Records).GroupBy(Day)
        .SelectMany(days => Enumerable.Range(0, Records).GroupBy(Day)
            .Where(others => others.Key - days.Key is >= -3 and <= 10)
            .Select(others => (long)days.Count() * others.Count()))
        .Sum();

    static int Day(int record) => record * 7 % 90;

    static string Cents(int record) => string.Create(CultureInfo.InvariantCulture, $"{100 + (record / 100)}.{record % 100:00} EUR");

    static PassSpec ThenById(int index) => Books.Pass(
        "then", index, Leg, Ledger, Bank, Cardinality.OneToOne, [new KeyPair("id", "id", false)], []);

    static LegMatches ThenExact(bool hold)
    {
        var (book, options) = Hot([WideAmount], TieRule.Ask, "never", hold, ThenById(1));
        return Match(book, options);
    }

    static (Book Book, Recon.Matching.MatchOptions Options) Hot(
        Comparison[] within, TieRule tie, string when, bool hold, params PassSpec[] later)
    {
        var pass = Pass(within, tie, when, Cardinality.OneToOne) with { Hold = hold };
        return (BookOf([pass, .. later], Rows(Cents, Day)), Options(steps: 1 << 20));
    }

    static LegMatches Match(
        Comparison[] within, TieRule tie, string? when = null, Func<int, string>? amount = null, Func<int, int>? day = null,
        Cardinality cardinality = Cardinality.OneToOne, bool extra = false, long steps = 1 << 26)
    {
        var rows = Rows(amount ?? Cents, day ?? Day);
        if (extra)
        {
            rows.Add(["999999", "COLD", "1.00 EUR", "2026-01-01"]);
        }

        return Match(BookOf([Pass(within, tie, when, cardinality)], rows), Options(steps));
    }

    static LegMatches Match(Book book, Recon.Matching.MatchOptions options) => Recon.Matching.Matcher.Match(
        book.Pack, book.Tables, Recon.Matching.MatchScope.Everything(book.Pack), options, CancellationToken.None).Legs[0];

    static PassSpec Pass(Comparison[] within, TieRule tie, string? when, Cardinality cardinality) => Books.Pass(
        "hot", 0, Leg, Ledger, Bank, cardinality, [new KeyPair("ref", "ref", false)], within, tie, when: when);

    static List<string[]> Rows(Func<int, string> amount, Func<int, int> day) =>
    [
        .. Enumerable.Range(0, Records).Select(record => new[]
        {
            $"{record:000000}", "HOT", amount(record),
            new DateOnly(2026, 1, 1).AddDays(day(record)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }),
    ];

    static Book BookOf(IReadOnlyList<PassSpec> passes, List<string[]> rows) => new(
        Books.Pack([Ledger, Bank], [Leg], passes), [Books.Table(Ledger, rows), Books.Table(Bank, rows)]);

    static Recon.Matching.MatchOptions Options(long steps) =>
        Books.Options(threads: 2, new FastRules()) with { Cut = WorkCut.Default with { BlockSteps = steps } };

    static AmountTolerance Amount(string bound)
    {
        Assert.True(ExactNumber.TryParse(bound, out var number));
        return new AmountTolerance(number, number, Currency.Of("EUR"));
    }

    /// <summary>Conditions on rows, as fast as compiled ones.</summary>
    sealed class FastRules : ICompiledRules
    {
        public RecordPredicate Record(RuleRef rule) => throw new InvalidOperationException();

        public FieldDerivation Derivation(RuleRef rule) => throw new InvalidOperationException();

        public GroupPredicate Group(RuleRef rule) => throw new InvalidOperationException();

        public GroupsPredicate Groups(RuleRef rule) => throw new InvalidOperationException();

        public SeveralPredicate Several(RuleRef rule) => throw new InvalidOperationException();

        public PairPredicate Pair(RuleRef rule)
        {
            var never = rule.Text == "never";
            return (_, _, left, right, results) =>
            {
                for (var i = 0; i < left.Length; i++)
                {
                    results[i] = never ? left[i] == Records : left[i] % 10 != right[i] % 10;
                }
            };
        }
    }
}
