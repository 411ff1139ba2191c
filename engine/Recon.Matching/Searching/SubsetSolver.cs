// Answers which subsets add up: all of them, with proof, or as far as the budget goes.
using System.Numerics;

namespace Recon.Matching.Searching;

/// <summary>
/// Exact subset sum over integers. Bounds are propagated first; what is left is searched by meeting in the middle where its
/// sums can be kept, else by a table of sums where that is small. With members counted by side the smallest answers come first.
/// </summary>
/// <remarks>
/// Answers, their order and the steps depend on the problem alone. Memory is bounded by <see cref="HalfSums{T}.MostSums"/>
/// and <see cref="SumTable.MostWords"/>: about 64 MiB.
/// </remarks>
sealed class SubsetSolver
{
    /// <summary>A set of copies is one word a half: more candidates than two words hold are not searched.</summary>
    public const int MostCandidates = 2 * WordBits;

    const int WordBits = 64;

    // All amounts together and both bounds stay within this, so that no sum of them overflows.
    static readonly Int128 LargestSum = Int128.MaxValue / 8;

    readonly SubsetProblem _problem;
    readonly Reduction _reduction;
    readonly SearchSteps _steps;
    readonly List<Item> _items = [];
    readonly List<int[]> _answers = [];
    readonly int _primary;
    readonly int[] _copies;

    SubsetSolver(SubsetProblem problem, Reduction reduction, SearchSteps steps)
    {
        (_problem, _reduction, _steps) = (problem, reduction, steps);
        _copies = new int[problem.Bins.Count];
        _primary = Math.Max(0, problem.Totals.ToList().FindIndex(total => total.Low == total.High));
        for (var bin = 0; bin < problem.Bins.Count; bin++)
        {
            var copies = reduction.Most[bin] - reduction.Fewest[bin];
            if (copies > 0)
            {
                _items.Add(new Item(bin, copies, problem.Bins[bin].Values[_primary]));
            }
        }

        SortLargestFirst(_items);
    }

    /// <summary>All answers, or what was found until there were too many or the budget was spent.</summary>
    public static SubsetAnswers Solve(SubsetProblem problem)
    {
        problem = Bounded(problem);
        var steps = new SearchSteps(problem.MostSteps);
        if (!IsSearchable(problem) || !steps.TryTake((long)problem.Bins.Count * problem.Totals.Count))
        {
            return new SubsetAnswers(SearchEnd.Spent, [], steps.Taken, steps.IsSpent);
        }

        if (Reduction.Of(problem) is not { } reduction)
        {
            return new SubsetAnswers(SearchEnd.Complete, [], steps.Taken);
        }

        var solver = new SubsetSolver(problem, reduction, steps);
        var end = solver.Search();
        solver._answers.Sort(ByMembers);
        return new SubsetAnswers(end, solver._answers, steps.Taken, steps.IsSpent);
    }

    /// <summary>
    /// The sum of the first total that comes nearest to its range with an allowed number of members, and how far it is off, 0
    /// inside. The other totals and <see cref="SubsetProblem.Accepts"/> do not count. Null where the budget does not go so far.
    /// </summary>
    public static (Int128 Sum, Int128 Distance)? Nearest(SubsetProblem problem)
    {
        Model.Require.That(!problem.BySide);
        problem = Bounded(problem);
        var items = problem.Bins.Select((bin, index) => new Item(index, bin.Copies, bin.Values[0])).ToList();
        SortLargestFirst(items);
        if (!IsSearchable(problem) || HalvesOf(items) is not var (first, second))
        {
            return null;
        }

        var any = new MemberRange(0, problem.Members.Most);
        var meeting = new MeetInTheMiddle<Int128>(
            first, second, new HalfMembers(any, any, problem.Members, Counted: true), new SearchSteps(problem.MostSteps));
        var range = problem.Totals[0];
        return meeting.Nearest(range.Low, range.High) is var (distance, sum) ? (sum, distance) : null;
    }

    static int ByMembers(int[] answer, int[] other) => answer.Length != other.Length
        ? answer.Length.CompareTo(other.Length)
        : answer.AsSpan().SequenceCompareTo(other);

    static void SortLargestFirst(List<Item> items) => items.Sort((a, b) =>
        Int128.Abs(b.Value).CompareTo(Int128.Abs(a.Value)) is var order && order != 0
            ? order
            : a.Bin.CompareTo(b.Bin));

    static bool IsSearchable(SubsetProblem problem) =>
        problem.Bins.Sum(bin => (long)bin.Copies) <= MostCandidates
        && Enumerable.Range(0, problem.Totals.Count).All(total => StaysInRange(problem, total));

