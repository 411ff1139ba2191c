// Searches a component of an N-way pass for the best choice of matches that share no record.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>
/// Branch and bound over the records of the source declared first, in the order of their ids: each takes one of its candidates, the
/// smallest ids first, or none. So choices come in the order of their lists, and of equal ones the first is the smallest.
/// </summary>
/// <remarks>
/// To pair records of three sources best is hard in general (three-dimensional matching; Karp 1972), so the steps are bounded. Of
/// interchangeable records only the smallest free one is tried, they take larger and larger sets, and where one takes none the later
/// ones take none: every other choice is one of these with such records changing places.
/// </remarks>
sealed class TupleSearch
{
    // Records of which each may take several sets, one behind the other; a frame of the recursion is some hundred bytes.
    const int MostDeep = 2000;

    readonly SeveralBlock _block;
    readonly SeveralCandidates _candidates;
    readonly StepBudget _steps;
    readonly int _sides;
    readonly List<(int Row, int Bin)> _records = [];
    readonly Dictionary<int, int[]> _ofBin;
    readonly Dictionary<(int Side, int Bin), int> _used = [];
    readonly Dictionary<int, int[]> _last = [];
    readonly HashSet<int> _skipped = [];
    readonly List<(int Candidate, int[] Rows)> _chosen = [];
    readonly Int128[] _total;
    readonly int[] _free;
    List<(int Candidate, int[] Rows)>? _best;
    Int128[] _bestTotal;
    bool _isTooDeep;

    public TupleSearch(SeveralBlock block, SeveralCandidates candidates, int[] component, StepBudget steps)
    {
        (_block, _candidates, _steps) = (block, candidates, steps);
        _sides = candidates.Bins(component[0]).Length;
        _ofBin = component.GroupBy(each => candidates.Bins(each)[0]).ToDictionary(own => own.Key, own => own.ToArray());
        foreach (var bin in _ofBin.Keys)
        {
            _records.AddRange(block.RowsOf(0, bin).Select(row => (row, bin)));
        }

        _records.Sort();
        _total = new Int128[candidates.Measures];
        _bestTotal = [];
        _free = [.. Enumerable.Range(0, _sides).Select(side =>
            component.Select(each => candidates.Bins(each)[side]).Distinct().Sum(bin => block.RowsOf(side, bin).Length))];
    }

    /// <summary>False where another choice is as good.</summary>
    public bool IsOnly { get; private set; } = true;

    /// <summary>The rows of each match, by side.</summary>
    public List<int[]> Best => _best!.ConvertAll(each => each.Rows);

    /// <summary>False where the steps did not suffice: then nothing is known.</summary>
    public bool Run()
    {
        Explore(0);
        return !_steps.IsSpent && !_isTooDeep;
    }

    void Explore(int record)
    {
        _isTooDeep |= _chosen.Count + _skipped.Count >= MostDeep;
        while (!_steps.Spend(StepBudget.NodeSteps) && record < _records.Count
            && (_skipped.Contains(_records[record].Bin) || !CanTake(_records[record].Bin)))
        {
            record++;
        }

        if (_isTooDeep || _steps.IsSpent)
        {
            return;
        }

        var most = _chosen.Count + Math.Min(_records.Count - record, _free.Skip(1).Min());
        if (!IsWorthwhile(most))
        {
            return;
        }

        if (most == _chosen.Count)
        {
            Weigh();
            return;
        }

        var (row, bin) = _records[record];
        TakeEach(record, row, bin);
        _skipped.Add(bin);
        Explore(record + 1);
        _skipped.Remove(bin);
    }

    void TakeEach(int record, int row, int bin)
    {
        var last = _last.GetValueOrDefault(bin);
        var open = _ofBin[bin].Select(candidate => (Candidate: candidate, Rows: RowsOf(candidate, row)))
            .Where(each => each.Rows is not null && (last is null || last.AsSpan(1).SequenceCompareTo(each.Rows.AsSpan(1)) < 0))
            .ToList();
        _steps.Spend(_ofBin[bin].Length);
        open.Sort((each, other) => each.Rows.AsSpan().SequenceCompareTo(other.Rows));
        foreach (var (candidate, rows) in open)
        {
            Change(candidate, 1);
            _chosen.Add((candidate, rows!));
            _last[bin] = rows!;
            Explore(record + 1);
            _chosen.RemoveAt(_chosen.Count - 1);
            Change(candidate, -1);
        }

        if (last is null)
        {
            _last.Remove(bin);
        }
        else
        {
            _last[bin] = last;
        }
    }

    // Counted as one step: a record stands in few sets of a component that is searched to its end.
    bool CanTake(int bin) => _ofBin[bin].Any(candidate => RowsOf(candidate, 0) is not null);

    // The smallest free records of the other sides; null where one has none.
    int[]? RowsOf(int candidate, int row)
    {
        var bins = _candidates.Bins(candidate);
        var rows = new int[_sides];
        rows[0] = row;
        for (var side = 1; side < _sides; side++)
        {
            var own = _block.RowsOf(side, bins[side]);
            var used = _used.GetValueOrDefault((side, bins[side]));
            if (used == own.Length)
            {
                return null;
            }

            rows[side] = own[used];
        }

        return rows;
    }

    void Change(int candidate, int by)
    {
        var bins = _candidates.Bins(candidate);
        for (var side = 0; side < _sides; side++)
        {
            _free[side] -= by;
            _used[(side, bins[side])] = _used.GetValueOrDefault((side, bins[side])) + by;
        }

        for (var measure = 0; measure < _total.Length; measure++)
        {
            _total[measure] += by * _candidates.Distance(candidate, measure);
        }
    }

    // Distances are never below zero, so a total only grows. One as good counts as long as no other choice is known.
    bool IsWorthwhile(int most) => _best is null || most > _best.Count
        || (most == _best.Count && _total.AsSpan().SequenceCompareTo(_bestTotal) is var order && (order < 0 || (order == 0 && IsOnly)));

    void Weigh()
    {
        var order = _best is null ? -1 : _best.Count != _chosen.Count
            ? _best.Count.CompareTo(_chosen.Count)
            : _total.AsSpan().SequenceCompareTo(_bestTotal);
        if (order < 0)
        {
            (_best, _bestTotal, IsOnly) = ([.. _chosen], [.. _total], true);
        }
        else if (order == 0)
        {
            IsOnly &= _best!.Select(each => each.Candidate).Order().SequenceEqual(_chosen.Select(each => each.Candidate).Order());
        }
    }
}
