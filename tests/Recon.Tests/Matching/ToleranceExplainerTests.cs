// What the explainer says of tolerances whose bound depends on the records.
using Recon.Matching;
using Recon.Matching.Explaining;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class ToleranceExplainerTests
{
    [Theory]
    [InlineData("1% of left", "98.00 EUR", "99.00 EUR", "0.02 EUR", "0.98 EUR (1% of 98.00 EUR)")]
    [InlineData("1% of right", "101.00 EUR", "99.00 EUR", "1.01 EUR", "-0.99 EUR (1% of 99.00 EUR)")]
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

    static ConditionCheck FirstFailed(string text)
    {
        var book = CaseText.Parse(text).Book;
        var scope = MatchScope.Everything(book.Pack);
        var explainer = new MatchExplainer(book.Pack, book.Tables, scope, Books.Options(), book.Match());
        return Assert.Single(explainer.WhyNot(book.Pack.Legs[0], 0, 0)).FirstFailed!;
    }
}
