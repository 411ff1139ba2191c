// Amounts of several currencies, straight from the meaning of a rate: cross-multiplied whole numbers.
using System.Numerics;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

/// <summary>Record by record the amount, and the day where the record has one.</summary>
sealed record RatedSides(IReadOnlyList<(Money Amount, DateOnly? Day)> Left, IReadOnlyList<(Money Amount, DateOnly? Day)> Right);

/// <summary>The sums of left·num/den against those of right·num/den, with what a currency is in the common one as num/den.</summary>
static class OracleRates
{
    /// <summary>Rates of a small world: a day without any, a day with one only, a currency that is never rated.</summary>
    public static IReadOnlyList<PublishedRate> Published { get; } =
    [
        Rate("USD", "2026-04-02", "1.25"), Rate("USD", "2026-04-03", "1.1"), Rate("USD", "2026-04-08", "1.2501"),
        Rate("GBP", "2026-04-02", "0.8"), Rate("GBP", "2026-04-07", "0.85"),
    ];

    static readonly BigInteger Unit = BigInteger.Pow(10, ExactNumber.MaxScale);

    public static bool Allows(AmountTolerance tolerance, RatedSides sides)
    {
        if (Crossed(tolerance.Fx!, sides) is not var (x, y, denominator))
        {
            return false;
        }

        var bound = y < x ? tolerance.Under : tolerance.Over;
        var size = BigInteger.Abs(y - x);
        var baseOf = BaseOf(tolerance.Base, BigInteger.Abs(x), BigInteger.Abs(y));
        return (bound.Amount is not { } most || size * Unit <= Whole(most) * denominator)
            && (bound.Percent is not { } percent || size * 100 * Unit <= Whole(percent) * baseOf);
    }

    /// <summary>True where both sides have a value in the common currency.</summary>
    public static bool AreRated(RateRule rule, RatedSides sides) => Crossed(rule, sides) is not null;

    /// <summary>|right − left| in the common currency with six decimals, half even.</summary>
    public static ExactNumber Distance(RateRule rule, RatedSides sides)
    {
        var (x, y, denominator) = Crossed(rule, sides)!.Value;
        var quotient = BigInteger.DivRem(BigInteger.Abs(y - x) * 1_000_000, denominator, out var rest);
        var twice = (rest * 2).CompareTo(denominator);
        return new ExactNumber((Int128)(twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient), 6);
    }

    // A side without days has that of the other side, if all of that have the same one.
    static (BigInteger Left, BigInteger Right, BigInteger Denominator)? Crossed(RateRule rule, RatedSides sides)
    {
        var days = sides.Left.Concat(sides.Right).Where(each => each.Day is not null).Select(each => each.Day).Distinct().ToList();
        var only = days is [var one] ? one : null;
        return Sum(rule, sides.Left, only) is var (a, b) && Sum(rule, sides.Right, only) is var (c, d) ? (a * d, c * b, b * d) : null;
    }

    static (BigInteger Numerator, BigInteger Denominator)? Sum(RateRule rule, IReadOnlyList<(Money Amount, DateOnly? Day)> side, DateOnly? only)
    {
        var (numerator, denominator) = (BigInteger.Zero, BigInteger.One);
        foreach (var (amount, day) in side)
        {
            if (Factor(rule, amount.CurrencyCode, day ?? only) is not var (a, b))
            {
                return null;
            }

            (numerator, denominator) = ((numerator * b * Unit) + (Whole(amount.Number) * a * denominator), denominator * b * Unit);
        }

        return (numerator, denominator);
    }

    static (BigInteger Numerator, BigInteger Denominator)? Factor(RateRule rule, Currency currency, DateOnly? day) =>
        currency == rule.To ? (Unit, Unit)
        : day is { } known && RateOf(rule, rule.To, known) is { } wanted && RateOf(rule, currency, known) is { } own ? (wanted, own)
        : null;

    static BigInteger? RateOf(RateRule rule, Currency currency, DateOnly day)
    {
        if (currency == Currency.Of("EUR"))
        {
            return Unit;
        }

        var rate = Published.Where(each => each.Currency == currency && each.Day <= day && each.Day.AddDays(rule.MaxAge) >= day)
            .MaxBy(each => each.Day);
        return rate is null ? null : Whole(rate.UnitsPerBase);
    }

    static BigInteger BaseOf(PercentBase? baseOf, BigInteger left, BigInteger right) => baseOf switch
    {
        PercentBase.Left => left,
        PercentBase.Right => right,
        PercentBase.Larger => BigInteger.Max(left, right),
        _ => BigInteger.Min(left, right),
    };

    static BigInteger Whole(ExactNumber number) => number.Units * BigInteger.Pow(10, ExactNumber.MaxScale - number.Scale);

    static PublishedRate Rate(string currency, string day, string units) => new(
        Currency.Of(currency), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        ExactNumber.TryParse(units, out var number) ? number : throw new InvalidOperationException(units));
}
