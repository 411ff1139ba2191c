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
    readonly int[] _offeredLeft = new int[BatchPairs];
    readonly int[] _offeredRight = new int[BatchPairs];
    readonly bool[] _holds = new bool[BatchPairs];
    int _offered;

    /// <summary>A pair that is a match where the condition holds; it is asked with others, at the latest by <see cref="TakeOffered"/>.</summary>
    public void Offer(int firstRow, int secondRow)
    {
        if (_offered == BatchPairs)
        {
            TakeOffered();
        }

        (_offeredLeft[_offered], _offeredRight[_offered]) = plan.LeftSide == 0 ? (firstRow, secondRow) : (secondRow, firstRow);
        _offered++;
    }

    /// <summary>Makes matches of the offered pairs for which the condition holds.</summary>
    public void TakeOffered()
    {
        var count = _offered;
        _offered = 0;
        if (count == 0)
        {
            return;
        }

        _offeredLeft.AsSpan(0, count).CopyTo(_left);
        _offeredRight.AsSpan(0, count).CopyTo(_right);
        AskOrFail(count, _holds.AsSpan(0, count));
        var (first, second) = plan.LeftSide == 0 ? (_offeredLeft, _offeredRight) : (_offeredRight, _offeredLeft);
        for (var i = 0; i < count; i++)
        {
            if (_holds[i])
            {
                findings.Fitting++;
                findings.AddPair(first[i], second[i]);
            }
        }
    }

    public bool Holds(int firstRow, int secondRow)
    {
        Span<bool> result = stackalloc bool[1];
        var (left, right) = plan.LeftSide == 0 ? (firstRow, secondRow) : (secondRow, firstRow);
        (_left[0], _right[0]) = (left, right);
        AskOrFail(1, result);
        return result[0];
    }

    /// <summary>Keeps the rows of the other side with which a row meets the condition.</summary>
    public void Filter(int side, int row, List<int> others, Func<int, int> rowOf)
    {
        var holds = new bool[others.Count];
        var (asking, asked) = side == plan.LeftSide ? (_left, _right) : (_right, _left);
        for (var start = 0; start < holds.Length; start += BatchPairs)
        {
            var count = Math.Min(BatchPairs, holds.Length - start);
            for (var i = 0; i < count; i++)
            {
                (asking[i], asked[i]) = (row, rowOf(others[start + i]));
            }

            AskOrFail(count, holds.AsSpan(start, count));
        }

        var next = 0;
        others.RemoveAll(_ => !holds[next++]);
    }

    public void Filter(CandidateGraph graph)
    {
        var holds = new bool[graph.EdgeCount];
        for (var start = 0; start < holds.Length; start += BatchPairs)
        {
            var count = Math.Min(BatchPairs, holds.Length - start);
            Load(graph, start, count);
            AskOrFail(count, holds.AsSpan(start, count));
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

    void AskOrFail(int count, Span<bool> holds)
    {
        try
        {
            Ask(_left.AsSpan(0, count), _right.AsSpan(0, count), holds);
        }
        catch (RuleFailedException)
        {
            AskOneByOne(count);
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
