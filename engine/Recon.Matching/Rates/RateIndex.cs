// Finds the amounts that may meet a converted one: one search in the sorted amounts of each currency.
using System.Numerics;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Rates;

/// <summary>An index over rows of the side without a day, asked with rows of the dated side.</summary>
/// <remarks>
/// At the day of a dated row each currency of the other side has one factor, so the amounts that the tolerance allows are a run
/// of the sorted amounts of that currency. The run is a little too long where the share is of the other amount; what is
/// found is asked again, exactly.
/// </remarks>
sealed class RateIndex
{
    readonly RateCondition _condition;
    readonly int _scale;
    readonly List<(Currency Currency, Int128[] Units, int[] Places)> _currencies = [];

    public RateIndex(RateCondition condition, IReadOnlyList<int> rows, int scale)
    {
        (_condition, _scale) = (condition, scale);
        var side = 1 - condition.DatedSide;
        var known = rows.Index().Select(row => (Place: row.Index, Amount: condition.AmountOf(side, row.Item)))
            .Where(row => row.Amount is not null);
        foreach (var group in known.GroupBy(row => row.Amount!.Value.CurrencyCode).OrderBy(group => group.Key))
        {
            var sorted = group.OrderBy(row => row.Amount!.Value.Number).ToList();
            _currencies.Add((
                group.Key, [.. sorted.Select(row => row.Amount!.Value.Number.Rescaled(scale).Units)], [.. sorted.Select(row => row.Place)]));
        }
    }

    /// <summary>Adds the places of all rows that meet the condition with a row of the dated side, and perhaps of others.</summary>
    public void Find(int row, List<int> found)
    {
        var conversion = _condition.Conversion;
        if (_condition.DayOf(row) is not { } day || _condition.AmountOf(_condition.DatedSide, row) is not { } amount
            || conversion.Convert(amount.Number, amount.CurrencyCode, day) is not { } near)
        {
            return;
        }

        var nearIsLeft = _condition.DatedSide == 0 == _condition.LeftIsFirst;
        var (under, over) = (Farthest(_condition.Tolerance.Under, near, nearIsLeft), Farthest(_condition.Tolerance.Over, near, nearIsLeft));
        var (down, up) = nearIsLeft ? (under, over) : (over, under);
        foreach (var (currency, units, places) in _currencies)
        {
            if (conversion.FactorOf(currency, day) is { } factor)
            {
                var start = down is { } low ? FirstNotBelow(units, ((near - low) / factor).Floor(_scale)) : 0;
                var end = up is { } high ? FirstNotBelow(units, ((near + high) / factor).Floor(_scale) + 1) : units.Length;
                found.AddRange(places.AsSpan(start, Math.Max(0, end - start)));
            }
        }
    }

    // The largest difference that any amount of the other side may have; null where there is no end.
    Fraction? Farthest(AmountBound bound, Fraction near, bool nearIsLeft)
    {
        var share = bound.Percent is { } percent ? Share(percent, near, nearIsLeft) : null;
        return (bound.Amount, share) switch
        {
            ({ } amount, { } part) => Fraction.Min(amount, part),
            ({ } amount, null) => amount,
            _ => share,
        };
    }

    Fraction? Share(ExactNumber percent, Fraction near, bool nearIsLeft)
    {
        var hundred = new Fraction(100, 1);
        var isOfNear = _condition.Tolerance.Base is PercentBase.Smaller
            || _condition.Tolerance.Base == (nearIsLeft ? PercentBase.Left : PercentBase.Right);

        // |d| ≤ p·(|near| + |d|) is |d| ≤ p·|near| / (1 − p).
        var rest = isOfNear ? hundred : hundred - percent;
        return rest.Sign > 0 ? percent * near.Abs() / rest : null;
    }

    static int FirstNotBelow(Int128[] units, BigInteger value)
    {
        var (low, high) = (0, units.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = units[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
