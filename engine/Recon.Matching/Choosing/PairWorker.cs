// Works through partitions of a 1:1 pass: candidates, condition, choice.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of a 1:1 pass; findings gather in <see cref="Findings"/>.</summary>
sealed class PairWorker
{
    // Condition and choice run when so many edges have gathered: batches for the C#, bounded memory.
    const int EdgesTogether = 1 << 14;

    readonly PassPlan _plan;
    readonly PartitionRows[] _rows;
    readonly BlockTable _blocks;
    readonly CandidateGraph _graph;
    readonly CandidateFinder _finder;
    readonly PairCondition? _condition;
    readonly AskTie _ask;
    readonly ClosestTie? _closest;
    readonly OrderedTie? _ordered;
    readonly BestTie? _best;
    readonly LargeChoice _large;
    readonly Workers _workers;
    readonly bool _listing;

    public PairWorker(PassPlan plan, PartitionRows[] rows, Interchangeable[] same, Workers workers, bool listing)
    {
        _workers = workers;
        (_plan, _rows, _listing) = (plan, rows, listing);
        var tie = plan.Pass.Tie;
        _blocks = new BlockTable(rows[0], rows[1]);
        _graph = new CandidateGraph(tie.Kind is TieKind.Closest or TieKind.Best ? plan.Measures.Count : 0);
        _finder = new CandidateFinder(plan, rows, same, _graph, workers.Cut.BlockPairs);
        _condition = plan.PairWhen is null ? null : new PairCondition(plan, Findings);
        _ask = new AskTie(plan.Pass.Index, same, Findings);
        FieldOrder[]? orders = tie.Kind is TieKind.Oldest or TieKind.Newest ? [FieldOrder.Of(plan, 0), FieldOrder.Of(plan, 1)] : null;
        _large = new LargeChoice(plan, same, orders, Findings, workers);
        if (tie.Kind == TieKind.Best && !listing)
        {
            _best = new BestTie(plan, same, Findings, workers.Cut.BlockSteps);
        }
        else if (tie.Kind == TieKind.Closest && !listing)
        {
            _closest = new ClosestTie(Findings);
        }
        else if (orders is not null && !listing)
        {
            _ordered = new OrderedTie(orders[0], orders[1], Findings);
        }
    }

    public PassFindings Findings { get; } = new();

    /// <summary>Works through the partition that its rows hold.</summary>
    public void Run()
    {
        _blocks.Build();
        for (var block = 0; block < _blocks.Count; block++)
        {
            var second = _blocks.Positions(1, block);
            if (second.Length > 0)
            {
                Add(_blocks.Positions(0, block), second);
            }
        }

        Choose();
        _condition?.TakeOffered();
        Findings.Candidates += _finder.TakeCandidates();
    }

    void Add(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length == 1 && second.Length == 1 && !_listing)
        {
            AddSingle(first[0], second[0]);
            return;
        }

        if ((long)first.Length * second.Length > _workers.Cut.BlockPairs)
        {
            AddLarge(first, second);
            return;
        }

        Require.That(_finder.TryAdd(first, second));
        if (_graph.EdgeCount >= EdgesTogether)
        {
            Choose();
        }
    }

    // The case of almost every block: no choice, so no graph.
    void AddSingle(int first, int second)
    {
        if (!_finder.SinglePairFits(first, second))
        {
            return;
        }

        var (firstRow, secondRow) = (_rows[0].Rows[first], _rows[1].Rows[second]);
        if (_condition is null)
        {
            Findings.Fitting++;
            Findings.AddPair(firstRow, secondRow);
        }
        else
        {
            _condition.Offer(firstRow, secondRow);
        }
    }

    // A block that may be too large to list its pairs stands alone in the graph.
    void AddLarge(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Choose();
        if (_finder.TryAdd(first, second))
        {
            return;
        }

        if (_plan.Texts.Count > 0 || _plan.Rates.Count > 0)
        {
            _graph.Clear();
            Findings.Capped.Add(new CappedRows([RowsOf(0, first), RowsOf(1, second)]));
        }
        else
        {
            var block = new LargeBlock(
                _plan, _rows, [_graph.First, _graph.Second], [_finder.Heads(0), _finder.Heads(1)], _condition, _workers.Cut.BlockSteps);
            _graph.Clear();
            _large.Choose(block, _listing);
        }
    }

    int[] RowsOf(int side, ReadOnlySpan<int> positions)
    {
        var rows = new int[positions.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = _rows[side].Rows[positions[i]];
        }

        return rows;
    }

    void Choose()
    {
        _condition?.Filter(_graph);
        var start = 0;
        foreach (var block in _graph.Blocks)
        {
            Choose(start, block.EdgeEnd);
            start = block.EdgeEnd;
        }

        _graph.Clear();
    }

    void Choose(int start, int end)
    {
        for (var edge = start; edge < end; edge++)
        {
            Findings.Fitting += (long)_graph.First.Size(_graph.EdgeFirst[edge])
                * _graph.Second.Size(_graph.EdgeSecond[edge]);
        }

        if (IsSinglePair(start, end))
        {
            Findings.AddPair(_graph.First.Head(_graph.EdgeFirst[start]),
                _graph.Second.Head(_graph.EdgeSecond[start]));
        }
        else if (_closest is not null)
        {
            _closest.Choose(_graph, start, end);
        }
        else if (_best is not null)
        {
            _best.Choose(_graph, start, end);
        }
        else if (_ordered is not null)
        {
            _ordered.Choose(_graph, start, end);
        }
        else
        {
            _ask.Choose(_graph, start, end, _listing);
        }
    }

    bool IsSinglePair(int start, int end) => end - start == 1 && !_listing
        && _graph.First.Size(_graph.EdgeFirst[start]) == 1
            && _graph.Second.Size(_graph.EdgeSecond[start]) == 1;
}
