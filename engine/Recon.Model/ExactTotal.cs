// The sum of any number of exact amounts, however large.
using System.Globalization;
using System.Numerics;

namespace Recon.Model;

/// <summary>An exact decimal without a bound: what amounts add up to. Never rounds, never overflows.</summary>
/// <remarks>
/// Equality and order are by value; <see cref="ToString()"/> keeps as many digits behind the point as the amount with most
/// of them had. The default value is 0 with scale 0.
/// </remarks>
public readonly struct ExactTotal : IEquatable<ExactTotal>, IComparable<ExactTotal>
{
    public ExactTotal(BigInteger units, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        Units = units;
        Scale = scale;
    }

    /// <summary>The value as an integer in units of 10^−<see cref="Scale"/>.</summary>
    public BigInteger Units { get; }

    public int Scale { get; }

    public bool IsZero => Units.IsZero;

    public static implicit operator ExactTotal(ExactNumber number) => new(number.Units, number.Scale);

    public static ExactTotal operator +(ExactTotal left, ExactTotal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new ExactTotal(left.UnitsAt(scale) + right.UnitsAt(scale), scale);
    }

    public static ExactTotal operator -(ExactTotal left, ExactTotal right) => left + new ExactTotal(-right.Units, right.Scale);

    public static bool operator ==(ExactTotal left, ExactTotal right) => left.Equals(right);

    public static bool operator !=(ExactTotal left, ExactTotal right) => !left.Equals(right);

    public static bool operator <(ExactTotal left, ExactTotal right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactTotal left, ExactTotal right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactTotal left, ExactTotal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactTotal left, ExactTotal right) => left.CompareTo(right) >= 0;

    /// <summary>The value in units of 10^−<paramref name="scale"/>, which is at least <see cref="Scale"/>.</summary>
    public BigInteger UnitsAt(int scale) => Units * BigInteger.Pow(10, scale - Scale);

    public int CompareTo(ExactTotal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return UnitsAt(scale).CompareTo(other.UnitsAt(scale));
    }

    public bool Equals(ExactTotal other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ExactTotal other && Equals(other);

    /// <summary>Equal values of two scales have one whole part.</summary>
    public override int GetHashCode() => BigInteger.Divide(Units, BigInteger.Pow(10, Scale)).GetHashCode();

    /// <summary>Digits with a point, at least one digit before it, exactly <see cref="Scale"/> behind it: <c>-0.50</c>.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var point = Scale == 0 ? "" : ".";
        return $"{(Units.Sign < 0 ? "-" : "")}{digits[..^Scale]}{point}{digits[^Scale..]}";
    }

    /// <summary>Reads what <see cref="ToString()"/> writes.</summary>
    public static bool TryParse(string text, out ExactTotal total)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var plain = point < 0 ? digits : digits.Remove(point, 1);
        var valid = plain.Length > scale && point != 0 && (point < 0 || scale > 0) && plain.All(char.IsAsciiDigit);
        total = valid
            ? new ExactTotal(BigInteger.Parse(plain, CultureInfo.InvariantCulture) * (text.Length > digits.Length ? -1 : 1), scale)
            : default;
        return valid;
    }
}

/// <summary>Adds up amounts one by one: in 128 bits while they last, beyond them without a bound.</summary>
public sealed class ExactSum
{
    // By scale; moved to the large ones before an Int128 could overflow.
    readonly Int128[] _small = new Int128[ExactNumber.MaxScale + 1];
    readonly BigInteger[] _large = new BigInteger[ExactNumber.MaxScale + 1];
    int _scale;

    public ExactTotal Total
    {
        get
        {
            var total = new ExactTotal(0, _scale);
            for (var scale = 0; scale <= _scale; scale++)
            {
                total += new ExactTotal(_large[scale] + _small[scale], scale);
            }

            return total;
        }
    }

    public void Add(ExactNumber number) => Add(number.Units, number.Scale);

    /// <param name="units">Within ±10^37.</param>
    /// <param name="scale">Digits behind the point of the amount, 0 to <see cref="ExactNumber.MaxScale"/>.</param>
    public void Add(Int128 units, int scale)
    {
        _scale = Math.Max(_scale, scale);
        ref var small = ref _small[scale];
        small += units;
        if (small > ExactNumber.MaxUnits || small < -ExactNumber.MaxUnits)
        {
            _large[scale] += small;
            small = 0;
        }
    }
}
