// The bins of one side of a large block as a k-d tree: finds the best free bin that lies inside a record's windows.
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>
/// Bins by their window values. A bin is free while it has a rank; a search looks only where a free bin may be better than the
/// best so far. The tree is built from values and bin numbers alone, so the steps of a search are the same in every run.
/// </summary>
/// <remarks>k-d tree: J. L. Bentley, "Multidimensional binary search trees", CACM 18 (1975).</remarks>
sealed class BinTree
{
    /// <summary>The rank of a bin that is used up.</summary>
    public const int UsedUp = int.MaxValue;

    // Up to 8 bins a leaf: looking at them costs about what one more level would.
    const int LeafBins = 8;
    const int NoParent = -1;

    readonly int _windows;
    readonly Int128[] _values;
    readonly int[] _ranks;
    readonly int[] _sizes;
    readonly int[] _bins;
    readonly int[] _leafOf;
    readonly Int128[] _lows;
    readonly Int128[] _highs;
    readonly StepBudget _steps;
    readonly Int128[] _bestDistance;
    readonly List<Node> _nodes = [];

    /// <param name="values">Bin by bin one value a window.</param>
    /// <param name="ranks">By bin, smallest first; what a search takes among bins of one distance.</param>
    /// <param name="sizes">Records by bin.</param>
    public BinTree(Int128[] values, int windows, int[] ranks, int[] sizes, StepBudget steps)
    {
        (_values, _windows, _ranks, _sizes, _steps) = (values, windows, ranks, sizes, steps);
        _bins = [.. Enumerable.Range(0, ranks.Length)];
        _leafOf = new int[ranks.Length];
        var mostNodes = Math.Max(1, 4 * ranks.Length / LeafBins);
        _lows = new Int128[mostNodes * windows];
        _highs = new Int128[mostNodes * windows];
        _bestDistance = new Int128[windows];
        Build(0, ranks.Length, NoParent, depth: 0, new Int128[ranks.Length]);
    }

    /// <summary>Bins [Start, End) of the tree's order; Right is 0 in a leaf, the left child follows its parent.</summary>
    record struct Node(int Start, int End, int Parent, int Right, int Rank, long Rows);

    public bool IsFree(int bin) => _ranks[bin] != UsedUp;

    /// <summary>Gives a bin another rank; <see cref="UsedUp"/> takes it out of every search.</summary>
    public void Rank(int bin, int rank)
    {
        _ranks[bin] = rank;
        for (var node = _leafOf[bin]; node != NoParent; node = _nodes[node].Parent)
        {
            var best = _nodes[node].Right == 0
                ? BestRank(_nodes[node])
                : Math.Min(_nodes[node + 1].Rank, _nodes[_nodes[node].Right].Rank);
            _nodes[node] = _nodes[node] with { Rank = best };
        }
    }

    /// <summary>
    /// The free bin in the box that fits and has the smallest (distance, rank), or the smallest rank alone; −1 for none. The
    /// answer means nothing once the budget is spent.
    /// </summary>
    /// <param name="byDistance">Distance from <see cref="WindowBox.From"/>, window by window.</param>
    /// <param name="fits">Asked only about bins that would be better than the best so far.</param>
    public int Best(WindowBox box, bool byDistance, Func<int, bool> fits)
    {
        var best = -1;
        Search(0, box, byDistance, fits, ref best);
        return best;
    }

    /// <summary>Adds the free bins in the box, or all of them.</summary>
    public void Gather(WindowBox box, bool usedUpToo, List<int> found)
    {
        found.Clear();
        Gather(0, box, usedUpToo, found);
    }

    /// <summary>Records of all bins in the box, used up or not.</summary>
    public long CountRows(WindowBox box) => CountRows(0, box);

