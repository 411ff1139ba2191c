// Finds the pairs of a block that meet every window and text condition, without comparing all with all.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Adds the bins and edges of one block after the other to a graph.</summary>
/// <remarks>
/// Small blocks compare all with all, unless the tie needs equal records in one bin. In larger ones both sides are sorted by
/// the window that leaves the fewest pairs, equal
/// records share a bin, and only bins inside that window meet. Where texts tell more than the windows do, only bins meet
/// whose texts an index finds; the same for amounts of two currencies. A block with too many such pairs is left to <see cref="LargeBlock"/>.
/// </remarks>
sealed class CandidateFinder
{
    // Pairs of one key whose texts, or amounts at a rate, fit that are listed: some hundred MB at most.
    const int MostTextEdges = 1 << 22;

    // Up to 64 pairs sorting costs more than it saves.
    const long SmallBlock = 64;

    readonly PassPlan _plan;
    readonly PartitionRows[] _rows;
    readonly Interchangeable[] _same;
    readonly CandidateGraph _graph;
    readonly BlockTexts _texts;
    readonly BlockRates _rates;
    readonly int[] _textDistance;
    readonly int _mostPairs;
    readonly Int128[] _distance;
    readonly List<int>[] _sorted = [[], []];
    readonly List<int>[] _heads = [[], []];
    readonly int[] _measureOfWindow;
    long _candidates;

    /// <param name="mostPairs">More pairs of bins inside the narrowest window than this are not listed.</param>
    public CandidateFinder(
        PassPlan plan, PartitionRows[] rows, Interchangeable[] same, CandidateGraph graph, int mostPairs)
    {
        _mostPairs = mostPairs;
        _plan = plan;
        _rows = rows;
        _same = same;
        _graph = graph;
        _texts = new BlockTexts(plan);
        _rates = new BlockRates(plan);
        _textDistance = new int[plan.Texts.Count];
        _distance = new Int128[plan.Measures.Count];
        _measureOfWindow = new int[plan.Windows.Count];
        foreach (var (place, measure) in plan.Measures.Index().Where(each => each.Item.Of == MeasureOf.Window))
        {
            _measureOfWindow[measure.Index] = place;
        }
    }

    /// <summary>Pairs looked at since the last call.</summary>
    public long TakeCandidates()
    {
        var taken = _candidates;
        _candidates = 0;
        return taken;
    }

    /// <summary>The pair's windows hold, one record on each side: the case of almost every block.</summary>
    public bool SinglePairFits(int first, int second)
    {
        _candidates++;
        if (_texts.IsAsked)
        {
            _texts.Enter(0, [_rows[0].Rows[first]]);
            _texts.Enter(1, [_rows[1].Rows[second]]);
        }

        return WindowsFit(first, second) && (!_rates.IsAsked || RatesFit(first, second))
            && (!_texts.IsAsked || _texts.Fit(0, 0, _textDistance));
    }

    /// <summary>The position of the smallest record of each bin that the last block added to a side.</summary>
    public IReadOnlyList<int> Heads(int side) => _heads[side];

    /// <summary>
    /// Adds the bins of a block and the pairs of bins that fit; false where these are too many: then only the bins are added.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var window = _plan.Windows.Count == 0 ? -1 : 0;
        var (isByText, isByRate) = (false, false);
        if ((long)first.Length * second.Length > SmallBlock || IsOneBin || _plan.Pass.Tie.Kind == TieKind.Best || (_texts.IsAsked && _plan.FewTexts == 0))
        {
            window = Narrowest(first, second, window);
            Sort(0, first, window);
            Sort(1, second, window);
            AddSortedBins(0, _graph.First);
            AddSortedBins(1, _graph.Second);
            EnterTexts();
            isByText = _texts.IsAsked && IsCrowded(window);
            isByRate = _rates.IsAsked && !isByText && IsCrowded(window);
        }
        else
        {
            window = -1;
            AddSingles(0, first, _graph.First);
            AddSingles(1, second, _graph.Second);
            EnterTexts();
        }

        var isTooLarge = isByText ? !MeetByText()
            : isByRate ? !MeetByRate()
            : !_texts.IsAsked && !_rates.IsAsked && (long)_heads[0].Count * _heads[1].Count > _mostPairs && IsTooLarge(window);
        if (isTooLarge)
        {
            return false;
        }

        if (!isByText && !isByRate)
        {
            Meet(window);
        }

