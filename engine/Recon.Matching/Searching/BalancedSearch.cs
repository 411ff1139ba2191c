// Searches for the smallest groups of two sides whose totals agree.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Searching;

/// <summary>
/// Finds every pair of groups that meets the pass and holds no smaller such pair: such pairs cannot be split into less.
/// </summary>
sealed class BalancedSearch(PassPlan plan, PassFindings findings)
{
    // So many answers of one part are kept; a part with more is given up.
    const int MostAnswers = 200;

    readonly SearchSpec _spec = plan.Pass.Search!;
    readonly GroupRates _rates = new(plan, findings);
    readonly RatedShares _shares = new(plan.Rates);
    RecordBins[] _bins = [];
    StepBudget _work = new(0);
    long _steps;

    /// <summary>True where the key has spent the steps of the pack.</summary>
    public bool IsSpent { get; private set; }

    /// <param name="work">What all but the search itself is charged to.</param>
    public void Enter(RecordBins[] bins, StepBudget work) =>
        (_bins, _work, _steps, IsSpent) = (bins, work, MemberSearch.StepsOf(_spec, Math.Max(bins[0].Count, bins[1].Count)), false);

    /// <summary>The answers of one part of the key, or the bound that it met.</summary>
    public (IReadOnlyList<Part[]> Answers, CapCause? Cap) Of(LinkedBins part)
    {
        findings.Candidates += Records(0, part.First) * Records(1, part.Second);
        if (IsSpent || Clipped(0, part.First) + Clipped(1, part.Second) > _spec.Candidates)
        {
            return ([], CapCause.Candidates);
        }

        var meets = MeetsOf(part);
        var found = _spec.PreferSingle && plan.Pass.Size.Holds(1) ? Singles(part, meets) : [];
        var used = found.SelectMany(answer => answer).Select(single => (single.Side, single.Bin)).ToHashSet();
        (int, int)[] rest = [.. Without(0, part.First, used), .. Without(1, part.Second, used)];
        var cap = plan.Rates.Count == 0 ? new PartProblem(this, rest, [], meets).Search(found) : SearchRated(rest, meets, found);
        findings.Fitting += cap is null ? Pairs(found) : 0;
        return (found, cap);
    }

    CapCause? SearchRated((int Side, int Bin)[] bins, HashSet<(int First, int Second)>? meets, List<Part[]> found)
    {
        SideRow[] heads = [.. bins.Select(bin => new SideRow(bin.Side, _bins[bin.Side].Rows(bin.Bin)[0]))];
        _rates.NoteUnrated(heads);
        var shares = _shares.Of(heads, out var isBeyond);
        var answers = new List<Part[]>();
        var cap = isBeyond ? CapCause.Steps : (CapCause?)null;
        foreach (var share in cap is null ? shares : [])
        {
            cap ??= new PartProblem(this, [.. share.Select(bin => bins[bin.Place])], [.. share.Select(bin => bin.Values)], meets).Search(answers);
        }

        found.AddRange(Smallest(answers));
        return cap;
    }

    // An answer may lie in several shares, or hold one of another share.
    static IEnumerable<Part[]> Smallest(List<Part[]> answers)
    {
        var known = new List<Part[]>();
        foreach (var answer in answers.OrderBy(answer => answer.Sum(part => part.Count)))
        {
            if (!known.Exists(smaller => smaller.All(part => answer.Any(own => (own.Side, own.Bin) == (part.Side, part.Bin) && own.Count >= part.Count))))
            {
                known.Add(answer);
            }
        }

        return known;
    }

    static IEnumerable<(int Side, int Bin)> Without(int side, int[] bins, HashSet<(int, int)> used) =>
        bins.Select(bin => (side, bin)).Where(each => !used.Contains(each));

    long Records(int side, int[] bins) => bins.Sum(bin => (long)_bins[side].Size(bin));

    int Clipped(int side, int[] bins)
    {
        var count = 0;
        foreach (var bin in bins)
        {
            count += Copies(side, bin);
            if (count > _spec.Candidates)
            {
                break;
            }
        }

        return count;
    }

    int Copies(int side, int bin) => Math.Min(_bins[side].Size(bin), plan.Pass.Size.Most);

    // Pairs of bins that meet windows and texts; null where all do.
    static HashSet<(int First, int Second)>? MeetsOf(LinkedBins part) =>
        part.Partners?.SelectMany((seconds, i) => seconds.Select(second => (part.First[i], second))).ToHashSet();

    List<Part[]> Singles(LinkedBins part, HashSet<(int First, int Second)>? meets) =>
    [
        .. from first in part.First
           from second in part.Second
           where meets is null || meets.Contains((first, second))
           let answer = new[] { new Part(0, first, 1), new Part(1, second, 1) }
           where TotalsHold(answer) && AllHold(answer)
           select answer,
    ];

    long Pairs(List<Part[]> answers) => answers
        .SelectMany(answer => from a in answer
                              where a.Side == 0
                              from b in answer
                              where b.Side == 1
                              select (a.Bin, b.Bin))
        .Distinct().Sum(pair => (long)_bins[0].Size(pair.Item1) * _bins[1].Size(pair.Item2));

