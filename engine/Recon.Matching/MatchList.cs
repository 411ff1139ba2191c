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
    readonly IntList[] _ends;
    readonly IntList[] _rows;

    public MatchList(int sides)
    {
        _ends = [.. Enumerable.Range(0, sides).Select(_ => new IntList())];
        _rows = [.. Enumerable.Range(0, sides).Select(_ => new IntList())];
    }

    public int Count => _passOf.Count;

    /// <summary>Appends what a pass found; gives the number of records on each side.</summary>
    /// <param name="close">Called with (side, row) for every row matched.</param>
    public int[] Append(PassPlan plan, PassFindings findings, Action<int, int> close)
    {
        int[] before = [.. _rows.Select(rows => rows.Count)];
        if (plan.IsGroup)
        {
            AppendGroups(plan, findings);
        }
        else
        {
            AppendPairs(plan, findings);
        }

        for (var side = 0; side < _rows.Length; side++)
        {
            foreach (var row in _rows[side].Span[before[side]..])
            {
                close(side, row);
            }
        }

        return [.. _rows.Select((rows, side) => rows.Count - before[side])];
    }

    /// <summary>Appends matches of one source: rows ascending, the matches by their smallest row.</summary>
    /// <param name="close">Called with (side, row) for every row matched.</param>
    public void Append(int pass, IEnumerable<int[]> matches, Action<int, int> close)
    {
        foreach (var rows in matches)
        {
            Array.ForEach(rows, row => close(0, row));
            _rows[0].AddRange(rows);
            _ends[0].Add(_rows[0].Count);
            _passOf.Add(pass);
        }
    }

    public LegMatches Build(
        LegSpec leg, IReadOnlyList<AmbiguousComponent> ambiguous, IReadOnlyList<PassStatistics> passes,
        IReadOnlyList<int[]?> takenBy,
        (IReadOnlyList<RecordTable?> Tables, IReadOnlyList<IReadOnlyList<Residual>> Rows) residuals) =>
        new(
        leg,
        _passOf.Span.ToArray(),
        [.. _ends.Select((ends, side) => new MemberRows(ends.Span.ToArray(), _rows[side].Span.ToArray()))],
        ambiguous,
        passes,
        takenBy)
        {
            Extended = residuals.Tables,
            Residuals = residuals.Rows,
        };

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
                _rows[0].Add(first);
                _rows[1].Add(partnerOf[first]);
                End(plan);
            }
        }
    }

    void AppendGroups(PassPlan plan, PassFindings findings)
    {
        var order = Enumerable.Range(0, findings.GroupCount)
            .OrderBy(group => plan.OneSide == 0 ? findings.GroupOne(group) : findings.GroupMembers(group)[0]);
        var (ones, many) = (_rows[plan.OneSide], _rows[1 - plan.OneSide]);
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
        for (var side = 0; side < _rows.Length; side++)
        {
            _ends[side].Add(_rows[side].Count);
        }
    }
}
