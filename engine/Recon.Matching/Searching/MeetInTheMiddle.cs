// Searches two halves of the candidates against each other: as many sums as a half has, not as the whole has.
using System.Numerics;

namespace Recon.Matching.Searching;

/// <summary>How many undecided candidates an answer takes: of each half, and of both together.</summary>
/// <param name="Counted">
/// False where the bounds follow from the sums or only rule out the empty set: then sums need not be kept by members.
/// </param>
readonly record struct HalfMembers(MemberRange First, MemberRange Second, MemberRange Both, bool Counted)
{
    public bool Holds(int first, int second) =>
        !Counted || (First.Holds(first) && Second.Holds(second) && Both.Holds(first + second));
}

/// <summary>
/// Horowitz and Sahni, Computing Partitions with Applications to the Knapsack Problem, JACM 1974; with the sums kept by
/// number of members, so that no step is lost on answers that are too large.
/// </summary>
sealed class MeetInTheMiddle<T>(
    IReadOnlyList<Item> first, IReadOnlyList<Item> second, HalfMembers members, SearchSteps steps)
    where T : struct, IBinaryInteger<T>
{
    /// <summary>Calls back with the copies taken of each half, for as long as that says it is not the end.</summary>
    public SearchEnd Run(T low, T high, Func<ulong, ulong, SearchEnd> found)
    {
        if (Halves(low, high) is not var (a, b))
        {
            return SearchEnd.Spent;
        }

        foreach (var (i, j) in Levels(a, b))
        {
            var end = Join(a.Level(i), b.Level(j), low, high, found);
            if (end != SearchEnd.Complete)
            {
                return end;
            }
        }

        return SearchEnd.Complete;
    }

    /// <summary>The distance of the nearest sum from the range, 0 inside; null where the budget is spent or there is no sum.</summary>
    public (T Distance, T Sum)? Nearest(T low, T high)
    {
        var (least, largest) = (Total(item => item.Value < 0), Total(item => item.Value > 0));
        if (Halves(T.Min(low, least), T.Max(high, largest)) is not var (a, b))
        {
            return null;
        }

        (T Distance, T Sum)? best = null;
        foreach (var (i, j) in Levels(a, b))
        {
            if (!steps.TryTake(a.Level(i).Count + b.Level(j).Count))
            {
                return null;
            }

            best = Nearer(best, NearestOf(a.Level(i), b.Level(j), low, high));
        }

        return best;
    }

    T Total(Func<Item, bool> counts) => T.CreateChecked(
        first.Concat(second).Where(counts).Aggregate((Int128)0, (sum, item) => sum + (item.Copies * item.Value)));

    (HalfSums<T> First, HalfSums<T> Second)? Halves(T low, T high)
    {
        var (a, b) = (Extremes(first), Extremes(second));
        return HalfSums<T>.Of(first, members.Counted ? members.First.Most : null, low - b.Largest, high - b.Least, steps)
                is { } one
            && HalfSums<T>.Of(second, members.Counted ? members.Second.Most : null, low - a.Largest, high - a.Least, steps)
                is { } other
            ? (one, other)
            : null;
    }

    static (T Least, T Largest) Extremes(IReadOnlyList<Item> items)
    {
        T least = T.Zero, largest = T.Zero;
        foreach (var item in items)
        {
            var all = T.CreateChecked(item.Copies * item.Value);
            (least, largest) = item.Value < 0 ? (least + all, largest) : (least, largest + all);
        }

        return (least, largest);
    }

    // Few members first.
    IEnumerable<(int First, int Second)> Levels(HalfSums<T> a, HalfSums<T> b) =>
        from i in Enumerable.Range(0, a.Levels)
        from j in Enumerable.Range(0, b.Levels)
        where members.Holds(i, j)
        where a.Level(i).Count > 0 && b.Level(j).Count > 0
        orderby i + j, i
        select (i, j);

    // While one half ascends, the part of the other that reaches the range slides down.
    SearchEnd Join(SortedSums<T> a, SortedSums<T> b, T low, T high, Func<ulong, ulong, SearchEnd> found)
    {
        if (!steps.TryTake(a.Count + b.Count))
        {
            return SearchEnd.Spent;
        }

        var (start, past) = (b.Count, b.Count);
        for (var i = 0; i < a.Count && past > 0; i++)
        {
            while (start > 0 && a.Sums[i] + b.Sums[start - 1] >= low)
            {
                start--;
            }

            while (past > 0 && a.Sums[i] + b.Sums[past - 1] > high)
            {
                past--;
            }

            for (var j = start; j < past; j++)
            {
                var end = steps.TryTake(1) ? found(a.Masks[i], b.Masks[j]) : SearchEnd.Spent;
                if (end != SearchEnd.Complete)
                {
                    return end;
                }
            }
        }

        return SearchEnd.Complete;
    }

    static (T Distance, T Sum) NearestOf(SortedSums<T> a, SortedSums<T> b, T low, T high)
    {
        var j = b.Count - 1;
        var best = Away(a.Sums[0] + b.Sums[j], low, high);
        for (var i = 0; i < a.Count; i++)
        {
            while (j > 0 && a.Sums[i] + b.Sums[j] > high)
            {
                best = Nearer(best, Away(a.Sums[i] + b.Sums[j], low, high));
                j--;
            }

            best = Nearer(best, Away(a.Sums[i] + b.Sums[j], low, high));
        }

        return best;
    }

    static (T Distance, T Sum) Away(T sum, T low, T high) =>
        (sum < low ? low - sum : sum > high ? sum - high : T.Zero, sum);

    // Of two as near the smaller sum: an order of its own, so that no way of searching shows.
    static (T Distance, T Sum) Nearer((T Distance, T Sum)? known, (T Distance, T Sum) found) =>
        known is { } best && best.CompareTo(found) <= 0 ? best : found;
}
