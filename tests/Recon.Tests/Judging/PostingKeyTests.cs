// Keys of postings: what they rest on and, above all, what they do not.
using Recon.Judging;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class PostingKeyTests
{
    /// <remarks>The digits were computed from the description of the key by another program.</remarks>
    [Fact]
    public void A_key_never_changes_over_releases()
    {
        var posting = Posting(Text());
        Assert.Equal("1b6efbaa36dc0135aa5c436a90f7d5c9", posting.Key);
        Assert.Equal("f03a792c66e09afece90534e1b4c4530", posting.Effect);
    }

    [Theory]
    [InlineData("10.02 EUR", "10.07 EUR")] // another amount
    [InlineData("date 2026-02-27", "date 2026-03-05")]
    [InlineData("resolve rounding auto", "resolve rounding manual")]
    [InlineData("debit 1200", "debit 1210")]
    [InlineData("class rounding settled", "class rounding expected")]
    [InlineData("  P1  10.02 EUR  0.10 EUR", "  P1  10.02 EUR  0.1000 EUR")] // digits behind the point
    [InlineData("  L0  1.00 EUR", "  L0  1.00000 EUR")] // the scale of a neighbour
    public void A_key_does_not_change_with(string given, string other) =>
        Assert.Equal(Posting(Text()).Key, Posting(Replaced(given, other)).Key);

    [Theory]
    [InlineData("pack test.pack", "pack other.pack")]
    [InlineData("rounding", "cents")]
    [InlineData("L1", "L7")]
    [InlineData("  P1  10.02 EUR  0.10 EUR", "  P1  10.02 EUR  0.11 EUR")] // a value of once
    [InlineData("  P1  10.02 EUR  0.10 EUR", "  P1  10.02 EUR  -")]
    [InlineData("once pack.id, ledger.id", "once ledger.id, pack.id")]
    public void A_key_changes_with(string given, string other) =>
        Assert.NotEqual(Posting(Text()).Key, Posting(Replaced(given, other)).Key);

    [Theory]
    [InlineData("10.02 EUR", "10.07 EUR")]
    [InlineData("credit 7990", "credit 7991")]
    [InlineData("EUR", "USD")]
    public void An_effect_changes_with(string given, string other) =>
        Assert.NotEqual(Posting(Text()).Effect, Posting(Replaced(given, other)).Effect);

    [Fact]
    public void An_effect_does_not_change_with_digits_that_say_nothing() =>
        Assert.Equal(Posting(Text()).Effect, Posting(Replaced("10.02 EUR", "10.0200 EUR")).Effect);

    [Fact]
    public void Two_lists_that_read_alike_when_joined_have_two_keys()
    {
        var one = Replaced("L1", "A~B").Replace("P1", "C", StringComparison.Ordinal);
        var two = Replaced("L1", "A").Replace("P1", "B~C", StringComparison.Ordinal);
        Assert.NotEqual(Posting(one).Key, Posting(two).Key);
    }

    [Fact]
    public void An_absent_source_is_not_a_source_with_an_empty_value()
    {
        const string Open = "match near: L1 ~ P1";
        var lone = Text()
            .Replace(Open, "", StringComparison.Ordinal)
            .Replace("match near", "open ledger", StringComparison.Ordinal);
        Assert.NotEqual(Posting(Text()).Key, Posting(lone).Key);
    }

    static Posting Posting(string text) =>
        Judge.Decide(JudgingCase.Read(text), CancellationToken.None).Postings[0];

    static string Replaced(string given, string other)
    {
        Assert.Contains(given, Text(), StringComparison.Ordinal);
        return Text().Replace(given, other, StringComparison.Ordinal);
    }

    static string Text() => """
        pack test.pack
        date 2026-02-27
        source ledger books
          id  amount:money
          L0  1.00 EUR
          L1  10.00 EUR
        source provider external
          id  gross:money  fee:money
          P0  1.00 EUR  0.00 EUR
          P1  10.02 EUR  0.10 EUR
        pass near: ledger 1:1 provider
          ledger.amount ~ provider.gross
        match near: L0 ~ P0
        match near: L1 ~ P1
        class rounding settled: match near
        class rest disputed: otherwise
        resolve rounding auto
          post ledger debit 1200 credit 7990 amount provider.gross - ledger.amount
          once pack.id, ledger.id, provider.id, provider.fee
        """;
}
