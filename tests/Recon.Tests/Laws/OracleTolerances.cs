// What tolerances allow, straight from their meaning: fractions of whole numbers, no ranges, no rounding.
using System.Numerics;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

static class OracleTolerances
{
    /// <summary>True where right − left is allowed; both are of the tolerance's currency.</summary>
    public static bool Allows(AmountTolerance tolerance, ExactNumber left, ExactNumber right)
    {
        var difference = right - left;
        var bound = difference.Sign < 0 ? tolerance.Under : tolerance.Over;
        return (bound.Amount is not { } most || difference.Abs() <= most)
            && (bound.Percent is not { } percent || IsShare(difference, percent, BaseOf(tolerance, left, right)));
    }

    static ExactNumber BaseOf(AmountTolerance tolerance, ExactNumber left, ExactNumber right)
    {
        var (a, b) = (left.Abs(), right.Abs());
        return tolerance.Base switch
        {
            PercentBase.Left => a,
            PercentBase.Right => b,
            PercentBase.Larger => a > b ? a : b,
            _ => a < b ? a : b,
        };
    }

    // |d| · 100 ≤ percent · |base|.
    static bool IsShare(ExactNumber difference, ExactNumber percent, ExactNumber amount) =>
        Whole(difference.Abs()) * 100 * BigInteger.Pow(10, ExactNumber.MaxScale)
            <= Whole(percent) * Whole(amount);

    // In units of 10^−28.
    static BigInteger Whole(ExactNumber number) =>
        (BigInteger)number.Units * BigInteger.Pow(10, ExactNumber.MaxScale - number.Scale);
}
