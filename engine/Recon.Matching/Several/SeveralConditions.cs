// What each two records of a candidate of an N-way pass must meet beside the key.
using Recon.Matching.Explaining;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Several;

/// <summary>Not safe for several threads.</summary>
sealed class SeveralConditions
{
    readonly PassConditions?[,] _conditions;
    readonly List<(int Side, int Other, Condition Condition)> _measures = [];

    public SeveralConditions(PassSpec pass, RecordTable[] tables, ReaderFactory readers)
    {
        _conditions = new PassConditions?[tables.Length, tables.Length];
        foreach (var pair in pass.Pairs.Where(pair => pair.Comparisons.Any(each => each.Tolerance is not null)))
        {
            var (first, second) = (pass.Leg.SideOf(pair.Leg.Names[0]), pass.Leg.SideOf(pair.Leg.Names[1]));
            _conditions[first, second] = new PassConditions(pair with { Key = [] }, [tables[first], tables[second]], readers);
        }

        foreach (var comparison in pass.Comparisons)
        {
            AddMeasure(comparison);
        }
    }

    /// <summary>Entries of a distance: one a tolerance that measures, in the order in which the pass states them.</summary>
    public int Measures => _measures.Count;

    /// <summary>How far apart the records of a candidate lie, entry by entry.</summary>
    /// <param name="rows">By side.</param>
    public void Distances(ReadOnlySpan<int> rows, Span<Int128> distances)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            var (side, other, condition) = _measures[i];
            distances[i] = condition.DistanceOf(rows[side], rows[other]);
        }
    }

    /// <summary>False where any two records of the two sides meet, given the key.</summary>
    /// <param name="side">Smaller than <paramref name="other"/>.</param>
    public bool IsAsked(int side, int other) => _conditions[side, other] is not null;

    /// <summary>True where two records meet what the pass demands of them beside the key.</summary>
    /// <param name="side">Smaller than <paramref name="other"/>.</param>
    public bool Meet(int side, int row, int other, int otherRow) => _conditions[side, other]?.PairHolds(row, otherRow) ?? true;

    void AddMeasure(Comparison comparison)
    {
        for (var side = 0; side < _conditions.GetLength(0); side++)
        {
            for (var other = side + 1; other < _conditions.GetLength(1); other++)
            {
                if (_conditions[side, other]?.MeasureOf(comparison) is { } condition)
                {
                    _measures.Add((side, other, condition));
                }
            }
        }
    }
}
