// The texts of one block, made ready once, and the pairs of them that may meet the pass's text conditions.
using Recon.Matching.Blocks;
using Recon.Matching.Texts;

namespace Recon.Matching.Choosing;

/// <summary>Texts by side and place: the place of a row is its index in what was entered.</summary>
sealed class BlockTexts(PassPlan plan)
{
    readonly TextValue[][][] _values = [[], []];
    readonly List<int> _found = [];
    int _indexedSide;
    TextIndex? _index;

    /// <summary>True where the pass asks anything of texts.</summary>
    public bool IsAsked => plan.Texts.Count > 0;

    /// <summary>Takes the rows of one side; what was entered before is forgotten.</summary>
    public void Enter(int side, IReadOnlyList<int> rows)
    {
        if (IsAsked)
        {
            _values[side] = [.. rows.Select(row => plan.Texts.Select(text => text.ValueOf(side, row)).ToArray())];
            _index = side == _indexedSide ? null : _index;
        }
    }

    /// <summary>True where all text conditions hold between two places.</summary>
    /// <param name="distances">By text condition; 0 where a condition is not measured.</param>
    public bool Fit(int firstPlace, int secondPlace, Span<int> distances)
    {
        for (var i = 0; i < plan.Texts.Count; i++)
        {
            if (!plan.Texts[i].Holds(_values[0][firstPlace][i], _values[1][secondPlace][i], out distances[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Prepares the places of one side to be searched by texts of the other.</summary>
    public void Index(int side)
    {
        _indexedSide = side;
        _index = _values[side].Length <= plan.FewTexts
            ? null
            : plan.Texts[0].IndexOver(side, [.. _values[side].Select(values => values[0])]);
    }

    /// <summary>Places of the indexed side that may meet the first text condition, ascending; valid until the next call.</summary>
    /// <param name="side">The side that is not indexed.</param>
    /// <param name="place">A place of it.</param>
    public IReadOnlyList<int> Near(int side, int place)
    {
        _found.Clear();
        if (_index is null)
        {
            _found.AddRange(Enumerable.Range(0, _values[_indexedSide].Length));
            return _found;
        }

        _index.Find(_values[side][place][0], _found);
        _found.Sort();
        var kept = 0;
        for (var i = 0; i < _found.Count; i++)
        {
            if (kept == 0 || _found[kept - 1] != _found[i])
            {
                _found[kept++] = _found[i];
            }
        }

        _found.RemoveRange(kept, _found.Count - kept);
        return _found;
    }
}