    void Search(int node, WindowBox box, bool byDistance, Func<int, bool> fits, ref int best)
    {
        if (_steps.Spend(StepBudget.NodeSteps) || !MayBeBetter(node, box, byDistance, best))
        {
            return;
        }

        if (_nodes[node].Right == 0)
        {
            SearchLeaf(_nodes[node], box, byDistance, fits, ref best);
            return;
        }

        // The more promising child first: it makes the other one needless more often.
        var (near, far) = (node + 1, _nodes[node].Right);
        var order = byDistance ? CompareGaps(near, far, box) : 0;
        if (order > 0 || (order == 0 && _nodes[far].Rank < _nodes[near].Rank))
        {
            (near, far) = (far, near);
        }

        Search(near, box, byDistance, fits, ref best);
        Search(far, box, byDistance, fits, ref best);
    }

    bool MayBeBetter(int node, WindowBox box, bool byDistance, int best)
    {
        if (_nodes[node].Rank == UsedUp || !Overlaps(node, box))
        {
            return false;
        }

        if (best == -1)
        {
            return true;
        }

        for (var window = 0; byDistance && window < _windows; window++)
        {
            var order = Gap(node, window, box).CompareTo(_bestDistance[window]);
            if (order != 0)
            {
                return order < 0;
            }
        }

        return _nodes[node].Rank < _ranks[best];
    }

    void SearchLeaf(Node leaf, WindowBox box, bool byDistance, Func<int, bool> fits, ref int best)
    {
        for (var place = leaf.Start; place < leaf.End; place++)
        {
            var bin = _bins[place];
            if (IsFree(bin) && Contains(box, bin) && IsBetter(bin, box, byDistance, best) && fits(bin))
            {
                best = bin;
                for (var window = 0; window < _windows; window++)
                {
                    _bestDistance[window] = Distance(bin, window, box);
                }
            }
        }
    }

    bool IsBetter(int bin, WindowBox box, bool byDistance, int best)
    {
        for (var window = 0; best != -1 && byDistance && window < _windows; window++)
        {
            var order = Distance(bin, window, box).CompareTo(_bestDistance[window]);
            if (order != 0)
            {
                return order < 0;
            }
        }

        return best == -1 || _ranks[bin] < _ranks[best];
    }

    void Gather(int node, WindowBox box, bool usedUpToo, List<int> found)
    {
        var (start, end, _, right, rank, _) = _nodes[node];
        if (_steps.Spend(StepBudget.NodeSteps) || (rank == UsedUp && !usedUpToo) || !Overlaps(node, box))
        {
            return;
        }

        for (var place = start; right == 0 && place < end; place++)
        {
            if ((usedUpToo || IsFree(_bins[place])) && Contains(box, _bins[place]))
            {
                found.Add(_bins[place]);
            }
        }

        if (right != 0)
        {
            Gather(node + 1, box, usedUpToo, found);
            Gather(right, box, usedUpToo, found);
        }
    }

    long CountRows(int node, WindowBox box)
    {
        if (_steps.Spend(StepBudget.NodeSteps) || !Overlaps(node, box))
        {
            return 0;
        }

        if (IsInside(node, box))
        {
            return _nodes[node].Rows;
        }

        if (_nodes[node].Right != 0)
        {
            return CountRows(node + 1, box) + CountRows(_nodes[node].Right, box);
        }

        long count = 0;
        foreach (var bin in _bins.AsSpan(_nodes[node].Start, _nodes[node].End - _nodes[node].Start))
        {
            count += Contains(box, bin) ? _sizes[bin] : 0;
        }

        return count;
    }

    bool IsInside(int node, WindowBox box)
    {
        for (var window = 0; window < _windows; window++)
        {
            var at = (node * _windows) + window;
            if (_lows[at] < box.Low[window] || _highs[at] > box.High[window])
            {
                return false;
            }
        }

        return true;
    }

    bool Overlaps(int node, WindowBox box)
    {
        for (var window = 0; window < _windows; window++)
        {
            var at = (node * _windows) + window;
            if (_highs[at] < box.Low[window] || _lows[at] > box.High[window])
            {
                return false;
            }
        }

        return true;
    }

