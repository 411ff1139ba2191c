// Tolerances of small books beyond plain amounts and days: percentages.
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Laws;

static class SmallTolerances
{
    // 0.1 % of 10.00 and 0.2 % of 5.00 are a cent; 50 % and 100 % reach most amounts of a small book.
    static readonly string[] Shares = ["0.1", "0.2", "0.19999", "50", "100", "0", "0.05"];

    /// <summary>A percentage on one side or both, with or without a cap, of any base.</summary>
    /// <param name="below">Rolls from 0 to before a number.</param>
    public static AmountTolerance Percent(Func<int, int> below)
    {
        var bases = Enum.GetValues<PercentBase>();
        var (under, over) = (Bound(below), Bound(below));
        var both = below(2) == 0;
        var capped = under.Amount is not null || (!both && over.Amount is not null);
        return new AmountTolerance(
            under, both ? under : over, capped && below(2) == 0 ? Currency.Of("EUR") : null,
            bases[below(bases.Length)]);
    }

    static AmountBound Bound(Func<int, int> below) => new(
        below(3) == 0 ? Number("0.01") : null,
        Number(Shares[below(Shares.Length)]));

    static ExactNumber Number(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        return number;
    }
}
