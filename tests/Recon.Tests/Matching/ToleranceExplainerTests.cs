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

    static ConditionCheck FirstFailed(string text)
    {
        var book = CaseText.Parse(text).Book;
        var scope = MatchScope.Everything(book.Pack);
        var explainer = new MatchExplainer(book.Pack, book.Tables, scope, Books.Options(), book.Match());
        return Assert.Single(explainer.WhyNot(book.Pack.Legs[0], 0, 0)).FirstFailed!;
    }
}
