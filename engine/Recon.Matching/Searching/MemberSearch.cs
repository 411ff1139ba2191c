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
    readonly CandidateLists _lists = new(plan, rows, plan.OneSide);
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
        .. plan.Measures.Select(measure => measure.Of == MeasureOf.Total
            ? Int128.Abs(_ones.Total(answers.One, measure.Index) - SumOf(answer, measure.Index))
            : _lists.Distance(answers.One, answers.Candidates, answer, measure)),
    ];

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
        if (IsSpent)
        {
            return null;
        }

        var found = SubsetSolver.Solve(ProblemOf(one, bins, size));
        _steps -= found.Steps;
        IsSpent = found.IsOutOfSteps;
        CapCause? cap = found.End == SearchEnd.Spent ? CapCause.Steps : null;
        return found.Answers.Count == 0 && cap is null
            ? null
            : new MemberAnswers(
                one, list, [.. found.Answers.Select(answer => answer.Select(bin => bins[bin]).ToArray())],
                found.End == SearchEnd.TooMany, cap);
    }

    SubsetProblem ProblemOf(int one, List<int> bins, MemberRange size) => new(
        [.. bins.Select(bin => new Bin(
            [.. Enumerable.Range(0, plan.Totals.Count).Select(total => _members.Total(bin, total))],
            Math.Min(_members.Free(bin), plan.Pass.Size.Most)))],
        [.. plan.Totals.Select((total, index) => RangeOf(total, _ones.Total(one, index)))],
        size)
    {
        MostSteps = _steps,
        MostAnswers = _spec.Answers,
        Accepts = plan.GroupWhen is null ? null : answer => WhenHolds(one, [.. answer.Select(bin => bins[bin])]),
    };

    SumRange RangeOf(Total total, Int128 value)
    {
        var (low, high) = total.Allowance.Around(plan.OneSide, value);
        return new SumRange(low, high);
    }

    bool WhenHolds(int one, int[] answer)
    {
        var row = _ones.Next(one, 1)[0];
        int[] members = [.. RowsOf(answer)];
        try
        {
            return plan.GroupWhen!(plan.Tables[plan.OneSide], row, plan.Tables[1 - plan.OneSide], members);
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
