// An exact amount of one currency.
namespace Recon.Model;

/// <summary>An exact amount in one currency; positive is money in, seen from our side.</summary>
/// <remarks>
/// <c>==</c> over two currencies is false. <c>&lt;</c>, <c>+</c> and <c>−</c> over two currencies throw
/// <see cref="CurrencyMismatchException"/>: amounts of two currencies are never mixed.
/// </remarks>
public readonly struct Money : IEquatable<Money>
{
    public Money(ExactNumber number, Currency currency)
    {
        Number = number;
        CurrencyCode = currency;
    }

    public ExactNumber Number { get; }

    public Currency CurrencyCode { get; }

    /// <summary>The currency's code, for predicates: <c>amount.Currency == "EUR"</c>.</summary>
    public string Currency => CurrencyCode.Code;

    /// <summary>The amount as a decimal, for predicates.</summary>
    public decimal Value => Number.ToDecimal();

    public bool IsZero => Number.IsZero;

    public static Money Of(decimal value, string currency) => new(ExactNumber.From(value), Model.Currency.Of(currency));

    /// <summary>Reads <c>10.02 EUR</c>: a number, one blank, a currency code.</summary>
    public static bool TryParse(string text, out Money money)
    {
        money = default;
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0 || !ExactNumber.TryParse(text[..blank], out var number)
            || !Model.Currency.TryParse(text[(blank + 1)..], out var currency))
        {
            return false;
        }

        money = new Money(number, currency);
        return true;
    }

    public Money Abs() => new(Number.Abs(), CurrencyCode);

    public static Money operator -(Money value) => new(-value.Number, value.CurrencyCode);

    public static Money operator +(Money left, Money right) => new(left.Number + right.Number, Same(left, right));

    public static Money operator -(Money left, Money right) => new(left.Number - right.Number, Same(left, right));

    /// <summary>Exact product; a result that needs more digits than <see cref="ExactNumber.MaxScale"/> throws.</summary>
    public static Money operator *(Money left, decimal factor)
    {
        var right = ExactNumber.From(factor).Trimmed();
        var number = left.Number.Trimmed();
        return new Money(new ExactNumber(checked(number.Units * right.Units), number.Scale + right.Scale), left.CurrencyCode);
    }

    public static bool operator ==(Money left, Money right) => left.Equals(right);

    public static bool operator !=(Money left, Money right) => !left.Equals(right);

    public static bool operator <(Money left, Money right) => Compare(left, right) < 0;

    public static bool operator >(Money left, Money right) => Compare(left, right) > 0;

    public static bool operator <=(Money left, Money right) => Compare(left, right) <= 0;

    public static bool operator >=(Money left, Money right) => Compare(left, right) >= 0;

    public bool Equals(Money other) => CurrencyCode == other.CurrencyCode && Number == other.Number;

    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(CurrencyCode, Number);

    /// <summary><c>10.02 EUR</c>, with the digits as written.</summary>
    public override string ToString() => $"{Number} {CurrencyCode.Code}";

    static int Compare(Money left, Money right)
    {
        Same(left, right);
        return left.Number.CompareTo(right.Number);
    }

    static Currency Same(Money left, Money right) => left.CurrencyCode == right.CurrencyCode
        ? left.CurrencyCode
        : throw new CurrencyMismatchException(left, right);
}

/// <summary>Two currencies met where one was meant; the rule that did it is at fault.</summary>
public sealed class CurrencyMismatchException(Money left, Money right)
    : Exception($"{left} and {right} are of two currencies");
