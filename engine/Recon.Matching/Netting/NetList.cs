// Runs the passes of a pack that net and takes what they find off every leg.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Netting;

sealed class NetList(Pack pack, IReadOnlyList<LegMatcher> legs)
{
    readonly List<(PassSpec Pass, RecordTable Table, NetPairs Pairs, PassFindings Findings)> _undecided = [];

    /// <exception cref="RuleFailedException">The pass's C# threw; the failure of the first record.</exception>
    public void Run(PassSpec pass, RecordTable table, MatchOptions options, ReaderFactory readers, Workers workers)
    {
        var closed = RecordCondition.Refused(pass, table, OutOfReach(table), options.Rules);
        if (pass.Kind == PassKind.NetGroup)
        {
            using var groups = new NetGroups(pass, table, closed, options, readers, workers);
            var found = groups.Find(workers);
            Take(pass, table, found);
            Note(pass, groups.Candidates, found.Count, found, capped: 0, alternatives: 0);
        }
        else
        {
            RunPairs(pass, table, closed, new NetPairs(pack, pass, table, options, readers, workers));
        }

        options.Progress?.Invoke(pass.Index, 1);
    }

    /// <summary>
    /// What the passes left ambiguous and nothing took since, listed on the legs of one source; called once, after the last
    /// pass. The first pass that found a record ambiguous lists it.
    /// </summary>
    public void ListAmbiguous()
    {
        var listed = new HashSet<(int Source, int Row)>();
        foreach (var (pass, table, pairs, findings) in _undecided)
        {
            var found = pairs.List(ClosedBut(table, findings.Ambiguous, listed))
                .Concat(findings.Capped.Select(block => Capped(pass, table, block, listed)).OfType<AmbiguousComponent>())
                .OrderBy(component => component.Rows[0][0]).ToList();
            legs[pass.Leg.Index].List(found);
            listed.UnionWith(found.SelectMany(component => component.Rows[0]).Select(row => (table.Source.Index, row)));
        }
    }

    void RunPairs(PassSpec pass, RecordTable table, bool[] closed, NetPairs pairs)
    {
        var findings = pairs.Find(closed);
        var found = findings.Pairs.All()
            .Select(pair => pair.First < pair.Second ? new[] { pair.First, pair.Second } : [pair.Second, pair.First])
            .OrderBy(rows => rows[0]).ToList();
        Take(pass, table, found);
        Note(pass, findings.Candidates, findings.Fitting, found, findings.Capped.Count, findings.Alternatives);
        if (findings.Ambiguous[0].Count > 0 || findings.Capped.Count > 0)
        {
            _undecided.Add((pass, table, pairs, findings));
            Hold(pass, table, findings);
        }
    }

    void Note(PassSpec pass, long candidates, long fitting, IReadOnlyList<int[]> found, int capped, int alternatives) =>
        legs[pass.Leg.Index].Note(new PassStatistics(
            pass.Index, candidates, fitting, found.Count, [found.Sum(rows => rows.Length)], capped, alternatives));

    IEnumerable<(LegMatcher Leg, int Side)> LegsOf(RecordTable table) => LegsOf(table.Name);

    IEnumerable<(LegMatcher Leg, int Side)> LegsOf(string source) =>
        legs.Select(leg => (leg, leg.Leg.SideOf(source))).Where(each => each.Item2 >= 0);

    // Only what nothing has taken on any leg: what is matched already does not cancel.
    bool[] OutOfReach(RecordTable table)
    {
        var closed = new bool[table.Count];
        foreach (var (leg, side) in LegsOf(table))
        {
            for (var row = 0; row < closed.Length; row++)
            {
                closed[row] |= !leg.IsOffered(side, row);
            }
        }

        return closed;
    }

    /// <summary>Postings of ours are taken off every other leg of the books; what people matched is of its leg alone.</summary>
    public void TakeElsewhere(PassSpec pass, IReadOnlyList<int[][]> given)
    {
        if (pass.Kind == PassKind.OwnPostings)
        {
            var side = pass.Leg.SideOf(pass.Left.Name);
            TakeElsewhere(pass, pass.Left.Name, given.Select(match => match[side]));
        }
    }

    void Take(PassSpec pass, RecordTable table, IReadOnlyList<int[]> found)
    {
        legs[pass.Leg.Index].Take(pass.Index, found);
        TakeElsewhere(pass, table.Name, found);
    }

    void TakeElsewhere(PassSpec pass, string source, IEnumerable<int[]> found)
    {
        var others = LegsOf(source).Where(each => each.Leg.Leg.Index != pass.Leg.Index).ToList();
        foreach (var row in found.SelectMany(rows => rows))
        {
            foreach (var (leg, side) in others.Where(each => each.Leg.IsOpen(each.Side, row)))
            {
                leg.TakeElsewhere(side, row, pass.Index);
            }
        }
    }

    void Hold(PassSpec pass, RecordTable table, PassFindings findings)
    {
        if (!pass.Hold)
        {
            return;
        }

        IEnumerable<int> rows =
        [
            .. findings.Ambiguous[0].Span, .. findings.Ambiguous[1].Span,
            .. findings.Capped.SelectMany(block => block.Rows[0].Concat(block.Rows[1])),
        ];
        foreach (var (leg, side) in LegsOf(table))
        {
            foreach (var row in rows)
            {
                leg.Withhold(side, row);
            }
        }
    }

    bool IsOpen(RecordTable table, int row) => LegsOf(table).All(each => each.Leg.IsOpen(each.Side, row));

    bool[] ClosedBut(RecordTable table, IntList[] rows, HashSet<(int, int)> listed)
    {
        var closed = new bool[table.Count];
        Array.Fill(closed, true);
        foreach (var side in rows)
        {
            foreach (var row in side.Span)
            {
                closed[row] = !IsOpen(table, row) || listed.Contains((table.Source.Index, row));
            }
        }

        return closed;
    }

    AmbiguousComponent? Capped(PassSpec pass, RecordTable table, CappedRows block, HashSet<(int, int)> listed)
    {
        var first = Array.FindAll(block.Rows[0], Remains);
        var second = Array.FindAll(block.Rows[1], Remains);
        return first.Length == 0 || second.Length == 0
            ? null
            : new AmbiguousComponent(pass.Index, [[.. first.Concat(second).Order()]], [], EdgeCount: 0, IsCapped: true) { Cap = block.Cause };

        bool Remains(int row) => IsOpen(table, row) && !listed.Contains((table.Source.Index, row));
    }
}
