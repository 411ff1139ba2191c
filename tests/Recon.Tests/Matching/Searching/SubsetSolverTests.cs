// The search for subsets against brute force, over every shape of problem: few units and many, negative amounts, bounds.
using CsCheck;
using Recon.Matching.Searching;
using Xunit;

namespace Recon.Tests.Matching.Searching;

public sealed class SubsetSolverTests
{
    const int Problems = 2000;

    static readonly int[] MemberLimits = [4, 10, 40];

    // Amounts of a few units meet often; large ones with 18 decimals need Int128.
    static readonly Gen<Int128> Amount = Gen.Frequency(
        (4, Gen.Int[-6, 12].Select(value => (Int128)value)),
        (3, Gen.Int[1, 40].Select(value => (Int128)(value * 500))),
        (2, Gen.Int[-100_000, 1_000_000].Select(value => (Int128)value)),
        (1, Gen.Int[1, 9].Select(value => (Int128)value * 1_000_000_000_000_000_000 * 1_000_000_000_000_000)));

    static readonly Gen<int[]> Copies = Gen.Frequency((4, Gen.Const(1)), (1, Gen.Int[2, 3])).Array[7];

    static readonly Gen<SubsetProblem> OneTotal = Gen.Select(
        Amount.Select(value => new[] { value }).Array[1, 7], Copies, Gen.Int[0, 4095],
        Gen.Int[-2, 3], Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[0, 9], Gen.Int[0, 1].Array[7], Problem);

    static readonly Gen<SubsetProblem> TwoTotals = Gen.Select(
        Gen.Int[-4, 8].Select(value => (Int128)value).Array[2].Array[1, 7], Copies, Gen.Int[0, 4095],
        Gen.Int[-1, 1], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[0, 9], Gen.Int[0, 1].Array[7], Problem);

    static readonly Gen<SubsetProblem> Any = Gen.OneOf(OneTotal, TwoTotals);

    [Fact]
    public void A_search_finds_what_brute_force_finds() => Any.Sample(
        problem =>
        {
            var found = SubsetSolver.Solve(problem);
            Assert.Equal(SearchEnd.Complete, found.End);
            Assert.Equal(Lines(BruteForce.Answers(problem)), Lines(found.Answers));
        },
        iter: Problems);

    [Fact]
    public void Sums_by_table_are_those_by_halves() => OneTotal.Sample(
        problem =>
        {
            var items = problem.Bins.Select((bin, i) => new Item(i, bin.Copies, bin.Values[0]))
                .OrderByDescending(item => Int128.Abs(item.Value)).ToList();
            var (low, high) = (problem.Totals[0].Low, problem.Totals[0].High);
            if (SumTable.WordsFor(items, high) > 1 << 16)
            {
                return;
            }

            var found = new List<int[]>();
            var end = SumTable.Run(items, problem.Members, low, high, new SearchSteps(long.MaxValue), copies =>
            {
                found.Add([.. copies.SelectMany((count, i) => Enumerable.Repeat(items[i].Bin, count)).Order()]);
                return SearchEnd.Complete;
            });
            Assert.Equal(SearchEnd.Complete, end);
            var expected = BruteForce.Answers(problem with { BySide = false });
            Assert.Equal(Lines(expected).Order(), Lines(found.Where(each => problem.Members.Holds(each.Length))).Order());
        },
        iter: Problems);

    [Fact]
    public void A_small_budget_never_gives_another_answer() => Gen.Select(Any, Gen.Int[0, 2000]).Sample(
        (problem, steps) =>
        {
            var all = Lines(BruteForce.Answers(problem));
            var found = SubsetSolver.Solve(problem with { MostSteps = steps });
            Assert.True(found.Steps <= steps);
            Assert.Empty(Lines(found.Answers).Except(all));
            Assert.True(found.End == SearchEnd.Spent || Lines(found.Answers).SequenceEqual(all));
        },
        iter: Problems);

    [Fact]
    public void Too_many_answers_are_said() => Gen.Select(Any, Gen.Int[0, 6]).Sample(
        (problem, most) =>
        {
            var all = Lines(BruteForce.Answers(problem));
            var found = SubsetSolver.Solve(problem with { MostAnswers = most });
            Assert.Equal(all.Count > most ? SearchEnd.TooMany : SearchEnd.Complete, found.End);
            Assert.Equal(Math.Min(all.Count, most), found.Answers.Count);
            Assert.Empty(Lines(found.Answers).Except(all));
        },
        iter: Problems);

    [Fact]
    public void A_condition_on_answers_holds_for_all_that_are_given() => Any.Sample(
        problem =>
        {
            var odd = problem with { Accepts = answer => answer.Sum() % 2 == 1 };
            Assert.Equal(
                Lines(BruteForce.Answers(problem).Where(answer => answer.Sum() % 2 == 1)), Lines(SubsetSolver.Solve(odd).Answers));
        },
        iter: Problems);

