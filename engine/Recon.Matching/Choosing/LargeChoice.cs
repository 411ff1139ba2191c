// Chooses in a block whose candidate pairs are too many to be listed.
using Recon.Matching.Blocks;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>The ties of a 1:1 pass over a <see cref="LargeBlock"/>; a block that spends its budget is left as capped.</summary>
/// <param name="orders">By side, for ties by a field; else null.</param>
sealed class LargeChoice(
    PassPlan plan, Interchangeable[] same, FieldOrder[]? orders, PassFindings findings, Workers workers)
{
    // Pairs of bins of one component that are listed for the best choice: some 200 MB at most.
    const int MostListed = 1 << 21;

    readonly CancellationToken _cancellation = workers.Cancellation;
    readonly List<(int First, int Second)> _pairs = [];

    public void Choose(LargeBlock block, bool listing)
    {
        _pairs.Clear();
        if (listing || plan.Pass.Tie.Kind == TieKind.Ask)
        {
            Ask(block, listing);
            return;
        }

        if (plan.Pass.Tie.Kind == TieKind.Best)
        {
            TakeBest(block);
            return;
        }

        if (orders is null)
        {
            TakeClosest(block);
        }
        else
        {
            TakeInOrder(block, orders);
        }

        if (block.Steps.IsSpent)
        {
            Cap(block);
            return;
        }

        foreach (var (first, second) in _pairs)
        {
            findings.AddPair(first, second);
        }

        findings.Fitting += _pairs.Count;
    }

    void Ask(LargeBlock block, bool listing)
    {
        var parts = new LargeComponents(plan.Pass.Index, block, _cancellation);
        var components = parts.Find();
        if (block.Steps.IsSpent)
        {
            Cap(block);
            return;
        }

        foreach (var component in components)
        {
            var (first, second) = (parts.Rows(0, component.First), parts.Rows(1, component.Second));
            findings.Fitting += component.Found;
            if (listing)
            {
                findings.Components.Add(parts.Describe(component, first, second));
            }
            else if (same[0].AllSame(first) && same[1].AllSame(second))
            {
                findings.AddPairs(first, second);
            }
            else
            {
                findings.Ambiguous[0].AddRange([.. first]);
                findings.Ambiguous[1].AddRange([.. second]);
            }
        }
    }

    // The best of all is found over a list of pairs: each component has its own, and is capped alone where it is too long.
    void TakeBest(LargeBlock block)
    {
        var parts = new LargeComponents(plan.Pass.Index, block, _cancellation);
        var components = parts.Find();
        if (block.Steps.IsSpent)
        {
            Cap(block);
            return;
        }

        var best = new BestTie(plan, same, findings, workers.Cut.BlockSteps);
        foreach (var component in components)
        {
            var graph = new CandidateGraph(plan.Measures.Count);
            if (parts.TryList(component, graph, MostListed))
            {
                findings.Fitting += graph.PairCount();
                best.Choose(graph, 0, graph.EdgeCount);
            }
            else
            {
                findings.Capped.Add(new CappedRows([[.. parts.Rows(0, component.First)], [.. parts.Rows(1, component.Second)]]));
            }
        }
    }

    // Every record of the first source, in order, takes the first free one that fits.
    void TakeInOrder(LargeBlock block, FieldOrder[] order)
    {
        var rankOf = new Dictionary<int, int>();
        foreach (var row in block.AllRows(1).Order(order[1]))
        {
            rankOf.Add(row, rankOf.Count);
        }

        int[][] queues = [.. Enumerable.Range(0, block.BinCount(1)).Select(bin => block.Rows(1, bin).OrderBy(row => rankOf[row]).ToArray())];
        var used = new int[queues.Length];
        var tree = block.Tree(1, Array.ConvertAll(queues, queue => rankOf[queue[0]]));
        var isDone = new bool[block.BinCount(0)];
        var records = Enumerable.Range(0, isDone.Length)
            .SelectMany(bin => block.Rows(0, bin).Select(row => (Row: row, Bin: bin)))
            .OrderBy(record => record.Row, order[0]);
        foreach (var (row, bin) in records)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (isDone[bin] || block.Steps.IsSpent)
            {
                continue;
            }

            var taken = tree.Best(block.BoxOf(0, bin), byDistance: false, other => block.Holds(0, bin, other));
            isDone[bin] = taken == -1;
            if (taken != -1)
            {
                var queue = queues[taken];
                _pairs.Add((row, queue[used[taken]++]));
                tree.Rank(taken, used[taken] < queue.Length ? rankOf[queue[used[taken]]] : BinTree.UsedUp);
            }
        }
    }

    /// <summary>Pairs by distance, without sorting the pairs: two bins that are each other's best are the next pair of both.</summary>
    /// <remarks>
    /// Nearest-neighbour chain (J. Juan 1982; F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
    /// 1983): from a bin to its best, from that to its own best, until two point at each other. Pairs have one total order
    /// (distance, first id, second id), so the chain cannot turn in a circle, and taking such a pair early changes no other.
    /// </remarks>
    void TakeClosest(LargeBlock block)
    {
        BinTree[] trees = [block.Tree(0, Heads(block, 0)), block.Tree(1, Heads(block, 1))];
        int[][] used = [new int[block.BinCount(0)], new int[block.BinCount(1)]];
        var chain = new Stack<int>();
        for (var start = 0; start < used[0].Length && !block.Steps.IsSpent;)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (chain.Count == 0)
            {
                if (!trees[0].IsFree(start))
                {
                    start++;
                    continue;
                }

                chain.Push(start);
            }

            // The bins of the chain are of the first and the second side in turn.
            var (side, bin) = (1 - (chain.Count % 2), chain.Pop());
            var best = trees[1 - side].Best(block.BoxOf(side, bin), byDistance: true, other => block.Holds(side, bin, other));
            if (best == -1)
            {
                // Nothing free fits it, now or later. Only the first bin of a chain can end so.
                trees[side].Rank(bin, BinTree.UsedUp);
            }
            else if (chain.TryPeek(out var before) && before == best)
            {
                chain.Pop();
                var (first, second) = side == 0 ? (bin, best) : (best, bin);
                _pairs.Add((Take(block, trees, used, 0, first), Take(block, trees, used, 1, second)));
            }
            else
            {
                chain.Push(bin);
                chain.Push(best);
            }
        }
    }

    static int[] Heads(LargeBlock block, int side) =>
        [.. Enumerable.Range(0, block.BinCount(side)).Select(bin => block.Rows(side, bin)[0])];

    static int Take(LargeBlock block, BinTree[] trees, int[][] used, int side, int bin)
    {
        var rows = block.Rows(side, bin);
        var row = rows[used[side][bin]++];
        trees[side].Rank(bin, used[side][bin] < rows.Length ? rows[used[side][bin]] : BinTree.UsedUp);
        return row;
    }

    void Cap(LargeBlock block) =>
        findings.Capped.Add(new CappedRows([[.. block.AllRows(0).Order()], [.. block.AllRows(1).Order()]]));
}
