// Joins records that speak of the same thing: what legs matched or could not tell apart.
using Recon.Model;

namespace Recon.Judging.Weighing;

/// <summary>Records of one event share a number: the components of what was joined so far.</summary>
/// <remarks>Union-find with path halving; the smaller number is the root, so that numbers do not depend on the order.</remarks>
sealed class Events
{
    readonly int[] _offsets;
    readonly int[] _parents;

    public Events(IReadOnlyList<RecordTable> tables)
    {
        _offsets = new int[tables.Count];
        var count = 0;
        for (var i = 0; i < tables.Count; i++)
        {
            _offsets[i] = count;
            count += tables[i].Count;
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
            .Select(subject => subject.FirstRows[0])
            .ToHashSet();
        for (var match = 0; match < view.Matches.Count; match++)
        {
            if (!leftOut.Contains(view.Matches.FirstRows(match)[0]))
            {
                Join(view, view.Matches.FirstRows(match), view.Matches.SecondRows(match));
            }
        }
    }

    public void Join(Subject subject) => Join(subject.View, subject.FirstRows, subject.SecondRows);

    /// <summary>True where all members are of one event already.</summary>
    public bool AreJoined(Subject subject)
    {
        var (first, second) = (subject.View.Tables[0].Source.Index, subject.View.Tables[1].Source.Index);
        var number = Of(first, subject.FirstRows[0]);
        return subject.FirstRows.All(row => Of(first, row) == number)
            && subject.SecondRows.All(row => Of(second, row) == number);
    }

    /// <summary>The number of a record's event.</summary>
    /// <param name="source">Index of the source in the pack.</param>
    public int Of(int source, int row) => Root(_offsets[source] + row);

    void Join(LegView view, ReadOnlySpan<int> firstRows, ReadOnlySpan<int> secondRows)
    {
        var anchor = _offsets[view.Tables[0].Source.Index] + firstRows[0];
        foreach (var row in firstRows[1..])
        {
            Join(anchor, _offsets[view.Tables[0].Source.Index] + row);
        }

        foreach (var row in secondRows)
        {
            Join(anchor, _offsets[view.Tables[1].Source.Index] + row);
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
