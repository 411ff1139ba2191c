// What the explainer says of tolerances whose bound depends on the records.
using Recon.Matching;
using Recon.Matching.Explaining;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class ToleranceExplainerTests
{
    [Theory]
    [InlineData("1% of left", "98.00 EUR", "99.00 EUR", "0.02 EUR", "0.98 EUR (1% of 98.00 EUR)")]
    [InlineData("1% of right", "101.00 EUR", "99.00 EUR", "1.01 EUR", "0.99 EUR (1% of 99.00 EUR)")]
    [InlineData(
        "1% of left max 0.50 EUR", "98.00 EUR", "99.00 EUR", "0.50 EUR",
        "0.50 EUR (1% of 98.00 EUR, at most 0.50 EUR)")]
    [InlineData("under 1% over 2% of smaller", "100.00 EUR", "98.00 EUR", "1.02 EUR", "-0.98 EUR (1% of 98.00 EUR)")]
    public void A_percentage_is_told_with_what_it_is_of(
        string tolerance, string left, string right, string by, string allowed)
    {
        foreach (var join in new[] { "ledger 1:1 bank", "ledger 1:n bank" })
        {
            var failed = FirstFailed($"""
                source ledger   id   ref   amount
                                L1   R1    {left}
                source bank     id   ref   amount
                                B1   R1    {right}
                pass near       {join}
                  key           ref
                  within        amount ~ amount   {tolerance}
                expect
                """);
            Assert.Equal(ConditionKind.Amount, failed.Kind);
            Assert.Equal(new Shortfall(by, allowed), failed.Shortfall);
        }
    }

    [Theory]
    [InlineData("contains", ConditionKind.Contains, null, null)]
    [InlineData("levenshtein 0.9", ConditionKind.Similarity, "0.888889", "0.90")]
    [InlineData("jaro_winkler 0.99", ConditionKind.Similarity, "0.955556", "0.99")]
    [InlineData("levenshtein 0.85 block first 9 or field ref", ConditionKind.Block, null, null)]
    public void Texts_are_told_with_how_alike_they_are(
        string tolerance, ConditionKind kind, string? similarity, string? needed)
    {
        var failed = FirstFailed($"""
            source ledger   id   ref   name
                            L1   R1    Christmas
            source bank     id   ref   name
                            B1   R2    Christmes
            pass alike      ledger 1:1 bank
              within        name ~ name   {tolerance}
            expect
            """);
        Assert.Equal(kind, failed.Kind);
        Assert.Equal((similarity, needed), (failed.Shortfall?.By, failed.Shortfall?.Allowed));
        Assert.Equal(
            kind == ConditionKind.Block ? ("Christmas, R1", "Christmes, R2") : ("Christmas", "Christmes"),
            (failed.FirstValue, failed.SecondValue));
    }

    [Fact]
    public void A_pattern_is_told_with_what_it_found()
    {
        var failed = FirstFailed("""
            source ledger   id   note
                            L1   order 4711
            source bank     id   note
                            B1   pays 4712 today
            pass by-order   ledger 1:1 bank
              within        note ~ note   matches [0-9]+
            expect
            """);
        Assert.Equal((ConditionKind.Pattern, "4711", "4712"), (failed.Kind, failed.FirstValue, failed.SecondValue));
    }

    [Theory]
    [InlineData(
        "100.00 EUR", "50.00 USD   2026-04-02", "55.00 USD   2026-04-03", "100.00 EUR",
        "90.00 EUR: 50.00 USD (40.00 EUR, ECB 1.25 USD for 1 EUR of 2026-04-02) + 55.00 USD (50.00 EUR, ECB 1.1 USD for 1 EUR of 2026-04-03)", "9.00 EUR")]
    [InlineData(
        "100.00 EUR", "50.00 USD   2026-04-02", "75.00 USD   2026-04-02", "100.00 EUR", null, null)]
    [InlineData(
        "90.00 EUR", "50.00 USD   2026-04-02", "50.00 CHF   2026-04-03", "90.00 EUR",
        "no rate: 50.00 CHF (ECB has no rates of CHF) + 50.00 USD (40.00 EUR, ECB 1.25 USD for 1 EUR of 2026-04-02)", null)]
    [InlineData(
        "90.00 EUR", "50.00 USD   2026-04-02", "50.00 EUR   -", "90.00 EUR",
        "no rate: 50.00 EUR (captures.taken is NULL: no rate) + 50.00 USD (40.00 EUR, ECB 1.25 USD for 1 EUR of 2026-04-02)", null)]
    [InlineData(
        "105.00 USD", "50.00 USD   2026-04-02", "55.00 USD   2026-04-03", "105.00 USD (its group has no one day: no rate)",
        "90.00 EUR: 50.00 USD (40.00 EUR, ECB 1.25 USD for 1 EUR of 2026-04-02) + 55.00 USD (50.00 EUR, ECB 1.1 USD for 1 EUR of 2026-04-03)", null)]
    public void A_group_of_several_currencies_is_told_part_by_part(
        string payout, string one, string other, string first, string? second, string? by)
    {
        var text = $"""
            source payouts   id   ref   amount
                             P1   R1    {payout}
            source captures  id   ref   amount      taken
                             C1   R1    {one}
                             C2   R1    {other}
            pass paid        payouts 1:n captures
              key            ref
              within         amount ~ sum(amount)   1.00 EUR at ECB rates of captures.taken in EUR
            expect
            """;
        if (second is null)
        {
            Assert.All(Checks(text).Conditions, check => Assert.Equal(Verdict.Holds, check.Verdict));
            return;
        }

        var failed = FirstFailed(text);
        Assert.Equal((first, second), (failed.FirstValue, failed.SecondValue));
        Assert.Equal((by, by is null ? null : "1.00 EUR"), (failed.Shortfall?.By, failed.Shortfall?.Allowed));
    }

    [Fact]
    public void Of_many_days_the_first_few_are_told()
    {
        var captures = string.Join('\n', Enumerable.Range(1, 5).Select(day => $"                 C{day}   R1    10.00 EUR   2026-04-0{day}"));
        var failed = FirstFailed($"""
            source payouts   id   ref   amount
                             P1   R1    51.01 EUR
            source captures  id   ref   amount      taken
            {captures}
            pass paid        payouts 1:n captures
              key            ref
              within         amount ~ sum(amount)   1.00 EUR at ECB rates of captures.taken in EUR
            expect
            """);
        Assert.Equal("50.00 EUR: 10.00 EUR + 10.00 EUR + 10.00 EUR + 2 more", failed.SecondValue);
        Assert.Equal(new Shortfall("0.01 EUR", "1.00 EUR"), failed.Shortfall);
    }

    [Fact]
    public void A_matched_group_of_several_currencies_tells_what_it_lacks_and_who_was_farther()
    {
        var book = CaseText.Parse("""
            source payouts   id   ref   amount      paid
                             P1   R1    29.80 EUR   2026-04-02
                             P2   R1    30.10 EUR   2026-04-02
            source captures  id   ref   amount
                             C1   R1    17.50 EUR
                             C2   R1    15.63 USD
            pass paid        captures n:1 payouts
              key            ref
              within         sum(amount) ~ amount   1% of larger at ECB rates of payouts.paid in EUR
              tie            closest
            expect
            """).Book;
        var explainer = new MatchExplainer(book.Pack, book.Tables, MatchScope.Everything(book.Pack), Books.Options(), book.Match());
        var why = explainer.Why(book.Pack.Legs[0], 0, limit: 5);
        Assert.Equal(["P2"], why.FirstIds);
        var compared = Assert.Single(why.Compared);
        Assert.Equal("30.10 EUR", compared.FirstValue);
        Assert.Equal("30.00 EUR: 17.50 EUR + 15.63 USD (12.50 EUR, ECB 1.25 USD for 1 EUR of 2026-04-02)", compared.SecondValue);
        Assert.Equal("0.10 EUR, rounded", compared.Difference);
        Assert.Equal(("P1", RejectionReason.Farther), (why.Alternatives[0].Id, why.Alternatives[0].Reason));
    }

    static ConditionCheck FirstFailed(string text) => Checks(text).FirstFailed!;

    static PassCheck Checks(string text)
    {
        var book = CaseText.Parse(text).Book;
        var scope = MatchScope.Everything(book.Pack);
        var explainer = new MatchExplainer(book.Pack, book.Tables, scope, Books.Options(), book.Match());
        return Assert.Single(explainer.WhyNot(book.Pack.Legs[0], 0, 0));
    }
}
