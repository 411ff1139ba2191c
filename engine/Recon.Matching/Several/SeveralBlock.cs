// One key of an N-way pass: interchangeable records folded, and the candidates that connect them.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>
/// Bins of interchangeable records by side, numbered through, and the sets of them that candidates join. A candidate is one record
/// of each side that takes part, each two of which meet the pass's conditions.
/// </summary>
sealed class SeveralBlock
{
    // Asking about two records costs as much as some nodes of a tree.
    const int AskSteps = 4;

    // Statistics end here: bins of many equal records in eight sources would leave 64 bits.
    const long MostCounted = 1L << 40;

    readonly SeveralConditions _conditions;
    readonly List<int[]>[] _bins;
    readonly int[] _offsets;
    readonly DisjointSets _sets;
    readonly bool[] _isJoined;
    readonly StepBudget _steps;

    /// <param name="rows">By side, each ascending.</param>
    public SeveralBlock(SeveralConditions conditions, Interchangeable[] same, int[][] rows, long mostSteps)
    {
        _conditions = conditions;
        _steps = StepBudget.Of(mostSteps, rows.Sum(own => own.LongLength));
        _bins = [.. rows.Select((own, side) => Fold(same[side], own))];
        _offsets = new int[rows.Length + 1];
        for (var side = 0; side < rows.Length; side++)
        {
            _offsets[side + 1] = _offsets[side] + _bins[side].Count;
        }

        _sets = new DisjointSets(_offsets[^1]);
        _isJoined = new bool[_offsets[^1]];
    }

    public bool IsSpent => _steps.IsSpent;

    /// <summary>Sets of rows of which the pass looked at every condition, as far as it came.</summary>
    public long LookedAt { get; private set; }

    /// <summary>Sets of rows that are candidates.</summary>
    public long Fitting { get; private set; }

    /// <summary>Counts steps that others take for this key.</summary>
    public void Spend(long steps) => _steps.Spend(steps);

    /// <summary>
    /// Finds the sets of all sides but one, or of all, that meet the conditions; nothing found may be used once the budget is spent.
    /// </summary>
    /// <param name="without">−1 for none.</param>
    /// <param name="found">Called with the bins of each set, −1 for the side left out.</param>
    public void Join(int without, Action<int[]> found)
    {
        var chosen = new int[_bins.Length];
        Array.Fill(chosen, -1);
        Extend(0);

        void Extend(int side)
        {
            if (side == without)
            {
                Extend(side + 1);
                return;
            }

            if (side == chosen.Length)
            {
                found(chosen);
                return;
            }

            for (var bin = 0; bin < _bins[side].Count && !_steps.Spend(StepBudget.NodeSteps); bin++)
            {
                chosen[side] = bin;
                if (side + 1 == chosen.Length)
                {
                    LookedAt += Sets(chosen);
                }

                if (MeetsThose(chosen, side))
                {
                    Extend(side + 1);
                }
            }

            chosen[side] = -1;
        }
    }

    /// <summary>Takes a set of bins as a candidate.</summary>
    /// <param name="chosen">By side; −1 for the side left out.</param>
    public void Keep(ReadOnlySpan<int> chosen)
    {
        Fitting += Sets(chosen);
        var anchor = -1;
        for (var side = 0; side < chosen.Length; side++)
        {
            if (chosen[side] == -1)
            {
                continue;
            }

            var node = _offsets[side] + chosen[side];
            _isJoined[node] = true;
            anchor = anchor == -1 ? node : anchor;
            _sets.Join(anchor, node);
        }
    }

    /// <summary>Bins by side of each component, in the order of their first bins.</summary>
    public IEnumerable<List<int>[]> Components()
    {
        var components = new SortedDictionary<int, List<int>[]>();
        for (var side = 0; side < _bins.Length; side++)
        {
            for (var bin = 0; bin < _bins[side].Count; bin++)
            {
                if (_isJoined[_offsets[side] + bin])
                {
                    var root = _sets.Root(_offsets[side] + bin);
                    if (!components.TryGetValue(root, out var component))
                    {
                        components.Add(root, component = [.. _bins.Select(_ => new List<int>())]);
                    }

                    component[side].Add(bin);
                }
            }
        }

        return components.Values;
    }

    /// <summary>Rows of some bins of a side, ascending.</summary>
    public int[] Rows(int side, IEnumerable<int> bins) => [.. bins.SelectMany(bin => _bins[side][bin]).Order()];

    public int[] RowsOf(int side, int bin) => _bins[side][bin];

    /// <summary>A number that the bins of one component share, given one of them.</summary>
    public int ComponentOf(int side, int bin) => _sets.Root(_offsets[side] + bin);

    bool MeetsThose(int[] chosen, int side)
    {
        var row = _bins[side][chosen[side]][0];
        for (var other = 0; other < side; other++)
        {
            if (chosen[other] == -1 || !_conditions.IsAsked(other, side))
            {
                continue;
            }

            if (_steps.Spend(AskSteps) || !_conditions.Meet(other, _bins[other][chosen[other]][0], side, row))
            {
                return false;
            }
        }

        return true;
    }

    long Sets(ReadOnlySpan<int> chosen)
    {
        long sets = 1;
        for (var side = 0; side < chosen.Length; side++)
        {
            sets = chosen[side] == -1 ? sets : Math.Min(MostCounted, sets * _bins[side][chosen[side]].Length);
        }

        return sets;
    }

    static List<int[]> Fold(Interchangeable same, int[] rows)
    {
        if (rows.Length < 2)
        {
            return rows.Length == 0 ? [] : [rows];
        }

        var bins = new List<List<int>>();
        var byHash = new Dictionary<ulong, List<int>>();
        foreach (var row in rows)
        {
            var hash = same.HashOf(row);
            if (!byHash.TryGetValue(hash, out var known))
            {
                byHash.Add(hash, known = []);
            }

            var bin = known.FindIndex(each => same.Same(bins[each][0], row));
            if (bin == -1)
            {
                known.Add(bins.Count);
                bins.Add([row]);
            }
            else
            {
                bins[known[bin]].Add(row);
            }
        }

        return bins.ConvertAll(bin => bin.ToArray());
    }
}
