// Gathers the matches of a leg, pass by pass, in their final order.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>Matches of a leg in the order of (pass, smallest row of the first source).</summary>
sealed class MatchList(int sides)
{
    const int NoPartner = -1;

    readonly List<Part> _parts = [];
    int[] _partnerOf = [];

    public int Count { get; private set; }

    /// <summary>Matches of one pass.</summary>
    /// <param name="Ends">By side, as in <see cref="MemberRows"/>; null where every match has one row on each side.</param>
    /// <param name="Rows">By side.</param>
    sealed record Part(int Pass, int Count, IntList[]? Ends, int[][] Rows);

    /// <summary>Appends what a pass found; gives the number of records on each side.</summary>
    /// <param name="close">Called with (side, rows) for every row matched.</param>
    public int[] Append(PassPlan plan, PassFindings findings, Action<int, ReadOnlySpan<int>> close)
    {
        var part = plan.IsGroup ? GroupsOf(plan, findings) : PairsOf(plan, findings);
        Append(part, close);
        return [.. part.Rows.Select(rows => rows.Length)];
    }

    /// <summary>Appends what an N-way pass found; gives the number of records on each side.</summary>
    /// <param name="close">Called with (side, rows) for every row matched.</param>
    public int[] AppendTuples(int pass, PassFindings findings, Action<int, ReadOnlySpan<int>> close)
    {
        int[] order = [.. Enumerable.Range(0, findings.Tuples[0].Count).OrderBy(tuple => findings.Tuples[0][tuple])];
        var part = new Part(pass, order.Length, null, [.. findings.Tuples.Select(rows => Array.ConvertAll(order, tuple => rows[tuple]))]);
        Append(part, close);
        return [.. part.Rows.Select(rows => rows.Length)];
    }

    /// <summary>Appends matches of one source: rows ascending, the matches by their smallest row.</summary>
    /// <param name="close">Called with (side, rows) for every row matched.</param>
    public void Append(int pass, IReadOnlyList<int[]> matches, Action<int, ReadOnlySpan<int>> close)
    {
        var (rows, ends) = (new IntList(), new IntList());
        foreach (var match in matches)
        {
            rows.AddRange(match);
            ends.Add(rows.Count);
        }

        _parts.Add(new Part(pass, matches.Count, [ends], [rows.Span.ToArray()]));
        Count += matches.Count;
        close(0, rows.Span);
    }

    /// <summary>Appends what people matched; gives the number of records on each side.</summary>
    /// <param name="matches">Match by match the rows of each side, ascending.</param>
    public int[] AppendGiven(int pass, IReadOnlyList<int[][]> matches)
    {
        var (rows, ends) = (new IntList[sides], new IntList[sides]);
        for (var side = 0; side < sides; side++)
        {
            (rows[side], ends[side]) = (new IntList(), new IntList());
            foreach (var match in matches.OrderBy(match => match[0][0]))
            {
                rows[side].AddRange(match[side]);
                ends[side].Add(rows[side].Count);
            }
        }

        Append(new Part(pass, matches.Count, ends, [.. rows.Select(side => side.Span.ToArray())]), (_, _) => { });
        return [.. rows.Select(side => side.Count)];
    }

    public LegMatches Build(
        LegSpec leg, IReadOnlyList<AmbiguousComponent> ambiguous, IReadOnlyList<PassStatistics> passes,
        IReadOnlyList<int[]?> takenBy, IReadOnlyList<PartialMatch> partials, IReadOnlyList<ResidualsOfSide> residuals,
        IReadOnlyList<IReadOnlyDictionary<int, UnratedRecord>> unrated)
    {
        var passOf = MatchPasses.Of(_parts.Select(part => (part.Pass, part.Count)));
        return new(leg, passOf, [.. Enumerable.Range(0, sides).Select(Members)], ambiguous, passes, takenBy, partials)
        {
            Residuals = residuals,
            Unrated = unrated,
        };
    }

    void Append(Part part, Action<int, ReadOnlySpan<int>> close)
    {
        _parts.Add(part);
        Count += part.Count;
        for (var side = 0; side < sides; side++)
        {
            close(side, part.Rows[side]);
        }
    }

    MemberRows Members(int side)
    {
        var rows = GC.AllocateUninitializedArray<int>(_parts.Sum(part => part.Rows[side].Length));
        var singles = _parts.TakeWhile(part => part.Ends is null).Sum(part => part.Count);
        var ends = GC.AllocateUninitializedArray<int>(Count - singles);
        var (match, before) = (-singles, 0);
        foreach (var part in _parts)
        {
            for (var i = 0; match + part.Count > 0 && i < part.Count; i++)
            {
                ends[match + i] = before + (part.Ends is null ? i + 1 : part.Ends[side][i]);
            }

            part.Rows[side].CopyTo(rows, before);
            (match, before) = (match + part.Count, before + part.Rows[side].Length);
        }

        return new MemberRows(MatchEnds.Of(singles, ends), rows);
    }

    // Sorting by scattering: one slot a row of the first source, kept from pass to pass.
    Part PairsOf(PassPlan plan, PassFindings findings)
    {
        if (_partnerOf.Length < plan.Tables[0].Count)
        {
            _partnerOf = GC.AllocateUninitializedArray<int>(plan.Tables[0].Count);
            Array.Fill(_partnerOf, NoPartner);
        }

        findings.Pairs.WritePartners(_partnerOf);
        var (first, second) = (GC.AllocateUninitializedArray<int>(findings.Pairs.Count), GC.AllocateUninitializedArray<int>(findings.Pairs.Count));
        var found = 0;
        for (var row = NextPaired(0); row < _partnerOf.Length; row = NextPaired(row + 1))
        {
            (first[found], second[found]) = (row, _partnerOf[row]);
            _partnerOf[row] = NoPartner;
            found++;
        }

        Require.That(found == findings.Pairs.Count);
        return new Part(plan.Pass.Index, found, null, [first, second]);
    }

    int NextPaired(int row)
    {
        if (row < _partnerOf.Length && _partnerOf[row] == NoPartner)
        {
            var next = _partnerOf.AsSpan(row).IndexOfAnyExcept(NoPartner);
            return next == -1 ? _partnerOf.Length : row + next;
        }

        return row;
    }

    static Part GroupsOf(PassPlan plan, PassFindings findings)
    {
        IntList[] rows = [new(), new()];
        IntList[] ends = [new(), new()];
        foreach (var group in Enumerable.Range(0, findings.GroupCount).OrderBy(group => findings.GroupRows(0, group)[0]))
        {
            for (var side = 0; side < rows.Length; side++)
            {
                rows[side].AddRange(findings.GroupRows(side, group));
                ends[side].Add(rows[side].Count);
            }
        }

        return new Part(plan.Pass.Index, findings.GroupCount, ends, [rows[0].Span.ToArray(), rows[1].Span.ToArray()]);
    }
}
