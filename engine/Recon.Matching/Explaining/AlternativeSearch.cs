// Finds the records that could have stood in a match, and says why they do not.
using Recon.Matching.Choosing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>Alternatives to one match of a pass.</summary>
sealed class AlternativeSearch(Checks checks, RecordTable[] tables, Reach reach, Group match)
{
    readonly List<Alternative> _found = [];

    public int Count { get; private set; }

    public int LookedAt { get; private set; }

    public int Available { get; private set; }

    public IReadOnlyList<Alternative> Found => _found;

    /// <summary>
    /// In a 1:1 pass both sides are searched; in a group pass others that could have had the same members; in n:m none.
    /// </summary>
    public void Search(int limit, int mostLookedAt)
    {
        var pass = checks.Pass;
        for (var side = 0; side < 2; side++)
        {
            if (!pass.IsGroup || (side == pass.OneSide && pass.Pass.Cardinality != Cardinality.ManyToMany))
            {
                Search(side, match.Rows(side)[0], row => match.With(side, [row]), limit, mostLookedAt);
            }
        }
    }

    void Search(int side, int chosen, Func<int, Group> with, int limit, int mostLookedAt)
    {
        for (var row = 0; row < tables[side].Count; row++)
        {
            if (row == chosen || reach.IsLeftOf(side, row, chosen) || !reach.Reaches(checks.Pass.Pass, side, row))
            {
                continue;
            }

            Available++;
            if (LookedAt >= mostLookedAt)
            {
                continue;
            }

            LookedAt++;
            var group = with(row);
            if (checks.Holds(group))
            {
                Count++;
                Add(side, row, chosen, group, limit);
            }
        }
    }

    void Add(int side, int row, int chosen, Group group, int limit)
    {
        if (_found.Count < limit)
        {
            _found.Add(new Alternative(
                side, row, tables[side].Id(row), ReasonOf(side, row, chosen, group),
                    reach.Partners(side, row)));
        }
    }

    RejectionReason ReasonOf(int side, int row, int chosen, Group group)
    {
        var pass = checks.Pass.Pass;
        if (pass.Tie.Kind is TieKind.Oldest or TieKind.Newest)
        {
            var field = side == checks.Pass.LeftSide ? pass.Tie.LeftField : pass.Tie.RightField;
            var order = new FieldOrder(tables[side], field, pass.Tie.Kind == TieKind.Newest);
            return order.Compare(row, chosen) > 0
                ? RejectionReason.LaterInOrder
                : RejectionReason.TakenBefore;
        }

        if (pass.Tie.Kind == TieKind.Best)
        {
            return RejectionReason.NotBestAsAWhole;
        }

        var distance = pass.Tie.Kind == TieKind.Closest
            ? group.Distance(checks.Pass).AsSpan().SequenceCompareTo(match.Distance(checks.Pass))
            : 0;
        return distance > 0
            ? RejectionReason.Farther
            : distance == 0 && row > chosen
            ? RejectionReason.LargerId
            : RejectionReason.TakenBefore;
    }
}
