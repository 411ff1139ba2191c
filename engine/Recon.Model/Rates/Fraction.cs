// An exact quotient of two whole numbers: what an amount is after it went through a rate.
using System.Globalization;
using System.Numerics;

namespace Recon.Model.Rates;

/// <summary>A rational number. Arithmetic is exact and unbounded; only <see cref="Rounded"/> rounds.</summary>
public readonly struct Fraction : IComparable<Fraction>, IEquatable<Fraction>
{
    readonly BigInteger _denominator;

    /// <param name="denominator">Not 0.</param>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        Require.That(!denominator.IsZero);
        (Numerator, _denominator) = denominator.Sign < 0 ? (-numerator, -denominator) : (numerator, denominator);
    }

    public BigInteger Numerator { get; }

    /// <summary>At least 1; not reduced.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public int Sign => Numerator.Sign;

    public static implicit operator Fraction(ExactNumber number) => new(number.Units, ExactNumber.PowerOfTen(number.Scale));

    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    public static Fraction operator +(Fraction left, Fraction right) => left.Denominator == right.Denominator
        ? new(left.Numerator + right.Numerator, left.Denominator)
        : new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static Fraction operator /(Fraction left, Fraction right) => right.Sign == 0
        ? throw new DivideByZeroException()
        : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    public static Fraction Min(Fraction left, Fraction right) => left <= right ? left : right;

    public static Fraction Max(Fraction left, Fraction right) => left >= right ? left : right;

    public Fraction Abs() => Sign < 0 ? -this : this;

    public int CompareTo(Fraction other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Fraction other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode()
    {
        var common = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return HashCode.Combine(Numerator / common, Denominator / common);
    }

    /// <summary>The largest whole number of units of a scale that is not above this.</summary>
    public BigInteger Floor(int scale)
    {
        var quotient = BigInteger.DivRem(Numerator * ExactNumber.PowerOfTen(scale), Denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The nearest number with so many decimals; of two that are as near the even one (half even).</summary>
    /// <exception cref="OverflowException">It leaves ±10^37 units.</exception>
    public ExactNumber Rounded(int scale) => new(checked((Int128)RoundedUnits(scale)), scale);

    /// <summary>As <see cref="Rounded"/>, in words and of any size: <c>-12.30</c>.</summary>
    public string Text(int scale)
    {
        var units = RoundedUnits(scale);
        var digits = BigInteger.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return units.Sign < 0 ? $"-{text}" : text;
    }

    /// <summary>As <see cref="Rounded"/>, in units of the scale.</summary>
    public BigInteger RoundedUnits(int scale)
    {
        var floor = Floor(scale);
        var twice = ((Numerator * ExactNumber.PowerOfTen(scale)) - (floor * Denominator)) * 2;
        var order = twice.CompareTo(Denominator);
        return order > 0 || (order == 0 && !floor.IsEven) ? floor + 1 : floor;
    }

    public override string ToString() => $"{Numerator}/{Denominator}";
}