    bool TotalsHold(Part[] answer)
    {
        for (var total = 0; total < plan.Totals.Count; total++)
        {
            if (!plan.Totals[total].Allowance.Holds(SumOf(answer, 0, total), SumOf(answer, 1, total)))
            {
                return false;
            }
        }

        return true;
    }

    Int128 SumOf(Part[] answer, int side, int total)
    {
        Int128 sum = 0;
        foreach (var part in answer.Where(part => part.Side == side))
        {
            sum += part.Count * _bins[side].Total(part.Bin, total);
        }

        return sum;
    }

    // What is asked of the groups as a whole.
    bool AllHold(Part[] answer)
    {
        int[][] rows = [RowsOf(answer, 0), RowsOf(answer, 1)];
        return _rates.Fit(rows, _work) && GroupsCondition.Holds(plan, findings, rows[0], rows[1]);
    }

    int[] RowsOf(Part[] answer, int side) =>
        [.. answer.Where(part => part.Side == side).SelectMany(part => _bins[side].Next(part.Bin, part.Count).ToArray()).Order()];

    /// <summary>Some bins of a part as a problem of sums: those of the first side count against those of the second.</summary>
    /// <param name="rated">Bin by bin its values in the totals of several currencies; empty where there are none.</param>
    sealed class PartProblem(BalancedSearch search, (int Side, int Bin)[] bins, Int128[][] rated, HashSet<(int First, int Second)>? meets)
    {
        readonly PassPlan _plan = search.PlanOf;

        /// <summary>Adds the answers to those that are known; gives the bound that was met.</summary>
        public CapCause? Search(List<Part[]> found)
        {
            var known = new List<int[]>();
            var size = _plan.Pass.Size;
            var problem = new SubsetProblem(
                [.. bins.Select(BinOf)],
                [.. Enumerable.Range(0, _plan.Totals.Count).Select(RangeOf), .. Enumerable.Range(0, _plan.Rates.Count).Select(RatedRangeOf)],
                new MemberRange(size.Fewest, size.Most),
                BySide: true)
            {
                MostSteps = search._steps,
                MostAnswers = MostAnswers,
                Accepts = answer => Accepts(answer, known),
            };
            var answers = SubsetSolver.Solve(problem);
            search._steps -= answers.Steps;
            search.IsSpent |= answers.IsOutOfSteps;
            found.AddRange(answers.Answers.Select(PartsOf));
            return answers.End == SearchEnd.Complete ? null : CapCause.Steps;
        }

        Bin BinOf((int Side, int Bin) bin, int place) => new(
            [
                .. Enumerable.Range(0, _plan.Totals.Count).Select(total => ValueOf(bin, total)),
                .. Enumerable.Range(0, _plan.Rates.Count).Select(rate => Signed(bin, rated[place][rate])),
            ],
            search.Copies(bin.Side, bin.Bin), bin.Side);

        Int128 ValueOf((int Side, int Bin) bin, int total) => Signed(bin, search._bins[bin.Side].Total(bin.Bin, total));

        static Int128 Signed((int Side, int Bin) bin, Int128 value) => bin.Side == 0 ? -value : value;

        // A percentage is at most that of all amounts together; each answer is asked exactly.
        SumRange RangeOf(int total)
        {
            var most = Largest((bin, _) => ValueOf(bin, total));
            var allowance = _plan.Totals[total].Allowance;
            return new SumRange(allowance.Low(most, most), allowance.High(most, most));
        }

        SumRange RatedRangeOf(int rate)
        {
            var most = Largest((_, place) => rated[place][rate]);
            return _plan.Rates[rate].Between(most, most, 2 * _plan.Pass.Size.Most);
        }

        Int128 Largest(Func<(int Side, int Bin), int, Int128> valueOf)
        {
            Int128[] largest = [0, 0];
            foreach (var (place, bin) in bins.Index())
            {
                var value = search.Copies(bin.Side, bin.Bin) * Int128.Abs(valueOf(bin, place));
                largest[bin.Side] = Int128.Min(GroupSum.Most, largest[bin.Side] + Int128.Min(value, GroupSum.Most));
            }

            return Int128.Max(largest[0], largest[1]);
        }

        // The smallest come first, so that what holds a known answer is never kept before it.
        bool Accepts(int[] answer, List<int[]> known)
        {
            var parts = PartsOf(answer);
            if (known.Exists(smaller => Holds(answer, smaller)) || !Meet(parts) || !search.TotalsHold(parts) || !search.AllHold(parts))
            {
                return false;
            }

            known.Add(answer);
            return true;
        }

        bool Meet(Part[] parts) => meets is null
            || parts.Where(part => part.Side == 0).All(first =>
                parts.Where(part => part.Side == 1).All(second => meets.Contains((first.Bin, second.Bin))));

        static bool Holds(int[] answer, int[] smaller)
        {
            var next = 0;
            foreach (var bin in answer)
            {
                next += next < smaller.Length && smaller[next] == bin ? 1 : 0;
            }

            return next == smaller.Length;
        }

        Part[] PartsOf(int[] answer) =>
            [.. answer.CountBy(bin => bin).Select(bin => new Part(bins[bin.Key].Side, bins[bin.Key].Bin, bin.Value))];
    }

    PassPlan PlanOf => plan;
}
