// Which rows a pass could take, told from what matching found.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The fate of every row of two sides of a leg.</summary>
sealed class Reach
{
    readonly Pack _pack;
    readonly RecordTable[] _tables;
    readonly LegMatches _found;
    readonly bool[]?[] _settled;
    readonly int[][] _matchOf;
    readonly int[] _sides;
    readonly Dictionary<int, int>[] _heldBy = [[], []];

    /// <param name="tables">The two that are asked about; they are sides 0 and 1 here.</param>
    /// <param name="settled">By side of the leg.</param>
    /// <param name="sides">Their sides on the leg.</param>
    public Reach(Pack pack, RecordTable[] tables, LegMatches found, bool[]?[] settled, int[] sides)
    {
        (_pack, _tables, _found, _sides) = (pack, tables, found, sides);
        _settled = Array.ConvertAll(sides, side => settled[side]);
        _matchOf = [.. sides.Select((side, place) => found.MatchOfRow(side, tables[place].Count - found.ResidualsOf(side).Count))];
        foreach (var component in found.Ambiguous.Where(each => pack.Passes[each.Pass].Hold))
        {
            Hold(0, component.Rows[sides[0]], component.Pass);
            Hold(1, component.Rows[sides[1]], component.Pass);
        }
    }

    /// <summary>Match of a row; −1 for open.</summary>
    public int MatchOf(int side, int row) => _matchOf[side][row];

    /// <summary>True where no pass matched the row and no earlier run settled it.</summary>
    public bool IsOpen(int side, int row) => _matchOf[side][row] == -1 && !IsSettled(side, row)
        && _found.TakenBy(_sides[side], row) == -1;

    /// <summary>True where the pass could take the row: nothing before it did.</summary>
    public bool Reaches(PassSpec pass, int side, int row) => IsBorn(pass, side, row) && !IsSettled(side, row)
        && (_matchOf[side][row] == -1 || _found.PassOf(_matchOf[side][row]) >= pass.Index)
        && (_found.TakenBy(_sides[side], row) == -1 || _found.TakenBy(_sides[side], row) >= pass.Index)
        && !(_heldBy[side].TryGetValue(row, out var holder) && holder < pass.Index);

    /// <summary>True for what is left of another row: it was not there before that was matched.</summary>
    public bool IsLeftOf(int side, int row, int whole)
    {
        for (var residual = ResidualAt(side, row); residual is not null; residual = ResidualAt(side, residual.Split))
        {
            if (residual.Split == whole)
            {
                return true;
            }
        }

        return false;
    }

    bool IsSettled(int side, int row) => _settled[side] is { } settled && row < settled.Length && settled[row];

    // What is left of a record is there from the pass on that split it.
    bool IsBorn(PassSpec pass, int side, int row) => ResidualAt(side, row) is not { } residual || residual.Pass <= pass.Index;

    Residual? ResidualAt(int side, int row)
    {
        var residuals = _found.ResidualsOf(_sides[side]);
        var first = _tables[side].Count - residuals.Count;
        return row < first ? null : residuals[row - first];
    }

    public OutOfReach? Taken(PassSpec pass, int side, int row)
    {
        if (Reaches(pass, side, row))
        {
            return null;
        }

        if (!IsBorn(pass, side, row))
        {
            return new OutOfReach(_pack.Passes[ResidualAt(side, row)!.Pass], []) { IsBornLater = true };
        }

        var (match, elsewhere) = (_matchOf[side][row], _found.TakenBy(_sides[side], row));
        return match != -1 ? new OutOfReach(_pack.Passes[_found.PassOf(match)], Partners(side, row))
            : elsewhere != -1 ? new OutOfReach(_pack.Passes[elsewhere], []) { IsOnOtherLeg = true }
            : new OutOfReach(_heldBy[side].TryGetValue(row, out var holder) ? _pack.Passes[holder] : null,
                []);
    }

    /// <summary>Ids of the other source's records in the row's match.</summary>
    public IReadOnlyList<string> Partners(int side, int row)
    {
        var match = _matchOf[side][row];
        return match == -1 ? [] : [.. _found.RowsOf(_sides[1 - side], match).ToArray().Select(_tables[1 - side].Id)];
    }

    void Hold(int side, IReadOnlyList<int> rows, int pass)
    {
        foreach (var row in rows)
        {
            _heldBy[side][row] = pass;
        }
    }
}
