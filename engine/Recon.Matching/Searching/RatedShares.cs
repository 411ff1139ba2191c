// Cuts the bins of a search over several currencies into shares in which each amount has one value in the common currency.
using System.Numerics;
using Recon.Matching.Rates;
using Recon.Model;
using Recon.Model.Rates;

namespace Recon.Matching.Searching;

/// <summary>A bin with what its amounts are worth.</summary>
/// <param name="Place">In the list that was cut.</param>
/// <param name="Values">
/// By condition in units of <see cref="RateCondition.DistanceScale"/>, rounded half even: a search that widens its ranges by a unit a
/// record misses nothing, and asks each answer exactly.
/// </param>
sealed record RatedBin(int Place, Int128[] Values);

/// <summary>
/// An amount on the side without days is worth something only at the one day that the records of the other side share, or where it is
/// in the common currency. So each day is a share of its own, and what needs no rate one of all days together. An answer lies in at
/// least one share.
/// </summary>
sealed class RatedShares(IReadOnlyList<RateCondition> rates)
{
    // Sums of a thousand such values stay within Int128.
    static readonly BigInteger Most = (BigInteger)ExactNumber.MaxUnits / 100;

    /// <param name="heads">One row of each bin.</param>
    /// <param name="isBeyond">An amount is too large to be searched for; the shares are of no use then.</param>
    public List<List<RatedBin>> Of(IReadOnlyList<SideRow> heads, out bool isBeyond)
    {
        var beyond = false;
        List<List<RatedBin>> shares = [[.. heads.Select((_, place) => new RatedBin(place, []))]];
        foreach (var rate in rates)
        {
            shares = [.. shares.SelectMany(share => Cut(rate, share)).Select(share => share.ToList())];
        }

        isBeyond = beyond;
        return shares;

        IEnumerable<IEnumerable<RatedBin>> Cut(RateCondition rate, List<RatedBin> share)
        {
            var dated = share.Where(bin => heads[bin.Place].Side == rate.DatedSide && DayOf(rate, bin) is not null).ToLookup(bin => DayOf(rate, bin));
            List<RatedBin> others = [.. share.Where(bin => heads[bin.Place].Side != rate.DatedSide)];
            if (dated.Count != 1)
            {
                yield return Valued(rate, [.. dated.SelectMany(bins => bins), .. others], null);
            }

            foreach (var day in dated.Where(_ => dated.Count == 1 || others.Exists(bin => ValueOf(rate, bin, null) is null)).OrderBy(bins => bins.Key))
            {
                yield return Valued(rate, [.. day, .. others], day.Key);
            }
        }

        // In the order of their places again.
        IEnumerable<RatedBin> Valued(RateCondition rate, IEnumerable<RatedBin> bins, int? day) =>
            from bin in bins
            orderby bin.Place
            let value = ValueOf(rate, bin, day)
            where value is not null
            select bin with { Values = [.. bin.Values, Units(value.Value)] };

        int? DayOf(RateCondition rate, RatedBin bin) => rate.DayOf(heads[bin.Place].Row);

        Fraction? ValueOf(RateCondition rate, RatedBin bin, int? day)
        {
            var (side, row) = (heads[bin.Place].Side, heads[bin.Place].Row);
            return rate.AmountOf(side, row) is { } amount
                ? rate.Conversion.Convert(amount.Number, amount.CurrencyCode, side == rate.DatedSide ? rate.DayOf(row) : day)
                : null;
        }

        Int128 Units(Fraction value)
        {
            var units = value.RoundedUnits(RateCondition.DistanceScale);
            beyond |= BigInteger.Abs(units) > Most;
            return beyond ? 0 : (Int128)units;
        }
    }
}
