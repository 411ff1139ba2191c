// What the explainer says about pairs, open records and matches.
using CsCheck;
using Recon.Matching;
using Recon.Matching.Explaining;
using Recon.Model;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class ExplainerTests
{
    const string Near = """
        source ledger   id   ref   amount      booked
                        L1   R1    10.00 EUR   2026-03-01
                        L2   R2    10.00 EUR   2026-03-01
                        L3   R3    10.00 EUR   2026-03-01
                        L4   -     10.00 EUR   2026-03-01
        source bank     id   ref   amount      booked
                        B1   R1    10.05 EUR   2026-03-01
                        B2   R2    10.00 EUR   2026-03-04
                        B3   R3    10.00 USD   2026-03-01
                        B4   R9    10.01 EUR   2026-03-02
        pass near       ledger 1:1 bank
          key           ref
          within        amount ~ amount   0.02 EUR
          within        booked ~ booked   2d
        expect
        """;

    const string Groups = """
        source provider   id   payout   gross
                          P1   PO1      10.00 EUR
                          P2   PO1      20.00 EUR
                          P3   PO2      5.00 EUR
        source bank       id   ref      amount
                          B1   PO1      30.05 EUR
                          B2   PO2      5.00 EUR
                          B3   PO2      5.00 EUR
        pass payout       provider n:1 bank
          key             payout = ref
          within          gross ~ amount   0.02 EUR
          tie             closest
        expect
        """;

    [Theory]
    [InlineData("L1", "B1", ConditionKind.Amount, "10.00 EUR", "10.05 EUR", "0.03 EUR", "0.02 EUR")]
    [InlineData("L2", "B2", ConditionKind.Days, "2026-03-01", "2026-03-04", "1 day", "2 days")]
    [InlineData("L3", "B3", ConditionKind.Currency, "EUR", "USD", null, null)]
    [InlineData("L1", "B2", ConditionKind.Key, "R1", "R2", null, null)]
    [InlineData("L4", "B4", ConditionKind.Key, null, "R9", null, null)]
    public void The_first_condition_that_kept_two_records_apart_is_named_with_both_values(
        string ledger, string bank, ConditionKind kind, string? first, string? second, string? by,
            string? allowed)
    {
        var (book, explainer) = Explain(Near);
        var check = Assert.Single(explainer.WhyNot(
            book.Pack.Legs[0], Row(book, "ledger", ledger), Row(book, "bank", bank)));
        var failed = check.FirstFailed!;
        Assert.Equal((kind, first, second), (failed.Kind, failed.FirstValue, failed.SecondValue));
        Assert.Equal((by, allowed), (failed.Shortfall?.By, failed.Shortfall?.Allowed));
    }

    [Fact]
    public void Conditions_stand_in_the_order_currency_key_tolerances()
    {
        var (book, explainer) = Explain(Near);
        var check = explainer.WhyNot(book.Pack.Legs[0], 0, 0)[0];
        Assert.Equal(
            [ConditionKind.Currency, ConditionKind.Key, ConditionKind.Amount, ConditionKind.Days],
            check.Conditions.Select(each => each.Kind));
        Assert.Equal("ledger.ref = bank.ref", check.Conditions[1].Name);
        Assert.Equal(3, check.ConditionsMet);
    }

    [Fact]
    public void Bounds_are_told_as_the_pass_states_them_whatever_the_order_of_its_sides()
    {
        var (book, explainer) = Explain(Near.Replace("ledger 1:1 bank", "bank 1:1 ledger",
            StringComparison.Ordinal)
            .Replace("0.02 EUR", "under 0.01 EUR over 0.04 EUR", StringComparison.Ordinal));
        var failed = explainer.WhyNot(book.Pack.Legs[0], 0, 0)[0].FirstFailed!;
        Assert.Equal(new Shortfall("0.04 EUR", "-0.01 EUR"), failed.Shortfall);
    }

    [Fact]
    public void The_nearest_candidate_fails_fewest_conditions_then_lies_closest()
    {
        var (book, explainer) = Explain(Near);
        var nearest = explainer.NearestCandidates(book.Pack.Legs[0], 0, Row(book, "ledger", "L4"), limit: 3);
        Assert.Equal(["B4", "B2", "B1"], nearest.Candidates.Select(each => each.Id));
        Assert.Equal((4, 4), (nearest.LookedAt, nearest.Available));
        var capped = explainer.NearestCandidates(book.Pack.Legs[0], 1, 0, limit: 1, mostLookedAt: 2);
        Assert.Equal(("L1", 2, 4), (capped.Candidates[0].Id, capped.LookedAt, capped.Available));
    }

    [Fact]
    public void A_slip_in_the_reference_comes_before_another_amount_and_a_currency_counts_once()
    {
        var (book, explainer) = Explain("""
            source ledger   id   ref        amount       booked
                            L1   INV-4711   120.00 EUR   2026-03-01
            source bank     id   ref        amount       booked
                            B1   INV-4711   480.00 EUR   2026-03-01
                            B2   INV-4171   120.00 EUR   2026-03-01
                            B3   INV-9999   120.00 EUR   2026-03-01
                            B4   INV-4711   120.00 USD   2026-03-01
                            B5   INV-4711   210.00 EUR   2026-03-01
                            B6   INV-4711   120.00 EUR   2026-03-05
            pass near       ledger 1:1 bank
              key           ref
              within        amount ~ amount   0.02 EUR
              within        booked ~ booked   2d
            expect
            """);
        var nearest = explainer.NearestCandidates(book.Pack.Legs[0], 0, 0, limit: 6);
        Assert.Equal(["B6", "B5", "B2", "B1", "B4", "B3"], nearest.Candidates.Select(each => each.Id));
        Assert.Equal(
            [null, "two digits are swapped", "two characters are swapped", null, null, null],
            nearest.Candidates.Select(each => each.Check.FirstFailed!.Slip));
    }

    [Theory]
    [InlineData("INV-4711", "INV-4711", 0, null)]
    [InlineData("INV-4711", "INV-471", 1, "one character is missing")]
    [InlineData("INV-4711", "INV-4712", 1, "one character differs")]
    [InlineData("INV-4711", "INV-4171", 1, "two characters are swapped")]
    [InlineData("INV-4711", "IVN-4171", 2, "2 characters differ")]
    [InlineData("INV-4711", "INV-9999", null, null)]
    [InlineData("R1", "R2", null, null)]
    [InlineData("", "R2", null, null)]
    public void A_slip_of_texts_is_named(string first, string second, int? edits, string? slip)
    {
        Assert.Equal((edits, slip), (Slips.Edits(first, second), Slips.OfTexts(first, second)));
        Assert.Equal((edits, slip), (Slips.Edits(second, first), Slips.OfTexts(second, first)));
    }

    [Theory]
    [InlineData(12345, 12435, "two digits are swapped")]
    [InlineData(-12345, -12435, "two digits are swapped")]
    [InlineData(12345, -12345, "the sign is turned")]
    [InlineData(12345, 1234500, "the decimal point is shifted")]
    [InlineData(12345, 12346, null)]
    [InlineData(12345, -12435, null)]
    [InlineData(0, 10, null)]
    [InlineData(5, 5, null)]
    public void A_slip_of_amounts_is_named(int first, int second, string? slip)
    {
        Assert.Equal(slip, Slips.OfAmounts(first, second));
        Assert.Equal(slip, Slips.OfAmounts(second, first));
    }

    [Fact]
    public void A_record_that_an_earlier_pass_took_is_told_with_its_partner()
    {
        var (book, explainer) = Explain("""
            source ledger   id   ref   amount
                            L1   R1    10.00 EUR
                            L2   R1    10.01 EUR
            source bank     id   ref   amount
                            B1   R1    10.00 EUR
            pass exact      ledger 1:1 bank
              key           ref
              within        amount ~ amount   0
            pass near       ledger 1:1 bank
              key           ref
              within        amount ~ amount   0.01 EUR
            expect
            """);
        var checks = explainer.WhyNot(book.Pack.Legs[0], 1, 0);
        Assert.Equal(new Shortfall("0.01 EUR", "0.00 EUR"), checks[0].FirstFailed!.Shortfall);
        Assert.True(checks[1].Holds);
        Assert.Null(checks[1].FirstTaken);
        Assert.Equal(("exact", "L1"),
            (checks[1].SecondTaken!.Pass!.Id, Assert.Single(checks[1].SecondTaken!.With)));
    }

    [Fact]
    public void In_a_group_pass_the_amount_is_that_of_the_whole_group()
    {
        var (book, explainer) = Explain(Groups);
        var check = explainer.WhyNot(book.Pack.Legs[0], Row(book, "provider", "P1"),
            Row(book, "bank", "B1"))[0];
        Assert.Equal(["P1", "P2"], check.Members);
        Assert.Equal(("30.00 EUR", "30.05 EUR"),
            (check.FirstFailed!.FirstValue, check.FirstFailed.SecondValue));
        Assert.Equal(new Shortfall("0.03 EUR", "0.02 EUR"), check.FirstFailed.Shortfall);
    }

    [Fact]
    public void The_nearest_candidate_of_a_group_pass_is_kept_apart_by_the_total()
    {
        var (book, explainer) = Explain(Groups);
        var nearest = explainer.NearestCandidates(book.Pack.Legs[0], 0, Row(book, "provider", "P1"), limit: 1);
        var failed = nearest.Candidates[0].Check.FirstFailed!;
        Assert.Equal(("B1", ConditionKind.Amount), (nearest.Candidates[0].Id, failed.Kind));
        Assert.Equal(("30.00 EUR", "30.05 EUR"), (failed.FirstValue, failed.SecondValue));
    }

    [Fact]
    public void The_pass_told_of_a_candidate_is_the_one_that_fails_fewest_with_its_total()
    {
        var (book, explainer) = Explain("""
            source provider   id   payout   gross       day
                              P1   PO1      10.00 EUR   2026-03-01
            source bank       id   ref      amount      day
                              B1   PO1      10.00 USD   2026-03-09
            pass payout       provider n:1 bank
              key             payout = ref
              within          gross ~ amount   0.02 EUR
            pass days         provider 1:1 bank
              key             payout = ref
              within          day ~ day   1d
            expect
            """);
        var nearest = explainer.NearestCandidates(book.Pack.Legs[0], 0, 0, limit: 1);
        Assert.Equal("days", nearest.Candidates[0].Check.Pass.Id);
    }

    [Fact]
    public void An_empty_group_is_told_as_such_and_not_as_a_currency()
    {
        var (book, explainer) = Explain("""
            source provider   id   payout   gross
                              P1   PO1      10.00 EUR
                              P2   PO1      10.00 EUR
            source bank       id   ref      amount
                              B1   PO1      10.00 EUR
                              B2   PO2      10.00 EUR
            pass payout       provider n:1 bank
              key             payout = ref
              within          gross ~ amount   0.02 EUR
            expect
            """);
        var failed = explainer.WhyNot(book.Pack.Legs[0], 0, Row(book, "bank", "B2"))[0].FirstFailed!;
        Assert.Equal((ConditionKind.Key, false), (failed.Kind, failed.IsOfEmptyGroup));
        var all = explainer.WhyNot(book.Pack.Legs[0], 0, Row(book, "bank", "B2"))[0].Conditions;
        Assert.All(all.Where(each => each.Kind != ConditionKind.Key), each =>
            Assert.Equal((true, Verdict.NotAsked), (each.IsOfEmptyGroup, each.Verdict)));
    }

    [Theory]
    [InlineData("2026-03-03T00:00:00Z", "36h", "12h", "36h")]
    [InlineData("2026-03-01T02:30:00Z", "1h", "1h 30m", "1h")]
    [InlineData("2026-02-27T00:00:00.5Z", "36h", "11h 59m 59.5s", "36h")]
    public void Windows_of_time_are_told_in_the_words_of_a_pack(
        string at, string window, string by, string allowed)
    {
        var (book, explainer) = Explain($"""
            source ledger   id   at
                            L1   2026-03-01T00:00:00Z
            source bank     id   at
                            B1   {at}
            pass near       ledger 1:1 bank
              within        at ~ at   {window}
            expect
            """);
        Assert.Equal(
            new Shortfall(by, allowed), explainer.WhyNot(book.Pack.Legs[0], 0, 0)[0].FirstFailed!.Shortfall);
    }

    [Fact]
    public void A_match_names_what_agreed_what_differs_and_who_else_could_have_been()
    {
        var (book, explainer) = Explain("""
            source ledger   id   ref   amount      booked       note
                            L1   R1    10.00 EUR   2026-03-01   a
                            L2   R1    10.05 EUR   2026-03-01   b
            source bank     id   ref   amount      booked       note
                            B1   R1    10.01 EUR   2026-03-02   a
                            B2   R1    10.03 EUR   2026-03-01   b
                            B3   R1    9.99 EUR    2026-03-02   b
            pass near       ledger 1:1 bank
              key           ref
              within        amount ~ amount   0.05 EUR
              within        booked ~ booked   2d
              compare       note ~ note
              tie           closest
            expect
            """);
        var why = explainer.Why(book.Pack.Legs[0], match: 0, limit: 10);
        Assert.Equal(("L1", "B1"), (why.FirstIds[0], why.SecondIds[0]));
        Assert.All(why.Conditions, each => Assert.Equal(Verdict.Holds, each.Verdict));
        Assert.Equal(["0.01 EUR", "1 day", null], why.Compared.Select(each => each.Difference));
        Assert.Equal(
            [
                new Rejected(0, "L2", RejectionReason.Farther, "B2"),
                new Rejected(1, "B2", RejectionReason.Farther, "L2"),
                new Rejected(1, "B3", RejectionReason.LargerId, null),
            ],
            why.Alternatives.Select(Rejected.From));
    }

    [Fact]
    public void The_other_claim_to_a_group_is_an_alternative()
    {
        var (book, explainer) = Explain(Groups);
        var why = explainer.Why(book.Pack.Legs[0], match: 0, limit: 10);
        Assert.Equal(("P3", "B2"), (why.FirstIds[0], why.SecondIds[0]));
        var other = Assert.Single(why.Alternatives);
        Assert.Equal((1, "B3", RejectionReason.LargerId), (other.Side, other.Id, other.Reason));
    }

    // It lacks the day that the others share within the window, so it was never one of them.
    [Fact]
    public void A_record_without_a_day_is_in_no_group_of_those_that_net()
    {
        var (book, explainer) = Explain("""
            source ledger   id   ref   amount       booked
                            L1   R1    10.00 EUR    2026-03-01
                            L2   R1    -10.00 EUR   2026-03-02
                            L3   R1    7.00 EUR     -
            pass cancel     net ledger n:m
              key           ref
              within        amount   0
              within        booked   1d
            expect
            """);
        var check = Assert.Single(explainer.WhyNotOfOneSource(book.Table("ledger"), 0, 1, book.Pack.Passes[0]));
        Assert.Equal(["L1", "L2"], check.Members);
        Assert.All(check.Conditions, each => Assert.Equal(Verdict.Holds, each.Verdict));
    }

    [Fact]
    public void Whatever_was_matched_or_ambiguous_meets_all_conditions_of_its_pass() =>
        SmallBooks.Books.Sample(
        book =>
        {
            var scope = MatchScope.Everything(book.Pack);
            var options = Books.Options(1, SmallRules.Instance);
            var found = Matcher.Match(book.Pack, book.Tables, scope, options, CancellationToken.None);
            var explainer = new MatchExplainer(book.Pack, book.Tables, scope, options, found);
            foreach (var duplicate in found.Duplicates)
            {
                var table = book.Table(book.Pack.Sources[duplicate.Source].Name);
                Assert.True(Assert.Single(explainer.WhyNotOfOneSource(
                    table, duplicate.Row, duplicate.Kept, book.Pack.Passes[duplicate.Pass])).Holds);
            }

            foreach (var leg in found.Legs.Where(leg => leg.Leg.Sources.Count == 1))
            {
                AssertNetted(book, leg, explainer);
            }

            foreach (var leg in found.Legs.Where(leg => leg.Leg.Sources.Count > 1))
            {
                for (var match = 0; match < leg.Count; match++)
                {
                    Assert.All(explainer.Why(leg.Leg, match, 3).Conditions, each =>
                        Assert.Equal(Verdict.Holds, each.Verdict));
                }

                foreach (var component in leg.Ambiguous.Where(each => !each.IsCapped))
                {
                    var pass = book.Pack.Passes[component.Pass];
                    var check = Assert.Single(explainer.WhyNot(
                        leg.Leg, component.Edges[0].First.Row, component.Edges[0].Second.Row, pass));
                    Assert.True(check.Holds || pass.Cardinality != Recon.Model.Rules.Cardinality.OneToOne);
                }
            }
        },
        iter: 300);

    [Fact]
    public void Two_open_records_of_a_pass_that_asks_are_kept_apart_by_a_condition() =>
        SmallBooks.Books.Sample(
        book =>
        {
            var scope = MatchScope.Everything(book.Pack);
            var options = Books.Options(1, SmallRules.Instance);
            var found = Matcher.Match(book.Pack, book.Tables, scope, options, CancellationToken.None);
            var explainer = new MatchExplainer(book.Pack, book.Tables, scope, options, found);
            foreach (var leg in found.Legs.Where(leg => leg.Leg.Sources.Count == 2))
            {
                AssertKeptApart(book, leg, explainer);
            }
        },
        iter: 200);

    static void AssertNetted(Book book, LegMatches leg, MatchExplainer explainer)
    {
        var table = book.Table(leg.Leg.Names[0]);

        // A record that one pass lists and another holds is told as held by the first alone, and may stand in a total it was kept out of.
        var mayBeHeld = book.Pack.Passes.Any(pass => pass.Hold);
        for (var match = 0; match < leg.Count; match++)
        {
            var rows = leg.RowsOf(0, match);
            var check = Assert.Single(explainer.WhyNotOfOneSource(table, rows[0], rows[^1], book.Pack.Passes[leg.PassOf(match)]));
            Assert.All(check.Conditions.Where(each => !mayBeHeld || each.Kind != ConditionKind.Amount), each =>
                Assert.True(each.Verdict == Verdict.Holds, $"{each.Name}: {each.FirstValue} {each.SecondValue}\n{BookText.Of(book)}"));
        }

        foreach (var component in leg.Ambiguous)
        {
            var (first, second) = (component.Edges[0].First.Row, component.Edges[0].Second.Row);
            Assert.True(Assert.Single(explainer.WhyNotOfOneSource(table, first, second, book.Pack.Passes[component.Pass])).Holds);
        }
    }

    static void AssertKeptApart(Book book, LegMatches leg, MatchExplainer explainer)
    {
        var (first, second) = (Open(book, leg, 0), Open(book, leg, 1));
        var checks = first.SelectMany(a => second.SelectMany(b => explainer.WhyNot(leg.Leg, a, b)));
        foreach (var check in checks)
        {
            Assert.True(!check.Holds || check.Members.Count > 0 || check.Pass.Partial is not null);
        }
    }

    static List<int> Open(Book book, LegMatches leg, int side)
    {
        var count = book.Table(leg.Leg.Names[side]).Count;
        var matchOf = leg.MatchOfRow(side, count);
        var ambiguous = leg.Ambiguous.SelectMany(each =>
            each.Rows[side]).ToHashSet();
        return [.. Enumerable.Range(0, count).Where(row =>
            matchOf[row] == -1 && leg.TakenBy(side, row) == -1 && !ambiguous.Contains(row)).Take(6)];
    }

    static (Book Book, MatchExplainer Explainer) Explain(string text)
    {
        var book = CaseText.Parse(text).Book;
        var scope = MatchScope.Everything(book.Pack);
        return (book, new MatchExplainer(book.Pack, book.Tables, scope, Books.Options(), book.Match()));
    }

    static int Row(Book book, string source, string id) =>
        book.Table(source).RowOf(System.Text.Encoding.UTF8.GetBytes(id));

    sealed record Rejected(int Side, string Id, RejectionReason Reason, string? With)
    {
        public static Rejected From(Alternative each) =>
            new(each.Side, each.Id, each.Reason, each.MatchedWith is [var with, ..] ? with : null);
    }
}
