// Works through partitions of a group pass with search: which members add up to which record of the one side.
using Recon.Matching.Blocks;
using Recon.Matching.Searching;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of a pass that searches for groups of one record and several.</summary>
/// <remarks>
/// With <c>ask</c> all records are searched for over all members; answers that share members hang together, and those of one
/// component are matches where all of them can be had at once. With any other tie the records of the one side take in its
/// order, each over what is left: one that has several answers, or whose answer touches those of such a one before it,
/// takes nothing.
/// </remarks>
sealed class SearchWorker : KeyWorker
{
    readonly PassPlan _plan;
    readonly PartitionRows[] _rows;
    readonly Interchangeable[] _same;
    readonly MemberSearch _search;
    readonly FieldOrder _order;
    readonly long _mostSteps;
    readonly bool _listing;
    readonly SearchFindings _findings;
    RecordBins[] _bins = [];
    StepBudget _work = new(0);

    public SearchWorker(PassPlan plan, PartitionRows[] rows, Interchangeable[] same, long mostSteps, bool listing)
        : base(rows)
    {
        (_plan, _rows, _same, _mostSteps, _listing) = (plan, rows, same, mostSteps, listing);
        _search = new MemberSearch(plan, rows, Findings);
        _order = FieldOrder.Of(plan, plan.OneSide);
        _findings = new SearchFindings(plan, Findings, listing);
    }

    TieKind Tie => _listing ? TieKind.Ask : _plan.Pass.Tie.Kind;

    RecordBins Ones => _bins[_plan.OneSide];

    RecordBins Members => _bins[1 - _plan.OneSide];

    protected override CapCause? Choose(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        _work = StepBudget.Of(_mostSteps, first.Length + second.Length);
        _bins = [BinsOf(0, first), BinsOf(1, second)];
        _search.Enter(Ones, Members, _work);
        var graph = new AnswerGraph(_bins);
        switch (Tie)
        {
            case TieKind.Ask:
                Ask(graph);
                break;
            case TieKind.Closest:
                TakeClosest(graph);
                break;
            default:
                TakeInOrder(graph);
                break;
        }

        if (_search.IsSpent || _work.IsSpent)
        {
            _findings.Forget();
            return _search.IsSpent ? CapCause.Steps : CapCause.Key;
        }

        _findings.Decide(graph, _bins);
        return null;
    }

    // Records that take one after the other are told apart, those that share all their answers need not be.
    RecordBins BinsOf(int side, ReadOnlySpan<int> positions) => side != _plan.OneSide || Tie == TieKind.Ask
        ? RecordBins.Folded(_rows[side], positions, _same[side])
        : RecordBins.Single(_rows[side], positions);

    void Ask(AnswerGraph graph)
    {
        foreach (var one in _search.InOrder())
        {
            if (_search.Of(one) is not { } answers)
            {
                continue;
            }

            AddAnswers(graph, answers);
            if (!answers.IsComplete)
            {
                AddUnknown(graph, answers);
            }
        }
    }

    void TakeInOrder(AnswerGraph graph)
    {
        var touched = new bool[Members.Count];
        int[] order = [.. Enumerable.Range(0, Ones.Count)];
        Array.Sort(order, (a, b) => _order.Compare(Ones.Rows(a)[0], Ones.Rows(b)[0]));
        foreach (var one in order)
        {
            if (_search.Of(one) is { } answers)
            {
                Settle(graph, answers, touched);
            }
        }
    }

    // The nearest answer first; whoever may have wanted one of its members is searched for anew. Of those whose answers are
    // not all known nothing is nearest: they come first.
    void TakeClosest(AnswerGraph graph)
    {
        var touched = new bool[Members.Count];
        var waiting = new MemberAnswers?[Ones.Count];
        var queue = new PriorityQueue<MemberAnswers, (Int128[] Distance, int Row)>(ByDistance);
        foreach (var one in _search.InOrder())
        {
            Wait(one);
        }

        SettleUnknown();
        while (queue.TryDequeue(out var best, out _))
        {
            if (waiting[best.One] != best)
            {
                continue;
            }

            waiting[best.One] = null;
            if (Settle(graph, best, touched))
            {
                var taken = best.Answers[0].ToHashSet();
                _work.Spend(waiting.Length);
                foreach (var other in waiting.OfType<MemberAnswers>().Where(other => other.Answers.Any(bins => bins.Any(taken.Contains))).ToList())
                {
                    Wait(other.One);
                }

                SettleUnknown();
            }
        }

        void SettleUnknown()
        {
            foreach (var answers in waiting.OfType<MemberAnswers>().Where(answers => !answers.IsComplete).ToList())
            {
                waiting[answers.One] = null;
                Settle(graph, answers, touched);
            }
        }

        void Wait(int one)
        {
            waiting[one] = _search.Of(one);
            if (waiting[one] is { IsComplete: true } answers)
            {
                queue.Enqueue(answers, (answers.Answers.Select(answer => _search.Distance(answers, answer)).Min(ByNumbers)!, Ones.Rows(one)[0]));
            }
        }
    }

    static readonly Comparer<Int128[]> ByNumbers = Comparer<Int128[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    static readonly Comparer<(Int128[] Distance, int Row)> ByDistance = Comparer<(Int128[] Distance, int Row)>.Create((a, b) =>
        ByNumbers.Compare(a.Distance, b.Distance) is var order && order != 0 ? order : a.Row.CompareTo(b.Row));

    // True where the record takes its one answer, which none before it could want.
    bool Settle(AnswerGraph graph, MemberAnswers answers, bool[] touched)
    {
        var wanted = _search.TouchedBy(answers);
        if (answers.IsComplete && answers.Answers.Count == 1 && !Array.Exists(wanted, bin => touched[bin]))
        {
            _findings.Take(PartsOf(answers, answers.Answers[0]), 1, _bins);
            return true;
        }

        _work.Spend(wanted.Length);
        Array.ForEach(wanted, bin => touched[bin] = true);
        AddAnswers(graph, answers);
        AddUnknown(graph, answers);
        return false;
    }

    void AddAnswers(AnswerGraph graph, MemberAnswers answers)
    {
        foreach (var answer in answers.Answers)
        {
            graph.Add(PartsOf(answers, answer));
        }
    }

    void AddUnknown(AnswerGraph graph, MemberAnswers answers) => graph.AddUnknown(
        _plan.OneSide, answers.One, _search.TouchedBy(answers), answers.HasMore, answers.Cap);

    Part[] PartsOf(MemberAnswers answers, int[] answer) =>
    [
        new Part(_plan.OneSide, answers.One, 1),
        .. answer.CountBy(bin => bin).Select(bin => new Part(1 - _plan.OneSide, bin.Key, bin.Value)),
    ];
}