        _graph.Blocks.Add(new GraphBlock(_graph.EdgeCount));
        return true;
    }

    // Counts what Meet would look at; the candidates of a block that is too large are counted here.
    bool IsTooLarge(int window)
    {
        var (firstBin, secondBin) = (_graph.First.Count - _heads[0].Count, _graph.Second.Count - _heads[1].Count);
        var rowsBefore = new long[_heads[1].Count + 1];
        for (var j = 0; j < _heads[1].Count; j++)
        {
            rowsBefore[j + 1] = rowsBefore[j] + _graph.Second.Size(secondBin + j);
        }

        var (start, end) = (0, window == -1 ? _heads[1].Count : 0);
        var (binPairs, rowPairs) = (0L, 0L);
        for (var i = 0; i < _heads[0].Count; i++)
        {
            (start, end) = Slide(window, _heads[0][i], start, end);
            binPairs += end - start;
            rowPairs += _graph.First.Size(firstBin + i) * (rowsBefore[end] - rowsBefore[start]);
        }

        _candidates += binPairs > _mostPairs ? rowPairs : 0;
        return binPairs > _mostPairs;
    }

    // Nothing but the key tells the records of a block apart.
    bool IsOneBin => _plan.Windows.Count == 0 && _plan.Texts.Count == 0 && !_rates.IsAsked && _plan.PairWhen is null;

    void EnterTexts()
    {
        for (var side = 0; side < 2 && _texts.IsAsked; side++)
        {
            _texts.Enter(side, [.. _heads[side].Select(head => _rows[side].Rows[head])]);
        }
    }

    // Windows that leave many pairs a record are no way to find those whose texts are alike.
    bool IsCrowded(int window)
    {
        var heads = (long)_heads[0].Count + _heads[1].Count;
        var pairs = window == -1
            ? (long)_heads[0].Count * _heads[1].Count
            : PairsInside(window, WindowsOfHeads(0, window), WindowsOfHeads(1, window));
        return pairs > heads * _plan.FewTexts;
    }

    Int128[] WindowsOfHeads(int side, int window) =>
        [.. _heads[side].Select(head => _rows[side].WindowAt(head, window))];

    // By index into the heads of both sides.
    bool Fits(int first, int second)
    {
        if (!WindowsFit(_heads[0][first], _heads[1][second])
            || (_rates.IsAsked && !RatesFit(_heads[0][first], _heads[1][second]))
            || (_texts.IsAsked && !_texts.Fit(first, second, _textDistance)))
        {
            return false;
        }

        for (var i = 0; i < _distance.Length; i++)
        {
            if (_plan.Measures[i].Of == MeasureOf.Text)
            {
                _distance[i] = _textDistance[_plan.Measures[i].Index];
            }
            else if (_plan.Measures[i].Of == MeasureOf.Rate)
            {
                _distance[i] = _rates.Distances[_plan.Measures[i].Index];
            }
        }

        return true;
    }

    bool WindowsFit(int first, int second)
    {
        var firstValues = _rows[0].WindowsAt(first);
        var secondValues = _rows[1].WindowsAt(second);
        for (var i = 0; i < firstValues.Length; i++)
        {
            if (!_plan.Windows[i].Allowance.Holds(firstValues[i], secondValues[i]))
            {
                return false;
            }

            _distance[_measureOfWindow[i]] = Int128.Abs(secondValues[i] - firstValues[i]);
        }

        return true;
    }

    bool RatesFit(int first, int second) => _rates.Fit(_rows[0].Rows[first], _rows[1].Rows[second]);

    int Narrowest(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int fallback)
    {
        if (_plan.Windows.Count < 2)
        {
            return fallback;
        }

        var (best, fewest) = (0, long.MaxValue);
        for (var window = 0; window < _plan.Windows.Count; window++)
        {
            var pairs = PairsInside(window, Values(0, first, window), Values(1, second, window));
            (best, fewest) = pairs < fewest ? (window, pairs) : (best, fewest);
        }

        return best;
    }

    Int128[] Values(int side, ReadOnlySpan<int> positions, int window)
    {
        var values = new Int128[positions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _rows[side].WindowAt(positions[i], window);
        }

        Array.Sort(values);
        return values;
    }

    long PairsInside(int window, Int128[] first, Int128[] second)
    {
        var allowance = _plan.Windows[window].Allowance;
        var (start, end, pairs) = (0, 0, 0L);
        foreach (var value in first)
        {
            while (start < second.Length && allowance.IsBefore(value, second[start]))
            {
                start++;
            }

            while (end < second.Length && !allowance.IsBehind(value, second[end]))
            {
                end++;
            }

            pairs += end - start;
        }

        return pairs;
    }

    void AddSingles(int side, ReadOnlySpan<int> positions, BinList bins)
    {
        _heads[side].Clear();
        foreach (var position in positions)
        {
            _heads[side].Add(position);
            bins.AddRow(_rows[side].Rows[position]);
            bins.EndBin();
        }
    }

    // By the window, then by whatever else tells bins apart, then by id.
    void Sort(int side, ReadOnlySpan<int> positions, int window)
    {
        var (sorted, rows) = (_sorted[side], _rows[side]);
        sorted.Clear();
        sorted.AddRange(positions);
        if (IsOneBin)
        {
            return;
        }

        sorted.Sort((a, b) =>
        {
            var order = window == -1 ? 0 : rows.WindowAt(a, window).CompareTo(rows.WindowAt(b, window));
            order = order != 0 ? order : rows.WindowsAt(a).SequenceCompareTo(rows.WindowsAt(b));
            order = order != 0 ? order : _rates.Compare(side, rows.Rows[a], rows.Rows[b]);
            for (var i = 0; order == 0 && i < _plan.Texts.Count; i++)
            {
                order = _plan.Texts[i].Compare(side, rows.Rows[a], rows.Rows[b]);
            }

            order = order != 0 || _plan.PairWhen is null
                ? order
                : _same[side].HashOf(rows.Rows[a]).CompareTo(_same[side].HashOf(rows.Rows[b]));
            return order != 0 ? order : a.CompareTo(b);
        });
    }

    void AddSortedBins(int side, BinList bins)
    {
        var (sorted, rows, heads) = (_sorted[side], _rows[side], _heads[side]);
        heads.Clear();
        foreach (var position in sorted)
        {
            if (heads.Count == 0 || !SameBin(side, heads[^1], position))
            {
                if (heads.Count > 0)
                {
                    bins.EndBin();
                }

                heads.Add(position);
            }

            bins.AddRow(rows.Rows[position]);
        }

        bins.EndBin();
    }

    // A condition in C# may read more than the windows do: then only interchangeable records share a bin.
    bool SameBin(int side, int head, int position) =>
        _rows[side].WindowsAt(head).SequenceEqual(_rows[side].WindowsAt(position))
        && _rates.Compare(side, _rows[side].Rows[head], _rows[side].Rows[position]) == 0
        && _plan.Texts.All(text => text.Same(side, _rows[side].Rows[head], _rows[side].Rows[position]))
        && (_plan.PairWhen is null || _same[side].Same(_rows[side].Rows[head], _rows[side].Rows[position]));

    void Meet(int window)
    {
        var (heads, others) = (_heads[0], _heads[1]);
        var (firstBin, secondBin) = (_graph.First.Count - heads.Count, _graph.Second.Count - others.Count);
        var (start, end) = (0, window == -1 ? others.Count : 0);
        for (var i = 0; i < heads.Count; i++)
        {
            (start, end) = Slide(window, heads[i], start, end);
            for (var j = start; j < end; j++)
            {
                MeetBins(firstBin, i, secondBin, j);
            }
        }
    }

    // False where more pairs fit than can be listed.
    bool MeetByText()
    {
        var edgesBefore = _graph.EdgeCount;
        var (firstBin, secondBin) = (_graph.First.Count - _heads[0].Count, _graph.Second.Count - _heads[1].Count);
        _texts.Index(1);
        for (var i = 0; i < _heads[0].Count && _graph.EdgeCount - edgesBefore <= MostTextEdges; i++)
        {
            foreach (var j in _texts.Near(0, i))
            {
                MeetBins(firstBin, i, secondBin, j);
            }
        }

        return _graph.EdgeCount - edgesBefore <= MostTextEdges;
    }

    // False where more pairs fit than can be listed. The edges of a block are in the order of its bins.
    bool MeetByRate()
    {
        var (firstBin, secondBin) = (_graph.First.Count - _heads[0].Count, _graph.Second.Count - _heads[1].Count);
        int[] firstRows = [.. _heads[0].Select(head => _rows[0].Rows[head])];
        int[] secondRows = [.. _heads[1].Select(head => _rows[1].Rows[head])];
        var fitting = new List<(int First, int Second)>();
        foreach (var (i, j) in _rates.Near(firstRows, secondRows))
        {
            _candidates += (long)_graph.First.Size(firstBin + i) * _graph.Second.Size(secondBin + j);
            if (Fits(i, j))
            {
                fitting.Add((i, j));
            }

            if (fitting.Count > MostTextEdges)
            {
                return false;
            }
        }

        fitting.Sort();
        foreach (var (i, j) in fitting)
        {
            Require.That(Fits(i, j));
            _graph.AddEdge(firstBin + i, secondBin + j, _distance);
        }

        return true;
    }

    void MeetBins(int firstBin, int i, int secondBin, int j)
    {
        _candidates += (long)_graph.First.Size(firstBin + i) * _graph.Second.Size(secondBin + j);
        if (Fits(i, j))
        {
            _graph.AddEdge(firstBin + i, secondBin + j, _distance);
        }
    }

    // Moves the range of the other side's bins that lie in the window of a bin to that of the next bin.
    (int Start, int End) Slide(int window, int head, int start, int end)
    {
        if (window == -1)
        {
            return (start, end);
        }

        var (others, value) = (_heads[1], _rows[0].WindowAt(head, window));
        var allowance = _plan.Windows[window].Allowance;
        while (start < others.Count && allowance.IsBefore(value, _rows[1].WindowAt(others[start], window)))
        {
            start++;
        }

        while (end < others.Count && !allowance.IsBehind(value, _rows[1].WindowAt(others[end], window)))
        {
            end++;
        }

        return (start, Math.Max(start, end));
    }
}
