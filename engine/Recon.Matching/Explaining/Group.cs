// A record and its members as a group pass weighs them, and a pair as a group of one.
using Recon.Matching.Reading;

namespace Recon.Matching.Explaining;

/// <summary>One record against the members of the other side.</summary>
/// <param name="OneSide">0 where the one record is of the source declared first.</param>
readonly record struct Group(int OneSide, int One, IReadOnlyList<int> Members)
{
    /// <summary>The sum of one side; null where an amount is missing or two currencies meet, or there are no members.</summary>
    public (Int128 Value, int Currency)? Total(int side, SideReader reader)
    {
        (Int128 Value, int Currency)? total = null;
        foreach (var row in Rows(side))
        {
            if (!reader.TryRead(row, out var value, out var currency)
                || (total is not null && total.Value.Currency != currency))
            {
                return null;
            }

            total = ((total?.Value ?? 0) + value, currency);
        }

        return total;
    }

    /// <summary>
    /// The distance of a tie by <c>closest</c>: amounts of the total, the largest time of a member, in the order of the pass.
    /// </summary>
    public Int128[] Distance(PassConditions pass) =>
        [.. pass.All.Where(each => each is RangeCondition or SimilarityCheck or RateCheck).Select(DistanceOf)];

    Int128 DistanceOf(Condition condition)
    {
        if (condition is RangeCondition range)
        {
            return DistanceOf(range);
        }

        var (one, side) = (One, OneSide);
        Func<int, int, Int128> distanceOf = condition is RateCheck rate ? rate.DistanceOf : ((SimilarityCheck)condition).DistanceOf;
        return Members.Max(member => side == 0 ? distanceOf(one, member) : distanceOf(member, one));
    }

    Int128 DistanceOf(RangeCondition range)
    {
        if (range.IsOfTotal)
        {
            var (first, second) = (Total(0, range.Reader(0)), Total(1, range.Reader(1)));
            return first is null || second is null
                ? Condition.Unmeasured
                : Int128.Abs(second.Value.Value - first.Value.Value);
        }

        Int128 largest = 0;
        range.Reader(OneSide).TryRead(One, out var one, out _);
        foreach (var member in Members)
        {
            range.Reader(1 - OneSide).TryRead(member, out var value, out _);
            largest = Int128.Max(largest, Int128.Abs(value - one));
        }

        return largest;
    }

    public IReadOnlyList<int> Rows(int side) => side == OneSide ? [One] : Members;
}
