// The records of both sides as a pass weighs them, and a pair as a group of one and one.
using Recon.Matching.Reading;

namespace Recon.Matching.Explaining;

/// <summary>Rows of the first side of the leg against rows of the second.</summary>
readonly record struct Group(IReadOnlyList<int> First, IReadOnlyList<int> Second)
{
    public IReadOnlyList<int> Rows(int side) => side == 0 ? First : Second;

    /// <summary>The same with other rows on one side.</summary>
    public Group With(int side, IReadOnlyList<int> rows) => side == 0 ? this with { First = rows } : this with { Second = rows };

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

    Int128 DistanceOf(Condition condition) => condition switch
    {
        RangeCondition range => DistanceOf(range),
        RateCheck rate => rate.DistanceOf(this),
        _ => Pairs().Max(pair => ((SimilarityCheck)condition).DistanceOf(pair.First, pair.Second)),
    };

    Int128 DistanceOf(RangeCondition range)
    {
        if (range.IsOfTotal)
        {
            var (first, second) = (Total(0, range.Reader(0)), Total(1, range.Reader(1)));
            return first is null || second is null
                ? Condition.Unmeasured
                : Int128.Abs(second.Value.Value - first.Value.Value);
        }

        return Pairs().Max(pair =>
        {
            range.Reader(0).TryRead(pair.First, out var first, out _);
            range.Reader(1).TryRead(pair.Second, out var second, out _);
            return Int128.Abs(second - first);
        });
    }

    IEnumerable<(int First, int Second)> Pairs()
    {
        var second = Second;
        return First.SelectMany(a => second.Select(b => (a, b)));
    }
}
