// Rates and fractions: which rate serves on a day, and what is rounded how.
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Model;

public sealed class RateTests
{
    static readonly Currency Eur = Currency.Of("EUR");
    static readonly Currency Usd = Currency.Of("USD");
    static readonly Currency Gbp = Currency.Of("GBP");

    static readonly RateTable Ecb = new("ECB", Eur,
    [
        new(Usd, new DateOnly(2026, 2, 27), Number("1.25")), new(Usd, new DateOnly(2026, 2, 26), Number("1.2")),
        new(Gbp, new DateOnly(2026, 2, 26), Number("0.8")),
    ]);

    [Theory]
    [InlineData("2026-02-27", 0, "1.25")]
    [InlineData("2026-02-26", 0, "1.2")]
    [InlineData("2026-02-28", 0, null)]
    [InlineData("2026-03-02", 2, null)]
    [InlineData("2026-03-02", 3, "1.25")]
    [InlineData("2026-02-25", 366, null)]
    public void The_newest_rate_that_is_old_enough_and_not_too_old_serves(string day, int maxAge, string? expected) =>
        Assert.Equal(expected, Ecb.Find(Usd, Day(day), maxAge)?.UnitsPerBase.ToString());

    [Theory]
    [InlineData("100", "USD", "EUR", "80.00 EUR")]
    [InlineData("100", "EUR", "USD", "125.00 USD")]
    [InlineData("100", "USD", "GBP", "64.00 GBP")]
    [InlineData("1", "GBP", "USD", "1.56 USD")]
    [InlineData("0.0625", "EUR", "JPY", null)]
    public void Amounts_go_by_way_of_the_base(string amount, string from, string to, string? expected)
    {
        var conversion = new Conversion(new RateRule("ECB", "ledger", "booked", Currency.Of(to), 1), Ecb);
        var converted = conversion.Convert(Number(amount), Currency.Of(from), Day("2026-02-27"));
        Assert.Equal(expected, converted is { } known ? conversion.Rounded(known).ToString() : null);
    }

    [Fact]
    public void An_amount_in_the_common_currency_needs_no_rate()
    {
        var conversion = new Conversion(new RateRule("NONE", "ledger", "booked", Usd, 0), null);
        Assert.Equal(Number("12.34"), conversion.Convert(Number("12.34"), Usd, 0)!.Value);
        Assert.Null(conversion.Convert(Number("12.34"), Eur, 0));
        Assert.Equal("no rates NONE are given", conversion.Missing(Eur, 0));
    }

    [Theory]
    [InlineData(5, 2, 0, "2")]
    [InlineData(7, 2, 0, "4")]
    [InlineData(-5, 2, 0, "-2")]
    [InlineData(-7, 2, 0, "-4")]
    [InlineData(1, 3, 2, "0.33")]
    [InlineData(2, 3, 2, "0.67")]
    [InlineData(-2, 3, 2, "-0.67")]
    public void Fractions_round_half_even(int numerator, int denominator, int scale, string expected) =>
        Assert.Equal(expected, new Fraction(numerator, denominator).Rounded(scale).ToString());

    [Fact]
    public void Fractions_are_exact()
    {
        var third = (Fraction)Number("1") / Number("3");
        Assert.Equal(Number("1"), third + third + third);
        Assert.True(third > Number("0.3333333333333333333333333333"));
        Assert.True(new Fraction(1, -3) < third);
        Assert.Equal(new Fraction(2, 6).GetHashCode(), new Fraction(1, 3).GetHashCode());
    }

    static int Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture).DayNumber;

    static ExactNumber Number(string text) => ExactNumber.TryParse(text, out var number) ? number : throw new InvalidOperationException(text);
}
