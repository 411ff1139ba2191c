// The comparisons of one pass, asked of its matches.
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>Finds and describes the differences of the matches of one pass: right − left of the pass.</summary>
sealed class PassChecks
{
    readonly LegView _view;
    readonly LegMatches _matches;
    readonly Facing[] _facing;

    /// <param name="rates">Tables of rates by name.</param>
    public PassChecks(PassSpec pass, LegView view, IReadOnlyDictionary<string, RateTable> rates)
    {
        (_view, _matches) = (view, view.Matches);
        _facing = pass.IsNet
            ? [.. pass.Comparisons.Where(IsOfAmounts).Select(pair => new Facing(new NetCheck(pair, view.Tables[0]), 0, 0))]
            : [.. pass.Comparisons.Select(pair => FacingOf(pass, pair, view, rates)).OfType<Facing>()];
    }

    public bool Differs(int match)
    {
        foreach (var facing in _facing)
        {
            if (DiffersIn(facing, match))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In the order of the pass's comparisons; empty where nothing differs.</summary>
    public IReadOnlyList<Disagreement> Describe(int match)
    {
        var found = new List<Disagreement>();
        foreach (var facing in _facing)
        {
            if (DiffersIn(facing, match))
            {
                found.Add(facing.Check.Describe(
                    _matches.RowsOf(facing.LeftSide, match), _matches.RowsOf(facing.RightSide, match)));
            }
        }

        return found;
    }

    // What a residual stands for is no difference.
    bool DiffersIn(Facing facing, int match) => !(facing.IsSplit && LeavesResidual(match)) && facing.Check.Differs(
        _matches.RowsOf(facing.LeftSide, match), _matches.RowsOf(facing.RightSide, match));

    static bool IsOfAmounts(Comparison pair) => pair.Tolerance is AmountTolerance;

    bool LeavesResidual(int match)
    {
        for (var side = 0; side < _matches.Leg.Sources.Count; side++)
        {
            if (_view.IsSplit(side, _matches.RowsOf(side, match)[0]))
            {
                return true;
            }
        }

        return false;
    }

    static Facing? FacingOf(PassSpec pass, Comparison pair, LegView view, IReadOnlyDictionary<string, RateTable> rates)
    {
        var (left, right) = (view.SideOf(pair.Left.Source), view.SideOf(pair.Right.Source));
        return ComparisonCheck.Of(pair, view.Tables[left], view.Tables[right], rates) is { } check
            ? new Facing(check, left, right, pass.Partial is not null && pair == pass.Split)
            : null;
    }

    sealed record Facing(ComparisonCheck Check, int LeftSide, int RightSide, bool IsSplit = false);
}
