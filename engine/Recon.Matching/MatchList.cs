// Gathers the matches of a leg, pass by pass, in their final order.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>Matches of a leg in the order of (pass, smallest row of the first source).</summary>
sealed class MatchList
{
    readonly IntList _passOf = new();
    readonly IntList _firstEnds = new();
    readonly IntList _firstRows = new();
    readonly IntList _secondEnds = new();
    readonly IntList _secondRows = new();

    public int Count => _passOf.Count;

    /// <summary>Appends what a pass found; gives the number of records on each side.</summary>
    /// <param name="close">Called with (side, row) for every row matched.</param>
    public (int First, int Second) Append(PassPlan plan, PassFindings findings, Action<int, int> close)
    {
        var (firstBefore, secondBefore) = (_firstRows.Count, _secondRows.Count);
        if (plan.IsGroup)
        {
            AppendGroups(plan, findings);
        }
        else
        {
            AppendPairs(plan, findings);
        }

        foreach (var row in _firstRows.Span[firstBefore..])
        {
            close(0, row);
        }

        foreach (var row in _secondRows.Span[secondBefore..])
        {
            close(1, row);
        }

        return (_firstRows.Count - firstBefore, _secondRows.Count - secondBefore);
    }

    public LegMatches Build(
        LegSpec leg, IReadOnlyList<AmbiguousComponent> ambiguous, IReadOnlyList<PassStatistics> passes) =>
        new(
        leg,
        _passOf.Span.ToArray(),
        _firstEnds.Span.ToArray(),
        _firstRows.Span.ToArray(),
        _secondEnds.Span.ToArray(),
        _secondRows.Span.ToArray(),
        ambiguous,
        passes);

    // Sorting by scattering: one slot a row of the first source.
    void AppendPairs(PassPlan plan, PassFindings findings)
    {
        var partnerOf = new int[plan.Tables[0].Count];
        Array.Fill(partnerOf, -1);
        for (var i = 0; i < findings.PairFirst.Count; i++)
        {
            var first = findings.PairFirst[i];
            Require.That(partnerOf[first] == -1);
            partnerOf[first] = findings.PairSecond[i];
        }

        for (var first = 0; first < partnerOf.Length; first++)
        {
            if (partnerOf[first] != -1)
            {
                _firstRows.Add(first);
                _secondRows.Add(partnerOf[first]);
                End(plan);
            }
        }
    }

    void AppendGroups(PassPlan plan, PassFindings findings)
    {
        var order = Enumerable.Range(0, findings.GroupCount)
            .OrderBy(group => plan.OneSide == 0 ? findings.GroupOne(group) : findings.GroupMembers(group)[0]);
        var (ones, many) = plan.OneSide == 0 ? (_firstRows, _secondRows) : (_secondRows, _firstRows);
        foreach (var group in order)
        {
            ones.Add(findings.GroupOne(group));
            many.AddRange(findings.GroupMembers(group));
            End(plan);
        }
    }

    void End(PassPlan plan)
    {
        _passOf.Add(plan.Pass.Index);
        _firstEnds.Add(_firstRows.Count);
        _secondEnds.Add(_secondRows.Count);
    }
}