    [Fact]
    public void The_nearest_sum_is_the_nearest() => OneTotal.Sample(
        problem =>
        {
            var one = problem with { BySide = false };
            var wide = one with { Totals = [new SumRange(Int128.MinValue / 16, Int128.MaxValue / 16)] };
            var range = one.Totals[0];
            var sums = BruteForce.Answers(wide)
                .Select(answer => answer.Aggregate((Int128)0, (sum, bin) => sum + one.Bins[bin].Values[0]))
                .Select(sum => (Distance: sum < range.Low ? range.Low - sum : sum > range.High ? sum - range.High : 0, Sum: sum))
                .Order().ToList();
            var nearest = SubsetSolver.Nearest(one);
            Assert.Equal(sums.Count == 0 ? null : sums[0].Distance, nearest?.Distance);
            Assert.True(nearest is null || sums.Contains((nearest.Value.Distance, nearest.Value.Sum)));
            Assert.True(nearest is null || nearest.Value.Distance == 0 || nearest.Value.Sum == sums[0].Sum);
        },
        iter: Problems);

    [Fact]
    public void Many_candidates_of_few_units_are_decided() => Gen.Select(
        Gen.Int[1, 60].Array[100], Gen.Int[0, 2], Gen.Int[0, 1]).Sample(
        (amounts, left, off) =>
        {
            // All but a few: what must be in, and what is left out, are both few units.
            var bins = amounts.Select(amount => new Bin([amount * 500], 1)).ToList();
            Int128 all = amounts.Sum() * 500;
            var without = amounts.Take(left).Sum() * 500;
            var range = new SumRange(all - without - off, all - without - off);
            var problem = new SubsetProblem(bins, [range], new MemberRange(1, 100));
            var found = SubsetSolver.Solve(problem with { MostAnswers = 1000 });
            var expected = off == 1 ? 0 : SubsetsOf(amounts, amounts.Take(left).Sum());
            Assert.Equal(expected > 1000 ? SearchEnd.TooMany : SearchEnd.Complete, found.End);
            Assert.Equal(Math.Min(1000, expected), found.Answers.Count);
        },
        iter: 20);

    // Sets of any size that add up to so much, counted.
    static long SubsetsOf(int[] amounts, int sum)
    {
        var counts = new long[sum + 1];
        counts[0] = 1;
        foreach (var amount in amounts)
        {
            for (var reached = sum; reached >= amount; reached--)
            {
                counts[reached] += counts[reached - amount];
            }
        }

        return counts[sum];
    }

    [Fact]
    public void Forty_candidates_below_a_million_are_decided() => Gen.Select(
        Gen.Int[1, 999_999].Array[40], Gen.Int[1, 8], Gen.Int[0, 1]).Sample(
        (amounts, size, off) =>
        {
            var bins = amounts.Select(amount => new Bin([amount], 1)).ToList();
            var planted = amounts.Take(size).Sum() + off;
            foreach (var most in MemberLimits)
            {
                var problem = new SubsetProblem(bins, [new SumRange(planted, planted)], new MemberRange(1, most));
                var found = SubsetSolver.Solve(problem with { MostAnswers = 100 });
                Assert.NotEqual(SearchEnd.Spent, found.End);
                Assert.All(found.Answers, answer => Assert.Equal(planted, answer.Sum(bin => amounts[bin])));
                Assert.True(size > most || off > 0 || found.End == SearchEnd.TooMany
                    || found.Answers.Any(answer => answer.SequenceEqual(Enumerable.Range(0, size))));
            }
        },
        iter: 20);

    // A target that some subset meets, moved a little; widened a little; with few members allowed or many.
    static SubsetProblem Problem(
        Int128[][] values, int[] copies, int chosen, int moved, int width, int fewest, int most, int[] sides)
    {
        var bySide = most % 3 == 0 && values.Length > 1;
        List<Bin> bins = [.. values.Select((value, i) => new Bin(value, copies[i], bySide ? sides[i] : 0))];
        var totals = new SumRange[values[0].Length];
        for (var total = 0; total < totals.Length; total++)
        {
            Int128 sum = moved;
            for (var bin = 0; bin < bins.Count; bin++)
            {
                sum += ((chosen >> bin) & 1) * bins[bin].Values[total];
            }

            totals[total] = new SumRange(sum, sum + width);
        }

        return new SubsetProblem(bins, totals, new MemberRange(fewest == 4 ? 2 : 1, most == 0 ? 100 : most), bySide);
    }

    static List<string> Lines(IEnumerable<int[]> answers) => [.. answers.Select(answer => string.Join(' ', answer))];
}
