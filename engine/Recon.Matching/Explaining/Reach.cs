// Which rows a pass could take, told from what matching found.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The fate of every row of a leg.</summary>
sealed class Reach
{
    readonly Pack _pack;
    readonly RecordTable[] _tables;
    readonly LegMatches _found;
    readonly bool[]?[] _settled;
    readonly int[][] _matchOf;
    readonly Dictionary<int, int>[] _heldBy = [[], []];

    public Reach(Pack pack, RecordTable[] tables, LegMatches found, bool[]?[] settled)
    {
        (_pack, _tables, _found) = (pack, tables, found);
        _settled = [.. settled.Select((rows, side) => Padded(rows, tables[side].Count))];
        _matchOf = [found.MatchOfRow(0, tables[0].Count), found.MatchOfRow(1, tables[1].Count)];
        foreach (var component in found.Ambiguous.Where(each => pack.Passes[each.Pass].Hold))
        {
            Hold(0, component.Rows[0], component.Pass);
            Hold(1, component.Rows[1], component.Pass);
        }
    }

    /// <summary>Match of a row; −1 for open.</summary>
    public int MatchOf(int side, int row) => _matchOf[side][row];

    /// <summary>True where no pass matched the row and no earlier run settled it.</summary>
    public bool IsOpen(int side, int row) => _matchOf[side][row] == -1 && _settled[side]?[row] != true
        && _found.TakenBy(side, row) == -1;

    /// <summary>True where the pass could take the row: nothing before it did.</summary>
    public bool Reaches(PassSpec pass, int side, int row) => IsBorn(pass, side, row) && _settled[side]?[row] != true
        && (_matchOf[side][row] == -1 || _found.PassOf(_matchOf[side][row]) >= pass.Index)
        && (_found.TakenBy(side, row) == -1 || _found.TakenBy(side, row) >= pass.Index)
        && !(_heldBy[side].TryGetValue(row, out var holder) && holder < pass.Index);

    // What is left of a record is there from the pass on that split it.
    bool IsBorn(PassSpec pass, int side, int row)
    {
        var residuals = _found.ResidualsOf(side);
        var first = _tables[side].Count - residuals.Count;
        return row < first || residuals[row - first].Pass <= pass.Index;
    }

    static bool[]? Padded(bool[]? rows, int count)
    {
        Array.Resize(ref rows, rows is null ? 0 : count);
        return rows.Length == 0 ? null : rows;
    }

    public OutOfReach? Taken(PassSpec pass, int side, int row)
    {
        if (Reaches(pass, side, row))
        {
            return null;
        }

        var (match, elsewhere) = (_matchOf[side][row], _found.TakenBy(side, row));
        return match != -1 ? new OutOfReach(_pack.Passes[_found.PassOf(match)], Partners(side, row))
            : elsewhere != -1 ? new OutOfReach(_pack.Passes[elsewhere], [])
            : new OutOfReach(_heldBy[side].TryGetValue(row, out var holder) ? _pack.Passes[holder] : null,
                []);
    }

    /// <summary>Ids of the other source's records in the row's match.</summary>
    public IReadOnlyList<string> Partners(int side, int row)
    {
        var match = _matchOf[side][row];
        return match == -1 ? [] : [.. _found.RowsOf(1 - side, match).ToArray().Select(_tables[1 - side].Id)];
    }

    void Hold(int side, IReadOnlyList<int> rows, int pass)
    {
        foreach (var row in rows)
        {
            _heldBy[side][row] = pass;
        }
    }
}
