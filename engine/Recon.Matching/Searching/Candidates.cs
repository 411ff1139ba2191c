// The members that a record of the one side may draw on, in a key that is searched.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;

namespace Recon.Matching.Searching;

/// <summary>Bins of the many side that meet windows, texts and currencies of a record, and have the rates that it asks for.</summary>
/// <param name="Distances">Bin by bin one distance a text condition.</param>
/// <param name="Records">Records in these bins, the taken ones too.</param>
sealed record CandidateList(int[] Bins, int[] Distances, long Records);

/// <summary>Gathers candidates; records of equal windows and currencies, asked one behind the other, share one list.</summary>
sealed class CandidateLists
{
    readonly PassPlan _plan;
    readonly MemberFinder _finder;
    readonly GroupRates _rates;
    readonly List<int> _found = [];
    readonly List<int> _distances = [];
    readonly Dictionary<int, int> _binAt = [];
    RecordBins _ones = null!;
    RecordBins _members = null!;
    StepBudget _work = new(0);
    CandidateList? _latest;
    int _latestOne;

    public CandidateLists(PassPlan plan, PartitionRows[] rows, PassFindings findings) =>
        (_plan, _finder, _rates) = (plan, new MemberFinder(plan, rows, plan.OneSide), new GroupRates(plan, findings));

    public void Enter(RecordBins ones, RecordBins members, StepBudget work)
    {
        (_ones, _members, _latest, _work) = (ones, members, null, work);
        _finder.Enter(members.Heads, work);
        _binAt.Clear();
        for (var bin = 0; bin < members.Count; bin++)
        {
            _binAt.Add(members.Heads[bin], bin);
        }
    }

    /// <summary>Bins in an order in which those that share a list stand one behind the other.</summary>
    public int[] InOrder()
    {
        int[] order = [.. Enumerable.Range(0, _ones.Count)];
        Array.Sort(order, (a, b) =>
        {
            var byWindows = _ones.Windows(a).SequenceCompareTo(_ones.Windows(b));
            var by = byWindows != 0 ? byWindows : CompareAmounts(a, b);
            return by != 0 ? by : a.CompareTo(b);
        });
        return order;
    }

    /// <summary>Null where an amount of the record is missing or of a currency that the pass does not take.</summary>
    public CandidateList? Of(int one)
    {
        if (!IsKnown(_ones, one))
        {
            return null;
        }

        if (_latest is null || _finder.AsksTexts || CompareAmounts(one, _latestOne) != 0
            || !_ones.Windows(one).SequenceEqual(_ones.Windows(_latestOne)))
        {
            (_latest, _latestOne) = (Gather(one), one);
        }

        return _latest;
    }

    /// <summary>Largest distance from the record among the bins: of a window or a text.</summary>
    public Int128 Distance(int one, CandidateList list, ReadOnlySpan<int> bins, Measure measure)
    {
        Int128 largest = 0;
        foreach (var bin in bins)
        {
            var distance = measure.Of == MeasureOf.Window
                ? Int128.Abs(_ones.Window(one, measure.Index) - _members.Window(bin, measure.Index))
                : list.Distances[(Array.IndexOf(list.Bins, bin) * _plan.Texts.Count) + measure.Index];
            largest = Int128.Max(largest, distance);
        }

        return largest;
    }

    /// <summary>True where every amount of the bin can be summed.</summary>
    public bool IsKnown(RecordBins bins, int bin)
    {
        for (var total = 0; total < _plan.Totals.Count; total++)
        {
            var currency = bins.Currency(bin, total);
            if (currency == PartitionRows.UnknownTotal || currency != (_plan.Totals[total].Currency ?? currency))
            {
                return false;
            }
        }

        return true;
    }

    // Equal for records that have the same candidates, as far as amounts decide it.
    int CompareAmounts(int one, int other)
    {
        for (var total = 0; total < _plan.Totals.Count; total++)
        {
            var order = _ones.Currency(one, total).CompareTo(_ones.Currency(other, total));
            if (order != 0)
            {
                return order;
            }
        }

        foreach (var rate in _plan.Rates)
        {
            var order = rate.Compare(_plan.OneSide, _ones.Rows(one)[0], _ones.Rows(other)[0]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    CandidateList Gather(int one)
    {
        _finder.Find(_ones.Heads[one], _found, _distances);
        var found = new List<(int Bin, int Index)>();
        long records = 0;
        for (var i = 0; i < _found.Count; i++)
        {
            var bin = _binAt[_found[i]];
            if (SameCurrencies(one, bin) && _rates.AreRated(_ones.Rows(one)[0], _members.Rows(bin)[0], _work))
            {
                found.Add((bin, i));
                records += _members.Size(bin);
            }
        }

        found.Sort();
        return new CandidateList(
            [.. found.Select(each => each.Bin)],
            [.. found.SelectMany(each => _distances.Skip(each.Index * _plan.Texts.Count).Take(_plan.Texts.Count))],
            records);
    }

    bool SameCurrencies(int one, int member)
    {
        for (var total = 0; total < _plan.Totals.Count; total++)
        {
            if (_ones.Currency(one, total) != _members.Currency(member, total))
            {
                return false;
            }
        }

        return true;
    }
}
