// Works through partitions of an n:m pass: groups on both sides whose totals agree.
using Recon.Matching.Blocks;
using Recon.Matching.Searching;
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of an n:m pass, by group total or with search.</summary>
/// <remarks>
/// A key falls into parts: records that meet windows and texts, directly or through others. By total a part is one group of
/// either side and a match where every record of one side meets every record of the other and the totals agree; parts share no
/// record, so nothing is ambiguous. With search the smallest groups of a part that balance are matches where all can be had at
/// once.
/// </remarks>
sealed class ManyToManyWorker : KeyWorker
{
    readonly PassPlan _plan;
    readonly PartitionRows[] _rows;
    readonly Interchangeable[] _same;
    readonly BinLinker _linker;
    readonly BalancedSearch? _search;
    readonly SearchFindings _findings;
    readonly GroupRates _rates;
    readonly long _mostSteps;
    StepBudget _work = new(0);

    public ManyToManyWorker(PassPlan plan, PartitionRows[] rows, Interchangeable[] same, long mostSteps, bool listing)
        : base(rows)
    {
        (_plan, _rows, _same, _mostSteps) = (plan, rows, same, mostSteps);
        _linker = new BinLinker(plan, rows);
        _search = plan.Pass.Search is null ? null : new BalancedSearch(plan, Findings);
        _findings = new SearchFindings(plan, Findings, listing);
        _rates = new GroupRates(plan, Findings);
    }

    protected override CapCause? Choose(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        _work = StepBudget.Of(_mostSteps, first.Length + second.Length);
        return _search is null ? ByTotal(first, second) : BySearch(_search, first, second);
    }

    CapCause? ByTotal(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        RecordBins[] bins = [RecordBins.Single(_rows[0], first), RecordBins.Single(_rows[1], second)];
        var parts = _linker.Link(bins, All(bins[0]), All(bins[1]), _work);
        if (_work.IsSpent)
        {
            return CapCause.Key;
        }

        var agreeing = new List<int[][]>();
        foreach (var part in parts)
        {
            Findings.Candidates++;
            if (part.IsComplete && Agrees(bins, part, out var rows))
            {
                agreeing.Add(rows);
            }
        }

        if (_work.IsSpent)
        {
            return CapCause.Key;
        }

        Findings.Fitting += agreeing.Count;
        agreeing.ForEach(rows => Findings.AddGroup(rows[0], rows[1]));
        return null;
    }

    bool Agrees(RecordBins[] bins, LinkedBins part, out int[][] rows)
    {
        rows = [RowsOf(bins[0], part.First), RowsOf(bins[1], part.Second)];
        if (!_plan.Pass.Size.Holds(rows[0].Length) || !_plan.Pass.Size.Holds(rows[1].Length))
        {
            return false;
        }

        var (first, second) = (Heads(bins[0], part.First), Heads(bins[1], part.Second));
        for (var total = 0; total < _plan.Totals.Count; total++)
        {
            if (!GroupSum.Fit(_plan.Totals[total], GroupSum.Of(_rows[0], first, total), GroupSum.Of(_rows[1], second, total)))
            {
                return false;
            }
        }

        return _rates.Fit(rows, _work) && GroupsCondition.Holds(_plan, Findings, rows[0], rows[1]);
    }

    CapCause? BySearch(BalancedSearch search, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        RecordBins[] bins = [RecordBins.Folded(_rows[0], first, _same[0]), RecordBins.Folded(_rows[1], second, _same[1])];
        search.Enter(bins, _work);
        var graph = new AnswerGraph(bins);
        var capped = new List<CappedRows>();
        foreach (var (ones, others) in ByCurrencies(bins))
        {
            foreach (var part in _linker.Link(bins, ones, others, _work))
            {
                var (answers, cap) = search.Of(part);
                if (cap is { } cause)
                {
                    capped.Add(new CappedRows([RowsOf(bins[0], part.First), RowsOf(bins[1], part.Second)], cause));
                    continue;
                }

                foreach (var answer in answers)
                {
                    graph.Add(answer);
                }
            }
        }

        if (search.IsSpent || _work.IsSpent)
        {
            return search.IsSpent ? CapCause.Steps : CapCause.Key;
        }

        Findings.Capped.AddRange(capped);
        _findings.Decide(graph, bins);
        return null;
    }

    // Bins that can be summed, by the currencies of their amounts.
    IEnumerable<(int[] First, int[] Second)> ByCurrencies(RecordBins[] bins)
    {
        var second = Known(bins, 1).ToLookup(bin => Currencies(bins[1], bin), StringComparer.Ordinal);
        return Known(bins, 0).GroupBy(bin => Currencies(bins[0], bin), StringComparer.Ordinal)
            .Select(group => (group.ToArray(), second[group.Key].ToArray()));
    }

    IEnumerable<int> Known(RecordBins[] bins, int side) => All(bins[side]).Where(bin => _plan.Totals.Index().All(total =>
        bins[side].Currency(bin, total.Index) is var currency && currency != PartitionRows.UnknownTotal
        && currency == (total.Item.Currency ?? currency))
        && _plan.Rates.All(rate => rate.AmountOf(side, bins[side].Rows(bin)[0]) is not null));

    string Currencies(RecordBins bins, int bin) =>
        string.Join(',', Enumerable.Range(0, _plan.Totals.Count).Select(total => bins.Currency(bin, total)));

    static int[] All(RecordBins bins) => [.. Enumerable.Range(0, bins.Count)];

    static int[] Heads(RecordBins bins, int[] chosen) => Array.ConvertAll(chosen, bin => bins.Heads[bin]);

    static int[] RowsOf(RecordBins bins, int[] chosen) => [.. chosen.SelectMany(bin => bins.Rows(bin).ToArray()).Order()];
}
