// Ties that the whole decides: as many pairs as possible, then the smallest total distance, then the smallest list of pairs.
using System.Numerics;
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>Chooses component by component: what is best for each is best for the block.</summary>
/// <remarks>
/// Choices are counted as equal that differ only in which of several interchangeable records stands where. Where more than one is
/// best, the component is ambiguous if the pass asks, and counted as one with alternatives else.
/// </remarks>
sealed class BestTie(PassPlan plan, Interchangeable[] same, PassFindings findings, long mostSteps)
{
    public void Choose(CandidateGraph graph, int start, int end)
    {
        foreach (var edges in Components.Of(graph, start, end))
        {
            ChooseComponent(graph, edges);
        }
    }

    void ChooseComponent(CandidateGraph graph, List<int> edges)
    {
        var bins = new Assignment(graph, edges);
        int[][] rows = [RowsOf(graph.First, bins.Bins[0]), RowsOf(graph.Second, bins.Bins[1])];
        var steps = StepBudget.Of(mostSteps, rows[0].LongLength + rows[1].Length);
        var others = Solve(graph, bins, steps);
        if (steps.IsSpent)
        {
            findings.Capped.Add(new CappedRows(rows));
            return;
        }

        var isOnly = others.IsOnly && IsOnlyWithinBins(graph, bins);
        if (!isOnly && plan.Pass.Tie.UnlessAmbiguous)
        {
            findings.Ambiguous[0].AddRange(rows[0]);
            findings.Ambiguous[1].AddRange(rows[1]);
            return;
        }

        var pairs = new SmallestPairs(graph, bins, others).Take();
        if (steps.IsSpent)
        {
            findings.Capped.Add(new CappedRows(rows));
            return;
        }

        findings.Alternatives += isOnly ? 0 : 1;
        pairs.ForEach(pair => findings.AddPair(pair.First, pair.Second));
    }

    static int[] RowsOf(BinList side, int[] bins)
    {
        var rows = new List<int>();
        foreach (var bin in bins)
        {
            rows.AddRange(side.Rows(bin));
        }

        return [.. rows.Order()];
    }

    static EqualChoices Solve(CandidateGraph graph, Assignment bins, StepBudget steps)
    {
        var costs = new PairCosts(graph, bins);
        var range = 8 * costs.Unpaired;
        return range <= long.MaxValue ? Solve<long>(bins, costs, steps)
            : range <= (BigInteger)Int128.MaxValue ? Solve<Int128>(bins, costs, steps)
            : Solve<BigInteger>(bins, costs, steps);
    }

    static EqualChoices Solve<T>(Assignment bins, PairCosts costs, StepBudget steps)
        where T : IBinaryInteger<T>
    {
        var cheapest = new CheapestAssignment<T>(bins, costs.Of<T>(), T.CreateChecked(costs.Unpaired), steps);
        cheapest.Solve();
        return new EqualChoices(
            bins,
            [.. Enumerable.Range(0, bins.Edges.Length).Select(cheapest.IsTight)],
            [.. Enumerable.Range(0, bins.Left.Length).Select(cheapest.MayStay)],
            [.. Enumerable.Range(0, bins.Room.Length).Select(cheapest.MayVary)],
            steps);
    }

    // How many of each bin go where is settled; it decides all where records that go different ways are interchangeable.
    bool IsOnlyWithinBins(CandidateGraph graph, Assignment bins)
    {
        bool[] sameFirst = [.. bins.Bins[0].Select(bin => AllSame(0, graph.First, bin))];
        bool[] sameSecond = [.. bins.Bins[1].Select(bin => AllSame(1, graph.Second, bin))];
        int[] waysFirst = [.. bins.Unpaired.Select(count => count > 0 ? 1 : 0)];
        int[] waysSecond = [.. bins.Room.Zip(bins.Used, (room, used) => room > used ? 1 : 0)];
        for (var edge = 0; edge < bins.Edges.Length; edge++)
        {
            if (bins.Paired[edge] > 1 && !sameFirst[bins.From[edge]] && !sameSecond[bins.To[edge]])
            {
                return false;
            }

            waysFirst[bins.From[edge]] += bins.Paired[edge] > 0 ? 1 : 0;
            waysSecond[bins.To[edge]] += bins.Paired[edge] > 0 ? 1 : 0;
        }

        return waysFirst.Zip(sameFirst).Concat(waysSecond.Zip(sameSecond)).All(bin => bin.First <= 1 || bin.Second);
    }

    bool AllSame(int side, BinList bins, int bin)
    {
        var rows = bins.Rows(bin);
        for (var i = 1; i < rows.Length; i++)
        {
            if (!same[side].Same(rows[0], rows[i]))
            {
                return false;
            }
        }

        return true;
    }
}
