// Two amounts of two currencies, held against a tolerance exactly.
using Recon.Model.Rules;

namespace Recon.Model.Rates;

/// <summary>Both amounts in one currency, as fractions.</summary>
public readonly record struct RatedAmounts(Fraction Left, Fraction Right)
{
    /// <summary>right − left.</summary>
    public Fraction Difference => Right - Left;

    /// <summary>
    /// True where right − left lies within the tolerance: amounts as they are, percentages of the converted base; nothing is
    /// rounded.
    /// </summary>
    public bool AreWithin(AmountTolerance tolerance) => Difference.Abs() <= Bound(tolerance, Difference.Sign < 0);

    /// <summary>How large a difference is allowed, to one side.</summary>
    /// <param name="below">True for right below left.</param>
    public Fraction Bound(AmountTolerance tolerance, bool below)
    {
        var bound = below ? tolerance.Under : tolerance.Over;
        return (bound.Amount, bound.Percent) switch
        {
            ({ } amount, null) => amount,
            ({ } amount, { } percent) => Fraction.Min(amount, Share(percent, tolerance.Base)),
            _ => Share(bound.Percent ?? ExactNumber.Zero, tolerance.Base),
        };
    }

    Fraction Share(ExactNumber percent, PercentBase? baseOf) => (Fraction)percent * BaseOf(baseOf) / new Fraction(100, 1);

    Fraction BaseOf(PercentBase? baseOf) => baseOf switch
    {
        PercentBase.Left => Left.Abs(),
        PercentBase.Right => Right.Abs(),
        PercentBase.Larger => Fraction.Max(Left.Abs(), Right.Abs()),
        _ => Fraction.Min(Left.Abs(), Right.Abs()),
    };
}
