// Searches for one record after the other which members of the other side add up to it.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Searching;

/// <summary>What is known of the answers of one record.</summary>
/// <param name="One">Bin of the one side.</param>
/// <param name="Answers">Bins of the many side, ascending, each as often as it is taken; the smallest answers first.</param>
/// <param name="HasMore">There are more answers than are listed.</param>
/// <param name="Cap">The bound that kept the search from its end; null where there was none.</param>
sealed record MemberAnswers(int One, CandidateList Candidates, IReadOnlyList<int[]> Answers, bool HasMore, CapCause? Cap)
{
    /// <summary>True where all answers are known.</summary>
    public bool IsComplete => !HasMore && Cap is null;
}

/// <summary>The searches of one key: they share its steps.</summary>
sealed class MemberSearch(PassPlan plan, PartitionRows[] rows, PassFindings findings)
{
    // A key of very many records gets a share of the steps for each of them.
    const int OnesPerBudget = 1 << 10;

    readonly SearchSpec _spec = plan.Pass.Search!;
    readonly CandidateLists _lists = new(plan, rows, findings);
    readonly GroupRates _rates = new(plan, findings);
    readonly RatedShares _shares = new(plan.Rates);
    RecordBins _ones = null!;
    RecordBins _members = null!;
    StepBudget _work = new(0);
    long _steps;

    /// <summary>True where the key has spent the steps of the pack: nothing found in it may be used.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>How many steps a key of so many records may take.</summary>
    public static long StepsOf(SearchSpec spec, int ones) => Math.Max(spec.Steps, spec.Steps / OnesPerBudget * ones);

    /// <param name="work">What all but the search itself is charged to.</param>
    public void Enter(RecordBins ones, RecordBins members, StepBudget work)
    {
        (_ones, _members, _work) = (ones, members, work);
        _lists.Enter(ones, members, work);
        (_steps, IsSpent) = (StepsOf(_spec, ones.Count), false);
    }

    /// <summary>Bins of the one side, such that those that share their candidates follow each other.</summary>
    public int[] InOrder() => _lists.InOrder();

    /// <summary>What one record can be made of now; null where no answer exists.</summary>
    public MemberAnswers? Of(int one)
    {
        if (IsSpent || _work.IsSpent || _lists.Of(one) is not { Bins.Length: > 0 } list)
        {
            return null;
        }

        findings.Candidates += _ones.Free(one) * list.Records;
        var answers = Search(one, list);
        if (answers is not null)
        {
            findings.Fitting += answers.Cap is null ? _ones.Free(one) * TouchedBy(answers).Sum(bin => (long)_members.Size(bin)) : 0;
        }

        return answers;
    }

    /// <summary>
    /// The bins that may stand in an answer: those that do, or all candidates that are left where not all answers are known.
    /// </summary>
    public int[] TouchedBy(MemberAnswers answers)
    {
        if (answers.IsComplete)
        {
            return [.. answers.Answers.SelectMany(bins => bins).Distinct().Order()];
        }

        if (_members.UsedUp == 0)
        {
            return answers.Candidates.Bins;
        }

        _work.Spend(answers.Candidates.Bins.Length);
        return Array.FindAll(answers.Candidates.Bins, bin => _members.Free(bin) > 0);
    }

    /// <summary>How far the members of an answer lie from the record, by measure of the plan.</summary>
    public Int128[] Distance(MemberAnswers answers, int[] answer) =>
    [
        .. plan.Measures.Select(measure => measure.Of switch
        {
            MeasureOf.Total => Int128.Abs(_ones.Total(answers.One, measure.Index) - SumOf(answer, measure.Index)),
            MeasureOf.Rate => RateDistance(answers.One, answer, measure.Index),
            _ => _lists.Distance(answers.One, answers.Candidates, answer, measure),
        }),
    ];

    Int128 RateDistance(int one, int[] answer, int condition)
    {
        int[] members = [.. RowsOf(answer)];
        _rates.Fit(condition, RowOf(one), _rates.Of(condition, members, _work), members, _work, out var distance);
        return distance;
    }

    Int128 SumOf(int[] answer, int total)
    {
        Int128 sum = 0;
        foreach (var bin in answer)
        {
            sum += _members.Total(bin, total);
        }

        return sum;
    }

    MemberAnswers? Search(int one, CandidateList list)
    {
        var bins = new List<int>();
        var candidates = 0;
        foreach (var bin in list.Bins)
        {
            var free = Math.Min(_members.Free(bin), plan.Pass.Size.Most);
            candidates += free;
            if (candidates > _spec.Candidates)
            {
                return new MemberAnswers(one, list, [], HasMore: false, CapCause.Candidates);
            }

            if (free > 0)
            {
                bins.Add(bin);
            }
        }

        _work.Spend(list.Bins.Length);
        var size = new MemberRange(plan.Pass.Size.Fewest, plan.Pass.Size.Most);
        return (_spec.PreferSingle && size.Holds(1) ? Search(one, list, bins, new MemberRange(1, 1)) : null)
            ?? Search(one, list, bins, size);
    }

