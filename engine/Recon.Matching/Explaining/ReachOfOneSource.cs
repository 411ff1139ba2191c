// Which records of a source a pass of that source alone could take, told from what matching found on all legs.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The fate of every row of a source over all its legs.</summary>
sealed class ReachOfOneSource
{
    readonly Pack _pack;
    readonly RecordTable _table;
    readonly List<(LegMatches Found, int Side, int[] MatchOf, bool[]? Settled)> _legs = [];
    readonly Dictionary<int, int> _heldBy = [];

    public ReachOfOneSource(Pack pack, RecordTable table, MatchSet found, MatchScope scope)
    {
        (_pack, _table) = (pack, table);
        foreach (var leg in found.Legs)
        {
            var side = leg.Leg.SideOf(table.Name);
            if (side >= 0)
            {
                _legs.Add((leg, side, leg.MatchOfRow(side, table.Count), scope.SettledRows[leg.Leg.Index][side]));
                Hold(leg, side);
            }
        }
    }

    /// <summary>True where no pass and no earlier run has taken the record on any leg.</summary>
    public bool IsOpen(int row) => TakenBy(row) is null && !IsSettled(row);

    /// <summary>True where nothing before the pass took the record.</summary>
    public bool Reaches(PassSpec pass, int row) => !IsSettled(row) && (TakenBy(row) is not { } taker || taker >= pass.Index)
        && !IsHeld(pass, row);

    /// <summary>What took the record before the pass; null where nothing did.</summary>
    public OutOfReach? Taken(PassSpec pass, int row)
    {
        if (Reaches(pass, row))
        {
            return null;
        }

        return IsSettled(row) ? new OutOfReach(null, [])
            : IsHeld(pass, row) ? new OutOfReach(_pack.Passes[_heldBy[row]], [])
            : new OutOfReach(_pack.Passes[TakenBy(row)!.Value], PartnersOf(row));
    }

    bool IsHeld(PassSpec pass, int row) => _heldBy.TryGetValue(row, out var holder) && holder < pass.Index;

    // What a pass held on one leg is out of reach on all.
    void Hold(LegMatches found, int side)
    {
        foreach (var component in found.Ambiguous.Where(each => _pack.Passes[each.Pass].Hold && side < each.Rows.Count))
        {
            foreach (var row in component.Rows[side])
            {
                _heldBy[row] = Math.Min(component.Pass, _heldBy.GetValueOrDefault(row, int.MaxValue));
            }
        }
    }

    bool IsSettled(int row) => _legs.Exists(leg => leg.Settled is { } settled && row < settled.Length && settled[row]);

    // The first pass that took it on some leg.
    int? TakenBy(int row)
    {
        int? first = null;
        foreach (var (found, side, matchOf, _) in _legs)
        {
            var taker = matchOf[row] >= 0 ? found.PassOf(matchOf[row]) : found.TakenBy(side, row);
            first = taker >= 0 && (first is null || taker < first) ? taker : first;
        }

        return first;
    }

    List<string> PartnersOf(int row)
    {
        var (found, _, matchOf, _) = _legs.Find(leg => leg.MatchOf[row] >= 0);
        return found is null || found.Leg.Sources.Count != 1
            ? []
            : [.. found.RowsOf(0, matchOf[row]).ToArray().Where(other => other != row).Select(_table.Id)];
    }
}