    static bool StaysInRange(SubsetProblem problem, int total)
    {
        var room = LargestSum;
        foreach (var bin in problem.Bins)
        {
            var value = Int128.Abs(bin.Values[total]);
            if (value > room / bin.Copies)
            {
                return false;
            }

            room -= value * bin.Copies;
        }

        return true;
    }

    // No sum reaches farther, so that a bound beyond may as well lie there.
    static SubsetProblem Bounded(SubsetProblem problem) => problem with
    {
        Totals = [.. problem.Totals.Select(total => new SumRange(Bounded(total.Low), Bounded(total.High)))],
    };

    static Int128 Bounded(Int128 bound) => Int128.Clamp(bound, -LargestSum - 1, LargestSum + 1);

    SearchEnd Search()
    {
        Int128 decided = 0;
        for (var bin = 0; bin < _copies.Length; bin++)
        {
            decided += _reduction.Fewest[bin] * _problem.Bins[bin].Values[_primary];
        }

        var (low, high) = (_problem.Totals[_primary].Low - decided, _problem.Totals[_primary].High - decided);
        var unit = _items.Aggregate((Int128)0, (known, item) => CommonDivisor(known, Int128.Abs(item.Value)));
        if (unit > 1)
        {
            // Amounts in steps of 5.00 EUR are small numbers: the table of their sums is small too.
            (low, high) = (Floor(low + unit - 1, unit), Floor(high, unit));
            for (var i = 0; i < _items.Count; i++)
            {
                _items[i] = _items[i] with { Value = _items[i].Value / unit };
            }
        }

        return low > high ? SearchEnd.Complete : Search(low, high);
    }

    SearchEnd Search(Int128 low, Int128 high)
    {
        var members = UndecidedMembers(low, high);
        if (members.Both.Most < members.Both.Fewest)
        {
            return SearchEnd.Complete;
        }

        var halves = _problem.BySide ? SidesOf(_items) : HalvesOf(_items);
        var meets = halves is var (first, second)
            && Fits(first, members.First.Most) && Fits(second, members.Second.Most);
        if (!meets && !_problem.BySide && SumTable.WordsFor(_items, high) <= SumTable.MostWords)
        {
            return SumTable.Run(_items, members.Both, low, high, _steps, TakeItems);
        }

        return halves is null ? SearchEnd.Spent
            : FitsInt64(low, high) ? Meet<long>(halves.Value, members, low, high)
            : Meet<Int128>(halves.Value, members, low, high);
    }

    SearchEnd Meet<T>((List<Item> First, List<Item> Second) halves, HalfMembers members, Int128 low, Int128 high)
        where T : struct, IBinaryInteger<T>
    {
        var (first, second) = halves;
        return new MeetInTheMiddle<T>(first, second, members, _steps)
            .Run(T.CreateChecked(low), T.CreateChecked(high), (mask, otherMask) =>
            {
                _reduction.Fewest.CopyTo(_copies, 0);
                AddCopies(first, mask);
                AddCopies(second, otherMask);
                return Take();
            });
    }

    void AddCopies(List<Item> half, ulong mask)
    {
        foreach (var item in half)
        {
            var own = item.Copies == WordBits ? ulong.MaxValue : (1UL << item.Copies) - 1;
            _copies[item.Bin] += BitOperations.PopCount(mask & own);
            mask = item.Copies == WordBits ? 0 : mask >> item.Copies;
        }
    }

    SearchEnd TakeItems(int[] copies)
    {
        _reduction.Fewest.CopyTo(_copies, 0);
        for (var i = 0; i < copies.Length; i++)
        {
            _copies[_items[i].Bin] += copies[i];
        }

        return Take();
    }

    // Whatever the search left out is asked here: the other totals, the members, the condition.
    SearchEnd Take()
    {
        var (first, second) = (0, 0);
        for (var bin = 0; bin < _copies.Length; bin++)
        {
            first += _problem.Bins[bin].Side == 0 ? _copies[bin] : 0;
            second += _problem.Bins[bin].Side == 0 ? 0 : _copies[bin];
        }

        if (!_steps.TryTake(first + second))
        {
            return SearchEnd.Spent;
        }

        if (!_problem.MembersHold(first, second) || !TotalsHold())
        {
            return SearchEnd.Complete;
        }

        int[] answer = [.. Enumerable.Range(0, _copies.Length).SelectMany(bin => Enumerable.Repeat(bin, _copies[bin]))];
        if (_problem.Accepts is { } accepts && !accepts(answer))
        {
            return SearchEnd.Complete;
        }

        if (_answers.Count == _problem.MostAnswers)
        {
            return SearchEnd.TooMany;
        }

        _answers.Add(answer);
        return SearchEnd.Complete;
    }