    MemberAnswers? Search(int one, CandidateList list, List<int> bins, MemberRange size)
    {
        var answers = new List<int[]>();
        var (hasMore, cap) = (false, (CapCause?)null);
        foreach (var share in SharesOf(one, bins))
        {
            if (IsSpent || share is null)
            {
                return IsSpent ? null : new MemberAnswers(one, list, [], HasMore: false, CapCause.Steps);
            }

            var found = SubsetSolver.Solve(ProblemOf(one, share, size));
            _steps -= found.Steps;
            IsSpent = found.IsOutOfSteps;
            cap ??= found.End == SearchEnd.Spent ? CapCause.Steps : null;
            hasMore |= found.End == SearchEnd.TooMany;
            answers.AddRange(found.Answers.Select(answer => answer.Select(bin => share.Bins[bin]).ToArray()));
        }

        var distinct = plan.Rates.Count == 0 ? answers : Distinct(answers);
        hasMore |= distinct.Count > _spec.Answers;
        return distinct.Count == 0 && cap is null ? null : new MemberAnswers(one, list, [.. distinct.Take(_spec.Answers)], hasMore, cap);
    }

    // An answer may lie in several shares.
    static List<int[]> Distinct(List<int[]> answers)
    {
        var ordered = answers.OrderBy(answer => answer.Length).ThenBy(answer => answer, BySequence).ToList();
        return [.. ordered.Where((answer, i) => i == 0 || !answer.AsSpan().SequenceEqual(ordered[i - 1]))];
    }

    static readonly Comparer<int[]> BySequence = Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    /// <summary>Candidates that may stand in one answer.</summary>
    /// <param name="Values">Bin by bin what it adds to the totals that are of several currencies.</param>
    /// <param name="Sums">What those of the record are.</param>
    sealed record Share(IReadOnlyList<int> Bins, IReadOnlyList<Int128[]> Values, Int128[] Sums);

    // Null for what cannot be searched.
    IEnumerable<Share?> SharesOf(int one, List<int> bins)
    {
        if (plan.Rates.Count == 0)
        {
            return [new Share(bins, [], [])];
        }

        SideRow[] heads = [new(plan.OneSide, RowOf(one)), .. bins.Select(bin => new SideRow(1 - plan.OneSide, _members.Rows(bin)[0]))];
        var shares = _shares.Of(heads, out var isBeyond);
        if (isBeyond)
        {
            return [null];
        }

        return shares.Where(share => share is [{ Place: 0 }, _, ..]).Select(share => new Share(
            [.. share.Skip(1).Select(bin => bins[bin.Place - 1])], [.. share.Skip(1).Select(bin => bin.Values)], share[0].Values));
    }

    SubsetProblem ProblemOf(int one, Share share, MemberRange size) => new(
        [.. share.Bins.Select((bin, i) => new Bin(
            [
                .. Enumerable.Range(0, plan.Totals.Count).Select(total => _members.Total(bin, total)),
                .. plan.Rates.Select((_, rate) => share.Values[i][rate]),
            ],
            Math.Min(_members.Free(bin), plan.Pass.Size.Most)))],
        [
            .. plan.Totals.Select((total, index) => RangeOf(total, _ones.Total(one, index))),
            .. plan.Rates.Select((rate, index) => rate.Around(plan.OneSide, share.Sums[index], size.Most)),
        ],
        size)
    {
        MostSteps = _steps,
        MostAnswers = _spec.Answers,
        Accepts = plan.GroupWhen is null && plan.Rates.Count == 0
            ? null
            : answer => Accepts(one, [.. answer.Select(bin => share.Bins[bin])]),
    };

    bool Accepts(int one, int[] answer)
    {
        int[] members = [.. RowsOf(answer)];
        for (var i = 0; i < plan.Rates.Count; i++)
        {
            if (!_rates.Fit(i, RowOf(one), _rates.Of(i, members, _work), members, _work, out _))
            {
                return false;
            }
        }

        return WhenHolds(RowOf(one), members);
    }

    int RowOf(int one) => _ones.Rows(one)[0];

    SumRange RangeOf(Total total, Int128 value)
    {
        var (low, high) = total.Allowance.Around(plan.OneSide, value);
        return new SumRange(low, high);
    }

    bool WhenHolds(int row, int[] members)
    {
        try
        {
            return plan.GroupWhen is null || plan.GroupWhen(plan.Tables[plan.OneSide], row, plan.Tables[1 - plan.OneSide], members);
        }
        catch (RuleFailedException failure)
        {
            findings.Fail(failure, plan.OneSide == 0 ? row : members[0], plan.OneSide == 0 ? members[0] : row);
            return false;
        }
    }

    // The members that an answer would take now, ascending.
    List<int> RowsOf(int[] answer)
    {
        var found = new List<int>();
        foreach (var bin in answer.CountBy(bin => bin))
        {
            found.AddRange(_members.Next(bin.Key, bin.Value));
        }

        found.Sort();
        return found;
    }
}
