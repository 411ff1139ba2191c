// A decimal number held exactly: an integer count of units and how many of its digits stand behind the point.
using System.Globalization;
using System.Text;

namespace Recon.Model;

/// <summary>
/// An exact decimal: <see cref="Units"/> × 10^−<see cref="Scale"/>. Never rounds; an operation whose result
/// would leave ±10^37 units throws <see cref="OverflowException"/>.
/// </summary>
/// <remarks>
/// Equality and order are by value: 1.5 equals 1.50. <see cref="ToString()"/> keeps the digits as written.
/// The default value is 0 with scale 0.
/// </remarks>
public readonly struct ExactNumber : IEquatable<ExactNumber>, IComparable<ExactNumber>
{
    /// <summary>The largest number of digits behind the point: as many as <see cref="decimal"/> can carry.</summary>
    public const int MaxScale = 28;

    const int NarrowDigits = 18;

    /// <summary>10^37: units beyond ± this bound are refused, so that sums of a few members stay inside Int128.</summary>
    public static readonly Int128 MaxUnits = PowerOfTen(37);

    public ExactNumber(Int128 units, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaxScale);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        if (units > MaxUnits || units < -MaxUnits)
        {
            throw new OverflowException("a number beyond ±10^37 units");
        }

        Units = units;
        Scale = scale;
    }

    ExactNumber(int scale, Int128 units) => (Units, Scale) = (units, scale);

    /// <summary>A number that is known to be in range, as those of a column are.</summary>
    internal static ExactNumber InRange(Int128 units, int scale) => new(scale, units);

    /// <summary>The value as an integer in units of 10^−<see cref="Scale"/>.</summary>
    public Int128 Units { get; }

    /// <summary>Digits behind the point, 0 to <see cref="MaxScale"/>.</summary>
    public int Scale { get; }

    public static ExactNumber Zero => default;

    public bool IsZero => Units == 0;

    public int Sign => Int128.Sign(Units);

    /// <summary>10^<paramref name="exponent"/>, exponent 0 to 38.</summary>
    public static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    public static ExactNumber From(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var units = (Int128)magnitude;
        return new ExactNumber(value < 0 ? -units : units, value.Scale);
    }

    /// <summary>The same value with exactly <paramref name="scale"/> digits behind the point.</summary>
    /// <exception cref="OverflowException">The value needs more digits than the scale has, or leaves the range.</exception>
    public ExactNumber Rescaled(int scale)
    {
        if (scale >= Scale)
        {
            return new ExactNumber(checked(Units * PowerOfTen(scale - Scale)), scale);
        }

        var (quotient, remainder) = Int128.DivRem(Units, PowerOfTen(Scale - scale));
        return remainder == 0
            ? new ExactNumber(quotient, scale)
            : throw new OverflowException($"{this} has more than {scale} decimals");
    }

    /// <summary>The value without trailing zeros behind the point.</summary>
    public ExactNumber Trimmed()
    {
        var (units, scale) = (Units, Scale);
        while (scale > 0 && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        return new ExactNumber(units, scale);
    }

    /// <summary>The value as <see cref="decimal"/>, for predicates.</summary>
    /// <exception cref="OverflowException">More than 96 bits of units.</exception>
    public decimal ToDecimal()
    {
        if (unchecked((long)Units) is var few && few == Units && few != long.MinValue)
        {
            var digits = (ulong)Math.Abs(few);
            return new decimal(unchecked((int)digits), unchecked((int)(digits >> 32)), 0, few < 0, (byte)Scale);
        }

        var trimmed = Units > (Int128)decimal.MaxValue || Units < (Int128)decimal.MinValue ? Trimmed() : this;
        var magnitude = (UInt128)Int128.Abs(trimmed.Units);
        if (magnitude >> 96 != 0)
        {
            throw new OverflowException($"{this} does not fit a decimal");
        }

        var low = (uint)(magnitude & uint.MaxValue);
        var middle = (uint)((magnitude >> 32) & uint.MaxValue);
        var high = (uint)(magnitude >> 64);
        return new decimal(unchecked((int)low), unchecked((int)middle), unchecked((int)high), trimmed.Units < 0, (byte)trimmed.Scale);
    }

    public ExactNumber Abs() => Units < 0 ? new ExactNumber(-Units, Scale) : this;

    public static ExactNumber operator -(ExactNumber value) => new(-value.Units, value.Scale);

    public static ExactNumber operator +(ExactNumber left, ExactNumber right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new ExactNumber(checked(left.Rescaled(scale).Units + right.Rescaled(scale).Units), scale);
    }

    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => left + -right;

    public static bool operator ==(ExactNumber left, ExactNumber right) => left.Equals(right);

    public static bool operator !=(ExactNumber left, ExactNumber right) => !left.Equals(right);

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    public int CompareTo(ExactNumber other)
    {
        if (Scale == other.Scale)
        {
            return Units.CompareTo(other.Units);
        }

        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        // Whole parts first: rescaling could overflow, whole parts cannot.
        var (whole, rest) = Int128.DivRem(Units, PowerOfTen(Scale));
        var (otherWhole, otherRest) = Int128.DivRem(other.Units, PowerOfTen(other.Scale));
        return whole != otherWhole
            ? whole.CompareTo(otherWhole)
            : (rest * PowerOfTen(MaxScale - Scale)).CompareTo(otherRest * PowerOfTen(MaxScale - other.Scale));
    }

    public bool Equals(ExactNumber other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    public override int GetHashCode()
    {
        var trimmed = Trimmed();
        return HashCode.Combine(trimmed.Units, trimmed.Scale);
    }

    /// <summary>Digits with a point, at least one digit before it, exactly <see cref="Scale"/> behind it: <c>-0.50</c>.</summary>
    public override string ToString()
    {
        if (Scale == 0)
        {
            return Units.ToString(CultureInfo.InvariantCulture);
        }

        var digits = Int128.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var text = new StringBuilder(digits.Length + 2);
        if (Units < 0)
        {
            text.Append('-');
        }

        return text.Append(digits, 0, digits.Length - Scale).Append('.').Append(digits, digits.Length - Scale, Scale).ToString();
    }

    /// <summary>
    /// Reads <c>[+-]digits[.digits]</c> in UTF-8; no exponent, no blanks. <paramref name="grouping"/> (0: none) may
    /// stand between groups of exactly three digits of the whole part.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ExactNumber number, byte point = (byte)'.', byte grouping = 0)
    {
        number = default;
        var index = 0;
        var negative = false;
        if (utf8.Length > 0 && utf8[0] is (byte)'-' or (byte)'+')
        {
            negative = utf8[0] == (byte)'-';
            index = 1;
        }

        // The first 18 digits fit a long; few amounts have more.
        var narrow = 0L;
        Int128 wide = 0;
        int digits = 0, scale = 0, sinceGroup = 0;
        bool afterPoint = false, grouped = false;
        for (; index < utf8.Length; index++)
        {
            var unit = utf8[index];
            if (unit is >= (byte)'0' and <= (byte)'9')
            {
                if (++digits <= NarrowDigits)
                {
                    narrow = (narrow * 10) + (unit - '0');
                }
                else
                {
                    wide = digits == NarrowDigits + 1 ? narrow : wide;
                    if (digits > 60 || wide > MaxUnits / 10)
                    {
                        return false;
                    }

                    wide = (wide * 10) + (unit - '0');
                }

                scale += afterPoint ? 1 : 0;
                sinceGroup++;
            }
            else if (unit == point && !afterPoint && sinceGroup > 0)
            {
                if (grouped && sinceGroup != 3)
                {
                    return false;
                }

                afterPoint = true;
                grouped = false;
            }
            else if (grouping != 0 && unit == grouping && !afterPoint && sinceGroup is > 0 and <= 3 && (!grouped || sinceGroup == 3))
            {
                grouped = true;
                sinceGroup = 0;
            }
            else
            {
                return false;
            }
        }

        if (digits == 0 || (grouped && sinceGroup != 3) || (afterPoint && scale == 0) || scale > MaxScale || wide > MaxUnits)
        {
            return false;
        }

        var units = digits > NarrowDigits ? wide : narrow;

        number = new ExactNumber(negative ? -units : units, scale);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out ExactNumber, byte, byte)"/>
    public static bool TryParse(string text, out ExactNumber number) => TryParse(Encoding.UTF8.GetBytes(text), out number);
}
