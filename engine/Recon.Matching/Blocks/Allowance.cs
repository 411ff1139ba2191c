// How far the second of two values may lie from the first, where that may depend on the values.
using System.Numerics;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Blocks;

/// <summary>second − first lies in a range, inclusive.</summary>
/// <remarks>
/// A share is at most the whole of its base, so both ends of the range of second rise with first: over sorted values the
/// seconds that fit a first are a run, and the runs of rising firsts rise.
/// </remarks>
sealed class Allowance
{
    readonly Int128 _low;
    readonly Int128 _high;
    readonly Share? _below;
    readonly Share? _above;

    Allowance(Int128 low, Int128 high, Share? below, Share? above) =>
        (_low, _high, _below, _above) = (low, high, below, above);

    /// <summary>Allows every difference of two amounts.</summary>
    public static Allowance Any { get; } = Fixed(-2 * ExactNumber.MaxUnits, 2 * ExactNumber.MaxUnits);

    /// <summary>True where the range is the same for all values.</summary>
    public bool IsFixed => _below is null && _above is null;

    /// <summary>The one difference that is allowed; null where there are several.</summary>
    public Int128? Only => IsFixed && _low == _high ? _low : null;

    public static Allowance Fixed(Int128 low, Int128 high) => new(low, high, null, null);

    /// <summary>The bounds of an amount tolerance in units of a scale.</summary>
    /// <param name="leftIsFirst">False where the pass's left source is the leg's second side.</param>
    public static Allowance Of(AmountTolerance tolerance, int scale, bool leftIsFirst)
    {
        var (under, over) = (ShareOf(tolerance.Under, tolerance.Base, scale, leftIsFirst),
            ShareOf(tolerance.Over, tolerance.Base, scale, leftIsFirst));
        var (least, most) = (FixedUnits(tolerance.Under, scale), FixedUnits(tolerance.Over, scale));
        return leftIsFirst ? new(-least, most, under, over) : new(-most, least, over, under);
    }

    /// <summary>The smallest difference allowed between two values.</summary>
    public Int128 Low(Int128 first, Int128 second) => _below is null ? _low : -_below.Units(first, second);

    /// <summary>The largest difference allowed between two values.</summary>
    public Int128 High(Int128 first, Int128 second) => _above is null ? _high : _above.Units(first, second);

    /// <summary>True where second lies before the range: so does every smaller one, and for every larger first.</summary>
    public bool IsBefore(Int128 first, Int128 second) => second - first < Low(first, second);

    /// <summary>True where second lies behind the range: so does every larger one, and for every smaller first.</summary>
    public bool IsBehind(Int128 first, Int128 second) => second - first > High(first, second);

    public bool Holds(Int128 first, Int128 second) => !IsBefore(first, second) && !IsBehind(first, second);

    /// <summary>The values of the other side that a value allows: the lowest and the highest.</summary>
    /// <param name="side">0 where the value is a first.</param>
    public (Int128 Low, Int128 High) Around(int side, Int128 value)
    {
        if (IsFixed)
        {
            return side == 0 ? (value + _low, value + _high) : (value - _high, value - _low);
        }

        return side == 0
            ? (Farthest(value, -1, other => !IsBefore(value, other)), Farthest(value, 1, other => !IsBehind(value, other)))
            : (Farthest(value, -1, other => !IsBehind(other, value)), Farthest(value, 1, other => !IsBefore(other, value)));
    }

    // The last value in one direction that is allowed: a difference of 0 is, and what lies behind one that is not is not.
    static Int128 Farthest(Int128 value, int direction, Func<Int128, bool> isAllowed)
    {
        var most = 4 * ExactNumber.MaxUnits;
        Int128 allowed = 0;
        Int128 refused = 1;
        while (refused < most && isAllowed(value + (direction * refused)))
        {
            (allowed, refused) = (refused, refused * 2);
        }

        while (refused - allowed > 1)
        {
            var middle = allowed + ((refused - allowed) / 2);
            (allowed, refused) = isAllowed(value + (direction * middle)) ? (middle, refused) : (allowed, middle);
        }

        return value + (direction * allowed);
    }

    /// <summary>The share that makes the bound of a difference; null where the bound is an amount.</summary>
    public Share? ShareFor(bool above) => above ? _above : _below;

    static Share? ShareOf(AmountBound bound, PercentBase? baseOf, int scale, bool leftIsFirst)
    {
        if (bound.Percent is not { } percent || bound.IsZero)
        {
            return null;
        }

        var trimmed = percent.Trimmed();
        var oriented = (baseOf, leftIsFirst) switch
        {
            (PercentBase.Left, false) => PercentBase.Right,
            (PercentBase.Right, false) => PercentBase.Left,
            _ => baseOf!.Value,
        };
        Int128? most = bound.Amount is { } cap ? ToleranceUnits(cap, scale) : null;
        return new Share(trimmed, most, oriented);
    }

    static Int128 FixedUnits(AmountBound bound, int scale) =>
        bound.IsZero || bound.Amount is null ? 0 : ToleranceUnits(bound.Amount.Value, scale);

    /// <summary>
    /// A tolerance in whole units of the scale, rounded down: differences are whole units, so nothing between counts.
    /// Beyond any difference of two amounts it is cut, which changes no answer.
    /// </summary>
    static Int128 ToleranceUnits(ExactNumber tolerance, int scale)
    {
        var most = (2 * ExactNumber.MaxUnits) + 1;
        if (tolerance.Scale >= scale)
        {
            return Int128.Min(tolerance.Units / ExactNumber.PowerOfTen(tolerance.Scale - scale), most);
        }

        var lift = ExactNumber.PowerOfTen(scale - tolerance.Scale);
        return tolerance.Units > most / lift ? most : tolerance.Units * lift;
    }
}

/// <summary>A percentage of one of two values, perhaps capped; in whole units, rounded down.</summary>
/// <param name="most">The cap in units; null for none.</param>
/// <param name="baseOf">Left stands for first, right for second.</param>
sealed class Share(ExactNumber percent, Int128? most, PercentBase baseOf)
{
    readonly Int128 _parts = percent.Units;
    readonly Int128 _whole = 100 * ExactNumber.PowerOfTen(percent.Scale);

    public ExactNumber Percent => percent;

    /// <summary>The cap in units; null for none.</summary>
    public Int128? Most => most;

    public Int128 Units(Int128 first, Int128 second)
    {
        var share = OfBase(BaseOf(first, second));
        return most is { } cap && cap < share ? cap : share;
    }

    /// <summary>The absolute value that the percentage is of.</summary>
    public Int128 BaseOf(Int128 first, Int128 second) => baseOf switch
    {
        PercentBase.Left => Int128.Abs(first),
        PercentBase.Right => Int128.Abs(second),
        PercentBase.Larger => Int128.Max(Int128.Abs(first), Int128.Abs(second)),
        _ => Int128.Min(Int128.Abs(first), Int128.Abs(second)),
    };

    // Differences are whole units, so that |d| · whole ≤ parts · base says the same as |d| ≤ this.
    Int128 OfBase(Int128 value) => value <= long.MaxValue && _parts <= long.MaxValue
        ? value * _parts / _whole
        : (Int128)((BigInteger)value * _parts / _whole);
}
