// The comparisons of one pass, asked of its matches.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>Finds and describes the differences of the matches of one pass: right − left of the pass.</summary>
sealed class PassChecks
{
    readonly LegMatches _matches;
    readonly int _leftSide;
    readonly ComparisonCheck[] _checks;

    public PassChecks(PassSpec pass, LegView view)
    {
        _matches = view.Matches;
        _leftSide = view.SideOf(pass.Left.Name);
        var (left, right) = (view.Tables[_leftSide], view.Tables[1 - _leftSide]);
        var checks = pass.Comparisons.Select(pair => ComparisonCheck.Of(pair, left, right));
        _checks = [.. checks.OfType<ComparisonCheck>()];
    }

    public bool Differs(int match)
    {
        var left = _matches.RowsOf(_leftSide, match);
        var right = _matches.RowsOf(1 - _leftSide, match);
        foreach (var check in _checks)
        {
            if (check.Differs(left, right))
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
        var left = _matches.RowsOf(_leftSide, match);
        var right = _matches.RowsOf(1 - _leftSide, match);
        foreach (var check in _checks)
        {
            if (check.Differs(left, right))
            {
                found.Add(check.Describe(left, right));
            }
        }

        return found;
    }
}
