// Finds the group that two records would stand in, in a pass that groups by total.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

sealed class GroupSearch(PassConditions pass, RecordTable[] tables, Reach reach)
{
    // Pairs that are asked before a group is told as far as it was found: some seconds.
    const long MostAsked = 50_000_000;

    /// <summary>Everything within reach that meets key, times and texts with the one record; in n:m directly or through others.</summary>
    public Group Of(int first, int second) => pass.Pass.Cardinality == Cardinality.ManyToMany
        ? Linked(first, second)
        : pass.OneSide == 0 ? new Group([first], Meeting(0, first, Near(1, first))) : new Group(Meeting(1, second, Near(0, second)), [second]);

    // Rows of a side that share the key of a row of the other.
    List<int> Near(int side, int other) =>
    [
        .. Enumerable.Range(0, tables[side].Count).Where(row =>
            (side == 0 ? pass.KeyHolds(row, other) : pass.KeyHolds(other, row)) && reach.Reaches(pass.Pass, side, row)),
    ];

    List<int> Meeting(int side, int row, List<int> others) =>
        others.FindAll(other => side == 0 ? pass.PairHolds(row, other) : pass.PairHolds(other, row));

    Group Linked(int first, int second)
    {
        if (!pass.KeyHolds(first, second))
        {
            return new Group([first], []);
        }

        List<int>[] left = [Near(0, second), Near(1, first)];
        List<int>[] found = [[], []];
        var waiting = new Queue<(int Side, int Row)>([(0, first)]);
        found[0].Add(first);
        left[0].Remove(first);
        for (long asked = 0; asked < MostAsked && waiting.TryDequeue(out var next);)
        {
            var other = 1 - next.Side;
            var meeting = Meeting(next.Side, next.Row, left[other]);
            asked += left[other].Count;
            left[other].RemoveAll(meeting.ToHashSet().Contains);
            found[other].AddRange(meeting);
            meeting.ForEach(row => waiting.Enqueue((other, row)));
        }

        found[0].Sort();
        found[1].Sort();
        return new Group(found[0], found[1]);
    }
}
