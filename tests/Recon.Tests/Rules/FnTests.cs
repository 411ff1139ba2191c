// The functions of rules, above all where texts are missing.
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class FnTests
{
    [Theory]
    [InlineData("PAYOUT PO1", "PO1")]
    [InlineData("x PAYOUT PO1 PAYOUT PO2", "PO1 PAYOUT PO2")]
    [InlineData("payout PO1", null)]
    [InlineData("PAYOUT ", null)]
    [InlineData(null, null)]
    public void After_gives_what_follows_the_first_marker(string? text, string? expected) =>
        Assert.Equal(expected, Fn.After(text, "PAYOUT "));

    [Theory]
    [InlineData("A/B/C", "A")]
    [InlineData("/B", null)]
    [InlineData("ABC", null)]
    [InlineData(null, null)]
    public void Before_gives_what_precedes_the_first_marker(string? text, string? expected) =>
        Assert.Equal(expected, Fn.Before(text, "/"));

    [Theory]
    [InlineData("ref <A1> of <B2>", "A1")]
    [InlineData("ref <A1", null)]
    [InlineData("A1>", null)]
    [InlineData(null, null)]
    public void Between_gives_what_the_first_pair_of_markers_holds(string? text, string? expected) =>
        Assert.Equal(expected, Fn.Between(text, "<", ">"));

    [Theory]
    [InlineData("INV-00 12/3", "00123")]
    [InlineData("none", null)]
    [InlineData(null, null)]
    public void Digits_keeps_the_ten_digits_only(string? text, string? expected) =>
        Assert.Equal(expected, Fn.Digits(text));

    [Theory]
    [InlineData("shop 17, till 4", "shop ([0-9]+)", "17")]
    [InlineData("shop 17, till 4", "[0-9]+", "17")]
    [InlineData("shop", "[0-9]+", null)]
    [InlineData("ab", "a(x)?b", null)]
    [InlineData(null, "[0-9]+", null)]
    public void Extract_gives_the_first_group_or_the_whole(string? text, string pattern, string? expected) =>
        Assert.Equal(expected, Fn.Extract(text, pattern));

    [Fact]
    public void A_missing_text_matches_nothing() => Assert.False(Fn.Matches(null, ".*"));

    [Fact]
    public void A_hostile_pattern_takes_linear_time() =>
        Assert.False(Fn.Matches(new string('a', 100_000) + "!", "^(a+)+$"));

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(null, null, false, false)]
    [InlineData("A", null, true, false)]
    [InlineData("A", "A", false, true)]
    [InlineData("A", "a", true, false)]
    public void Same_says_what_two_missing_values_mean(string? a, string? b, bool nulls, bool expected) =>
        Assert.Equal(expected, Fn.Same(a, b, nulls));

    [Fact]
    public void Amounts_of_two_currencies_are_not_the_same()
    {
        Assert.True(Fn.Same(Money.Of(1.50m, "EUR"), Money.Of(1.5m, "EUR"), nulls: false));
        Assert.False(Fn.Same(Money.Of(1.50m, "EUR"), Money.Of(1.5m, "USD"), nulls: true));
    }
}