    bool Contains(WindowBox box, int bin)
    {
        for (var window = 0; window < _windows; window++)
        {
            var value = _values[(bin * _windows) + window];
            if (value < box.Low[window] || value > box.High[window])
            {
                return false;
            }
        }

        return true;
    }

    Int128 Distance(int bin, int window, WindowBox box) =>
        Int128.Abs(_values[(bin * _windows) + window] - box.From[window]);

    // No bin of the node lies nearer than this.
    Int128 Gap(int node, int window, WindowBox box)
    {
        var (low, high) = (_lows[(node * _windows) + window], _highs[(node * _windows) + window]);
        low = Int128.Max(low, box.Low[window]);
        high = Int128.Min(high, box.High[window]);
        return Int128.Max(0, Int128.Max(low - box.From[window], box.From[window] - high));
    }

    int CompareGaps(int node, int other, WindowBox box)
    {
        for (var window = 0; window < _windows; window++)
        {
            var order = Gap(node, window, box).CompareTo(Gap(other, window, box));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    int Build(int start, int end, int parent, int depth, Int128[] sortValues)
    {
        var node = _nodes.Count;
        _nodes.Add(new Node(start, end, parent, Right: 0, UsedUp, Rows: 0));
        Bound(node, start, end);
        if (end - start <= LeafBins)
        {
            foreach (var bin in _bins.AsSpan(start, end - start))
            {
                _leafOf[bin] = node;
            }

            _nodes[node] = _nodes[node] with { Rank = BestRank(_nodes[node]), Rows = RowsOf(_nodes[node]) };
            return node;
        }

        var window = WindowToSplit(node, depth);
        for (var place = start; place < end; place++)
        {
            sortValues[place] = window == -1 ? 0 : _values[(_bins[place] * _windows) + window];
        }

        Array.Sort(sortValues, _bins, start, end - start);
        var middle = (start + end) / 2;
        var left = Build(start, middle, node, depth + 1, sortValues);
        var right = Build(middle, end, node, depth + 1, sortValues);
        Require.That(left == node + 1);
        _nodes[node] = _nodes[node] with
        {
            Right = right,
            Rank = Math.Min(_nodes[left].Rank, _nodes[right].Rank),
            Rows = _nodes[left].Rows + _nodes[right].Rows,
        };
        return node;
    }

    // Sets the box around the node's bins.
    void Bound(int node, int start, int end)
    {
        for (var window = 0; window < _windows; window++)
        {
            var (low, high) = (Int128.MaxValue, Int128.MinValue);
            foreach (var bin in _bins.AsSpan(start, end - start))
            {
                low = Int128.Min(low, _values[(bin * _windows) + window]);
                high = Int128.Max(high, _values[(bin * _windows) + window]);
            }

            (_lows[(node * _windows) + window], _highs[(node * _windows) + window]) = (low, high);
        }
    }

    // The windows in turn, as far as values differ: cents and days have no common measure. −1 where none differ.
    int WindowToSplit(int node, int depth)
    {
        for (var turn = 0; turn < _windows; turn++)
        {
            var window = (depth + turn) % _windows;
            if (_lows[(node * _windows) + window] != _highs[(node * _windows) + window])
            {
                return window;
            }
        }

        return -1;
    }

    long RowsOf(Node leaf)
    {
        long rows = 0;
        foreach (var bin in _bins.AsSpan(leaf.Start, leaf.End - leaf.Start))
        {
            rows += _sizes[bin];
        }

        return rows;
    }

    int BestRank(Node leaf)
    {
        var best = UsedUp;
        foreach (var bin in _bins.AsSpan(leaf.Start, leaf.End - leaf.Start))
        {
            best = Math.Min(best, _ranks[bin]);
        }

        return best;
    }
}
