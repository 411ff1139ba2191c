// Asks the C# condition of a pass about candidates, many at a time.
using Recon.Matching.Blocks;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Drops the edges of a graph for which the pass's <c>when</c> does not hold.</summary>
sealed class PairCondition(PassPlan plan, PassFindings findings)
{
    // 4,096 pairs: 32 KiB of row numbers, half of L1.
    const int BatchPairs = 4096;

    readonly int[] _left = new int[BatchPairs];
    readonly int[] _right = new int[BatchPairs];

    public void Filter(CandidateGraph graph)
    {
        var holds = new bool[graph.EdgeCount];
        for (var start = 0; start < holds.Length; start += BatchPairs)
        {
            var count = Math.Min(BatchPairs, holds.Length - start);
            Load(graph, start, count);
            try
            {
                Ask(_left.AsSpan(0, count), _right.AsSpan(0, count), holds.AsSpan(start, count));
            }
            catch (RuleFailedException)
            {
                AskOneByOne(count);
            }
        }

        graph.Keep(holds);
    }

    void Load(CandidateGraph graph, int start, int count)
    {
        var (first, second) = plan.LeftSide == 0 ? (_left, _right) : (_right, _left);
        for (var i = 0; i < count; i++)
        {
            first[i] = graph.First.Head(graph.EdgeFirst[start + i]);
            second[i] = graph.Second.Head(graph.EdgeSecond[start + i]);
        }
    }

    void Ask(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<bool> results) => plan.PairWhen!(
        plan.Tables[plan.LeftSide], plan.Tables[1 - plan.LeftSide], left, right, results);

    // The failure to report is that of the smallest pair, not of the batch that came first.
    void AskOneByOne(int count)
    {
        Span<bool> ignored = stackalloc bool[1];
        for (var i = 0; i < count; i++)
        {
            try
            {
                Ask(_left.AsSpan(i, 1), _right.AsSpan(i, 1), ignored);
            }
            catch (RuleFailedException failure)
            {
                var (first, second) = plan.LeftSide == 0 ? (_left[i], _right[i]) : (_right[i], _left[i]);
                findings.Fail(failure, first, second);
            }
        }
    }
}
