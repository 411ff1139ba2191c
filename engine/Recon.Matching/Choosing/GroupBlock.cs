// One block of a group pass: the records of the one side and what each can gather on the many side.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>A record of the one side with all free records of the many side that meet its key and windows.</summary>
/// <param name="Span">Its members lie between these indexes of the block, the second exclusive.</param>
/// <param name="Members">
/// Rows, ascending, at least one; empty where the claim does not fit (many that do not may overlap).
/// </param>
/// <param name="Distance">By measure: of a total the amount, of a window the largest distance among the members.</param>
/// <param name="Fits">True where the totals and the condition hold too.</param>
sealed record Claim(int One, (int Start, int End) Span, int[] Members, Int128[] Distance, bool Fits);

/// <summary>
/// Forms groups: every free record of the key inside the date windows of the one record is a member, never a choice of
/// them. A member whose amount is NULL or of another currency makes the group fail; it is not left out.
/// </summary>
sealed class GroupBlock
{
    // Sums stop here, short of the range of Int128: one more amount of 10^37 still fits.
    static readonly Int128 MostTotal = 15 * ExactNumber.MaxUnits;

    readonly PassPlan _plan;
    readonly PassFindings _findings;
    readonly PartitionedRows _ones;
    readonly PartitionedRows _many;
    readonly HashSet<int> _taken = [];
    readonly BlockTexts _texts;
    readonly int[] _textDistance;
    readonly int[] _farthest;
    int[] _members = [];
    StepBudget _steps = new(0);

    // What a record of the one side gathers depends on its windows alone, as long as nobody takes a member.
    Gathered? _latest;
    int _latestOne;

    public GroupBlock(PassPlan plan, PartitionedRows[] rows, PassFindings findings)
    {
        (_plan, _findings) = (plan, findings);
        (_ones, _many) = (rows[plan.OneSide], rows[1 - plan.OneSide]);
        _texts = new BlockTexts(plan);
        (_textDistance, _farthest) = (new int[plan.Texts.Count], new int[plan.Texts.Count]);
    }

    /// <summary>Who would be in a group, and what their amounts add up to.</summary>
    sealed record Gathered((int Start, int End) Span, int[] Rows, Sum[] Sums, Int128[] Distance);

    /// <summary>The currency is <see cref="PartitionedRows.UnknownTotal"/> where there is no sum.</summary>
    readonly record struct Sum(Int128 Value, int Currency);

    /// <param name="members">Positions of the many side, ascending.</param>
    /// <param name="steps">What the block may cost; claims mean nothing once it is spent.</param>
    public void Enter(ReadOnlySpan<int> members, StepBudget steps)
    {
        _members = members.ToArray();
        _steps = steps;
        _taken.Clear();
        _latest = null;
        if (_plan.Windows.Count > 0)
        {
            Array.Sort(_members, (a, b) =>
                _many.WindowAt(a, 0).CompareTo(_many.WindowAt(b, 0)) is var order && order != 0
                ? order
                : a.CompareTo(b));
        }

        if (_texts.IsAsked)
        {
            _texts.Enter(1 - _plan.OneSide, [.. _members.Select(member => _many.Rows[member])]);
            _texts.Index(1 - _plan.OneSide);
        }
    }

    /// <summary>The members of a claim are used up.</summary>
    public void Take(Claim claim)
    {
        _taken.UnionWith(claim.Members);
        _latest = null;
    }

    /// <summary>What a record of the one side claims of what is free now; null where nothing is.</summary>
    public Claim? ClaimOf(int one)
    {
        if (_steps.IsSpent || GatherFor(one) is not { } gathered)
        {
            return null;
        }

        _findings.Candidates++;
        var row = _ones.Rows[one];
        var distance = gathered.Distance.ToArray();
        var fits = TotalsFit(one, gathered.Sums, distance) && ConditionHolds(row, gathered.Rows);
        _findings.Fitting += fits ? 1 : 0;
        return new Claim(row, gathered.Span, fits ? gathered.Rows : [], distance, fits);
    }

    // Without windows all records of the key gather the same group.
    Gathered? GatherFor(int one)
    {
        if (_texts.IsAsked)
        {
            return Gather(Alike(one), one, 0, _members.Length);
        }

        if (_plan.Windows.Count == 0 && _taken.Count > 0)
        {
            return null;
        }

        if (_latest is null || !_ones.WindowsAt(one).SequenceEqual(_ones.WindowsAt(_latestOne)))
        {
            var start = Start(one);
            var end = start;
            var inside = Inside(one, ref end);
            _steps.Spend((long)StepBudget.MemberSteps * (end - start));
            (_latest, _latestOne) = (Gather(inside, one, start, end), one);
        }

        return _latest;
    }

    Gathered? Gather(List<int> positions, int one, int start, int end)
    {
        if (positions.Count == 0)
        {
            return null;
        }

        positions.Sort();
        var distance = new Int128[_plan.Measures.Count];
        foreach (var position in positions)
        {
            Measure(one, position, distance);
        }

        for (var i = 0; i < distance.Length; i++)
        {
            distance[i] = _plan.Measures[i].Of == MeasureOf.Text ? _farthest[_plan.Measures[i].Index] : distance[i];
        }

        return new Gathered(
            (start, end),
            [.. positions.Select(position => _many.Rows[position])],
            [.. Enumerable.Range(0, _plan.Totals.Count).Select(total => SumOf(positions, total))],
            distance);
    }

