// Joins records that speak of the same thing: what legs matched or could not tell apart.
using Recon.Model;

namespace Recon.Judging.Weighing;

/// <summary>Records of one event share a number: the components of what was joined so far.</summary>
/// <remarks>Union-find with path halving; the smaller number is the root, so that numbers do not depend on the order.</remarks>
sealed class Events
{
    readonly int[] _offsets;
    readonly int[] _parents;

    readonly List<(int Leg, int Side, int First, int Offset)> _residuals = [];
    readonly HashSet<string> _split;

    public Events(IReadOnlyList<RecordTable> tables, IReadOnlyList<LegView> legs)
    {
        _offsets = new int[tables.Count];
        var count = 0;
        for (var i = 0; i < tables.Count; i++)
        {
            _offsets[i] = count;
            count += tables[i].Count;
        }

        _split = [.. legs.SelectMany(view => view.Tables).Where(table => table.Origins.Residuals.Count > 0).Select(table => table.Name)];

        // What is left of a record is a record of its own, on one leg.
        foreach (var view in legs)
        {
            for (var side = 0; side < view.Tables.Count; side++)
            {
                if (view.Matches.ResidualsOf(side).Count is > 0 and var more)
                {
                    _residuals.Add((view.Leg.Index, side, view.Tables[side].Count - more, count));
                    count += more;
                }
            }
        }

        _parents = new int[count];
        for (var i = 0; i < count; i++)
        {
            _parents[i] = i;
        }
    }

    /// <summary>Joins the members of every match of the leg but those of <paramref name="except"/>.</summary>
    public void JoinMatches(LegView view, IEnumerable<Subject> except)
    {
        var leftOut = except
            .Where(subject => subject.View.Leg.Index == view.Leg.Index)
            .Select(subject => subject.Rows[0][0])
            .ToHashSet();
        for (var match = 0; match < view.Matches.Count; match++)
        {
            if (!leftOut.Contains(view.Matches.RowsOf(0, match)[0]))
            {
                var anchor = NodeOf(view, 0, view.Matches.RowsOf(0, match)[0]);
                for (var side = 0; side < view.Tables.Count; side++)
                {
                    Join(anchor, view, side, view.Matches.RowsOf(side, match));
                }
            }
        }
    }

    public void Join(Subject subject)
    {
        var anchor = AnchorOf(subject);
        for (var side = 0; side < subject.Rows.Count; side++)
        {
            Join(anchor, subject.View, side, subject.Rows[side]);
        }
    }

    /// <summary>Joins the records that a pass found together, though one source is missing.</summary>
    public void JoinPartials(LegView view)
    {
        foreach (var partial in view.Matches.Partials)
        {
            var anchor = -1;
            for (var side = 0; side < partial.Rows.Count; side++)
            {
                if (side != partial.Missing)
                {
                    var node = NodeOf(view, side, partial.Rows[side]);
                    anchor = anchor < 0 ? node : anchor;
                    Join(anchor, node);
                }
            }
        }
    }

    /// <summary>True where all members are of one event already.</summary>
    public bool AreJoined(Subject subject)
    {
        var root = Root(AnchorOf(subject));
        return subject.Rows.Select((rows, side) => (rows, side))
            .All(each => each.rows.All(row => Root(NodeOf(subject.View, each.side, row)) == root));
    }

    /// <summary>The number of a record's event.</summary>
    /// <param name="node">Its <see cref="NodeOf"/>.</param>
    public int Of(int node) => Root(node);

    /// <summary>The number of a record: the same on all legs, but for what is left of one.</summary>
    public int NodeOf(LegView view, int side, int row)
    {
        foreach (var (leg, residualSide, first, offset) in _residuals)
        {
            if (leg == view.Leg.Index && residualSide == side && row >= first)
            {
                return offset + row - first;
            }
        }

        return _offsets[view.Tables[side].Source.Index] + row;
    }

    /// <summary>Id of the record as it was read; null where nothing is left of any record of its source.</summary>
    public string? WholeOf(RecordTable table, int row) => !_split.Contains(table.Name) ? null
        : table.Origins.Residuals.TryGetValue(row, out var left) ? left.Record
        : table.Id(row);

    int AnchorOf(Subject subject) => NodeOf(subject.View, subject.FirstSide, subject.Rows[subject.FirstSide][0]);

    void Join(int anchor, LegView view, int side, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            Join(anchor, NodeOf(view, side, row));
        }
    }

    void Join(int a, int b)
    {
        var (rootA, rootB) = (Root(a), Root(b));
        _parents[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
    }

    int Root(int node)
    {
        while (_parents[node] != node)
        {
            _parents[node] = _parents[_parents[node]];
            node = _parents[node];
        }

        return node;
    }
}
