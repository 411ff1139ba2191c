// Ties of an N-way pass that age decides: the oldest with the oldest, or the newest with the newest.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>
/// The records of the source declared first, in order, take the first free set of one record of each other source that meets every
/// condition: the first by the order of the second source, then by that of the third. Where the key is the only condition this joins
/// k-th with k-th.
/// </summary>
sealed class OrderedTuples(SeveralConditions conditions, FieldOrder[] orders, SeveralCondition when, PassFindings findings)
{
    // Asking about two records, or the C# about a set, costs as much as looking at some.
    const int AskSteps = 4;

    readonly int[] _chosen = new int[orders.Length];
    readonly int[][] _sorted = new int[orders.Length][];
    readonly int[][] _next = new int[orders.Length][];
    StepBudget _steps = StepBudget.Of(0, 0);
    long _lookedAt;

    /// <summary>Adds what one key has: matches, or that its budget is spent.</summary>
    /// <param name="rows">By side.</param>
    public void Choose(int[][] rows, long mostSteps)
    {
        _steps = StepBudget.Of(mostSteps, rows.Sum(own => own.LongLength));
        for (var side = 0; side < rows.Length; side++)
        {
            _sorted[side] = [.. rows[side]];
            Array.Sort(_sorted[side], orders[side]);
            _next[side] = [.. Enumerable.Range(0, rows[side].Length + 1)];
        }

        var taken = new IntList();
        _lookedAt = 0;
        foreach (var row in _sorted[0])
        {
            _chosen[0] = row;
            if (TakeFirst(1))
            {
                taken.AddRange(_chosen);
            }
        }

        if (_steps.IsSpent)
        {
            findings.Capped.Add(new CappedRows(rows));
            return;
        }

        findings.Candidates += _lookedAt;
        findings.Fitting += taken.Count / orders.Length;
        for (var start = 0; start < taken.Count; start += orders.Length)
        {
            findings.AddTuple(taken.Span.Slice(start, orders.Length));
        }
    }

    bool TakeFirst(int side)
    {
        if (side == _chosen.Length)
        {
            _lookedAt++;
            return !_steps.Spend(AskSteps) && when.Holds(_chosen);
        }

        for (var place = FreeFrom(side, 0); place < _sorted[side].Length && !_steps.Spend(StepBudget.NodeSteps); place = FreeFrom(side, place + 1))
        {
            _chosen[side] = _sorted[side][place];
            if (MeetsThose(side) && TakeFirst(side + 1))
            {
                _next[side][place] = place + 1;
                return true;
            }
        }

        return false;
    }

    bool MeetsThose(int side)
    {
        for (var other = 0; other < side; other++)
        {
            if (conditions.IsAsked(other, side)
                && (_steps.Spend(AskSteps) || !conditions.Meet(other, _chosen[other], side, _chosen[side])))
            {
                return false;
            }
        }

        return true;
    }

    // What is taken points to the place behind it; paths are halved as they are walked.
    int FreeFrom(int side, int place)
    {
        var next = _next[side];
        while (next[place] != place)
        {
            next[place] = next[next[place]];
            place = next[place];
        }

        return place;
    }
}
