// Joins records that speak of the same thing: what legs matched or could not tell apart.
using Recon.Model;

namespace Recon.Judging.Weighing;

/// <summary>Records of one event share a number: the components of all matches and ambiguous breaks, over all legs.</summary>
/// <remarks>Union-find with path halving; the smaller number is the root, so that numbers do not depend on the order.</remarks>
sealed class Events
{
    readonly int[] _offsets;
    readonly int[] _parents;

    Events(IReadOnlyList<RecordTable> tables)
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

    public static Events Of(
        IReadOnlyList<RecordTable> tables, IReadOnlyList<LegView> legs, IReadOnlyList<Subject> subjects)
    {
        var events = new Events(tables);
        foreach (var subject in subjects.Where(subject => subject.Kind == BreakKind.Ambiguous))
        {
            events.Join(subject.View, subject.FirstRows, subject.SecondRows);
        }

        // On a single leg an open record stands in no match.
        foreach (var view in legs.Count > 1 ? legs : [])
        {
            for (var match = 0; match < view.Matches.Count; match++)
            {
                events.Join(view, view.Matches.FirstRows(match), view.Matches.SecondRows(match));
            }
        }

        return events;
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