    // Free members inside all windows, from the index on; moves it behind the first window.
    List<int> Inside(int one, ref int index)
    {
        var inside = new List<int>();
        for (; index < _members.Length && !IsBeyond(one, _members[index]); index++)
        {
            if (WindowsFit(one, _members[index]) && !_taken.Contains(_many.Rows[_members[index]]))
            {
                inside.Add(_members[index]);
            }
        }

        return inside;
    }

    // Free members that meet all texts and windows.
    List<int> Alike(int one)
    {
        _texts.Enter(_plan.OneSide, [_ones.Rows[one]]);
        Array.Clear(_farthest);
        var alike = new List<int>();
        var near = _texts.Near(_plan.OneSide, 0);
        _steps.Spend((long)StepBudget.MemberSteps * near.Count);
        foreach (var place in near)
        {
            var member = _members[place];
            if (WindowsFit(one, member) && !_taken.Contains(_many.Rows[member]) && TextsFit(place))
            {
                alike.Add(member);
                for (var i = 0; i < _farthest.Length; i++)
                {
                    _farthest[i] = Math.Max(_farthest[i], _textDistance[i]);
                }
            }
        }

        return alike;
    }

    bool TextsFit(int place) => _plan.OneSide == 0
        ? _texts.Fit(0, place, _textDistance)
        : _texts.Fit(place, 0, _textDistance);

    // Members ascend by the first window's value; second − first rises with it where the many side is second.
    bool IsBeyond(int one, int member)
    {
        if (_plan.Windows.Count == 0)
        {
            return false;
        }

        var (first, second) = Values(one, member, 0);
        var allowance = _plan.Windows[0].Allowance;
        return _plan.OneSide == 0 ? allowance.IsBehind(first, second) : allowance.IsBefore(first, second);
    }

    // The first member inside the first window.
    int Start(int one)
    {
        var (low, high) = (0, _plan.Windows.Count == 0 ? 0 : _members.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (first, second) = Values(one, _members[middle], 0);
            var before = _plan.OneSide == 0
                ? _plan.Windows[0].Allowance.IsBefore(first, second)
                : _plan.Windows[0].Allowance.IsBehind(first, second);
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // In the order of the leg's sides.
    (Int128 First, Int128 Second) Values(int one, int member, int window) => _plan.OneSide == 0
        ? (_ones.WindowAt(one, window), _many.WindowAt(member, window))
        : (_many.WindowAt(member, window), _ones.WindowAt(one, window));

    bool WindowsFit(int one, int member)
    {
        for (var window = 0; window < _plan.Windows.Count; window++)
        {
            var (first, second) = Values(one, member, window);
            if (!_plan.Windows[window].Allowance.Holds(first, second))
            {
                return false;
            }
        }

        return true;
    }

    void Measure(int one, int member, Int128[] distance)
    {
        for (var i = 0; i < distance.Length; i++)
        {
            if (_plan.Measures[i].Of == MeasureOf.Window)
            {
                var (first, second) = Values(one, member, _plan.Measures[i].Index);
                distance[i] = Int128.Max(distance[i], Int128.Abs(second - first));
            }
        }
    }

    Sum SumOf(List<int> members, int total)
    {
        var currency = _many.TotalCurrencyAt(members[0], total);
        Int128 sum = 0;
        foreach (var member in members)
        {
            sum += _many.TotalAt(member, total);
            if (_many.TotalCurrencyAt(member, total) != currency || sum > MostTotal || sum < -MostTotal)
            {
                return new Sum(0, PartitionedRows.UnknownTotal);
            }
        }

        return new Sum(sum, currency);
    }

    bool TotalsFit(int one, Sum[] sums, Int128[] distance)
    {
        for (var i = 0; i < distance.Length; i++)
        {
            if (_plan.Measures[i].Of == MeasureOf.Total && !TotalFits(one, sums, _plan.Measures[i].Index, out distance[i]))
            {
                return false;
            }
        }

        return true;
    }

    bool TotalFits(int one, Sum[] sums, int index, out Int128 distance)
    {
        var total = _plan.Totals[index];
        var currency = _ones.TotalCurrencyAt(one, index);
        var value = _ones.TotalAt(one, index);
        var (first, second) = _plan.OneSide == 0 ? (value, sums[index].Value) : (sums[index].Value, value);
        distance = Int128.Abs(second - first);
        return currency != PartitionedRows.UnknownTotal && currency == sums[index].Currency
            && currency == (total.Currency ?? currency) && total.Allowance.Holds(first, second);
    }

    bool ConditionHolds(int one, int[] members)
    {
        if (_plan.GroupWhen is null)
        {
            return true;
        }

        _steps.Spend((long)StepBudget.MemberSteps * members.Length);
        try
        {
            return _plan.GroupWhen(_plan.Tables[_plan.OneSide], one, _plan.Tables[1 - _plan.OneSide],
                members);
        }
        catch (RuleFailedException failure)
        {
            var (first, second) = _plan.OneSide == 0 ? (one, members[0]) : (members[0], one);
            _findings.Fail(failure, first, second);
            return false;
        }
    }
}