    bool TotalsHold()
    {
        for (var total = 0; total < _problem.Totals.Count; total++)
        {
            Int128 sum = 0;
            for (var bin = 0; bin < _copies.Length; bin++)
            {
                sum += _copies[bin] * _problem.Bins[bin].Values[total];
            }

            if (sum < _problem.Totals[total].Low || sum > _problem.Totals[total].High)
            {
                return false;
            }
        }

        return true;
    }

    HalfMembers UndecidedMembers(Int128 low, Int128 high)
    {
        if (!_problem.BySide)
        {
            var allowed = Without(_problem.Members, _reduction.Fewest.Sum());
            var both = ReachableMembers(allowed, low, high);
            var any = new MemberRange(0, both.Most);
            var binds = allowed.Fewest > 1 || allowed.Most < _items.Sum(item => item.Copies);
            return new HalfMembers(any, any, both, binds);
        }

        var (first, second) = (OfSide(0), OfSide(1));
        return new HalfMembers(
            first, second, new MemberRange(first.Fewest + second.Fewest, first.Most + second.Most), Counted: true);

        MemberRange OfSide(int side) => Without(
            _problem.Members,
            _reduction.Fewest.Index().Sum(bin => _problem.Bins[bin.Index].Side == side ? bin.Item : 0));
    }

    MemberRange Without(MemberRange members, int decided) => new(
        Math.Max(0, members.Fewest - decided),
        Math.Min(members.Most - decided, _items.Sum(item => item.Copies)));

    // The smallest and the largest amounts say how many members can reach the range at all.
    MemberRange ReachableMembers(MemberRange members, Int128 low, Int128 high)
    {
        Int128[] ascending = [.. _items.SelectMany(item => Enumerable.Repeat(item.Value, item.Copies)).Order()];
        var (fewest, most) = (int.MaxValue, -1);
        Int128 least = 0, largest = 0;
        for (var count = 0; count <= ascending.Length; count++)
        {
            if (members.Holds(count) && least <= high && largest >= low)
            {
                (fewest, most) = (Math.Min(fewest, count), count);
            }

            least += count < ascending.Length ? ascending[count] : 0;
            largest += count < ascending.Length ? ascending[^(count + 1)] : 0;
        }

        return new MemberRange(fewest, most);
    }

    // Items spread over two halves such that both have about as many subsets; null where a half would not fit a word.
    static (List<Item> First, List<Item> Second)? HalvesOf(List<Item> items)
    {
        List<Item>[] halves = [[], []];
        int[] copies = [0, 0];
        UInt128[] subsets = [1, 1];
        foreach (var item in items)
        {
            var half = subsets[0] <= subsets[1] ? 0 : 1;
            half = copies[half] + item.Copies > WordBits ? 1 - half : half;
            halves[half].Add(item);
            copies[half] += item.Copies;
            subsets[half] *= (UInt128)(item.Copies + 1);
        }

        return copies[0] <= WordBits && copies[1] <= WordBits ? (halves[0], halves[1]) : null;
    }

    (List<Item> First, List<Item> Second)? SidesOf(List<Item> items)
    {
        var sides = items.ToLookup(item => _problem.Bins[item.Bin].Side);
        return sides[0].Sum(item => item.Copies) <= WordBits && sides[1].Sum(item => item.Copies) <= WordBits
            ? ([.. sides[0]], [.. sides[1]])
            : null;
    }

    // Subsets of up to so many members, counted without forming one.
    static bool Fits(List<Item> half, int mostMembers)
    {
        var counts = new long[mostMembers + 1];
        counts[0] = 1;
        foreach (var item in half)
        {
            for (var members = mostMembers; members >= 0; members--)
            {
                for (var copies = 1; copies <= Math.Min(item.Copies, members); copies++)
                {
                    counts[members] += counts[members - copies];
                }
            }

            if (counts.Sum() > HalfSums<long>.MostSums)
            {
                return false;
            }
        }

        return true;
    }

    bool FitsInt64(Int128 low, Int128 high)
    {
        const long Most = long.MaxValue / 8;
        var largest = _items.Aggregate((Int128)0, (sum, item) => sum + (item.Copies * Int128.Abs(item.Value)));
        return largest <= Most && low >= -Most && high <= Most;
    }

    static Int128 Floor(Int128 value, Int128 divisor)
    {
        var (quotient, rest) = Int128.DivRem(value, divisor);
        return rest < 0 ? quotient - 1 : quotient;
    }

    static Int128 CommonDivisor(Int128 a, Int128 b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
