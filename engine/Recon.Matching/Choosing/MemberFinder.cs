// Finds the records of one side that meet the windows and texts of a record of the other.
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>The records of the many side of a key, sorted by their first window, so that a record's members are a run.</summary>
/// <param name="oneSide">The side of the record that is asked about.</param>
sealed class MemberFinder(PassPlan plan, PartitionRows[] rows, int oneSide)
{
    readonly PartitionRows _ones = rows[oneSide];
    readonly PartitionRows _many = rows[1 - oneSide];
    readonly BlockTexts _texts = new(plan);
    readonly int[] _textDistance = new int[plan.Texts.Count];
    int[] _members = [];
    StepBudget _steps = new(0);

    /// <summary>True where each record must be asked for itself, whatever its windows.</summary>
    public bool AsksTexts => _texts.IsAsked;

    /// <param name="members">Positions of the many side, ascending.</param>
    /// <param name="steps">What looking at members is charged to.</param>
    public void Enter(ReadOnlySpan<int> members, StepBudget steps)
    {
        _members = members.ToArray();
        _steps = steps;
        if (plan.Windows.Count > 0)
        {
            Array.Sort(_members, (a, b) =>
                _many.WindowAt(a, 0).CompareTo(_many.WindowAt(b, 0)) is var order && order != 0
                ? order
                : a.CompareTo(b));
        }

        if (_texts.IsAsked)
        {
            _texts.Enter(1 - oneSide, [.. _members.Select(member => _many.Rows[member])]);
            _texts.Index(1 - oneSide);
        }
    }

    /// <summary>Puts the positions of a record's members into a list; gives the run of members that it looked at.</summary>
    /// <param name="distances">Member by member one distance a text condition.</param>
    public (int Start, int End) Find(int one, List<int> found, List<int> distances)
    {
        found.Clear();
        distances.Clear();
        if (_texts.IsAsked)
        {
            FindAlike(one, found, distances);
            return (0, _members.Length);
        }

        var start = Start(one);
        var end = start;
        for (; end < _members.Length && !IsBeyond(one, _members[end]); end++)
        {
            if (WindowsFit(one, _members[end]))
            {
                found.Add(_members[end]);
            }
        }

        _steps.Spend((long)StepBudget.MemberSteps * (end - start));
        return (start, end);
    }

    void FindAlike(int one, List<int> found, List<int> distances)
    {
        _texts.Enter(oneSide, [_ones.Rows[one]]);
        var near = _texts.Near(oneSide, 0);
        _steps.Spend((long)StepBudget.MemberSteps * near.Count);
        foreach (var place in near)
        {
            if (WindowsFit(one, _members[place]) && TextsFit(place))
            {
                found.Add(_members[place]);
                distances.AddRange(_textDistance);
            }
        }
    }

    bool TextsFit(int place) => oneSide == 0
        ? _texts.Fit(0, place, _textDistance)
        : _texts.Fit(place, 0, _textDistance);

    // Members ascend by the first window's value; second − first rises with it where the many side is second.
    bool IsBeyond(int one, int member)
    {
        if (plan.Windows.Count == 0)
        {
            return false;
        }

        var (first, second) = Values(one, member, 0);
        var allowance = plan.Windows[0].Allowance;
        return oneSide == 0 ? allowance.IsBehind(first, second) : allowance.IsBefore(first, second);
    }

    // The first member inside the first window.
    int Start(int one)
    {
        var (low, high) = (0, plan.Windows.Count == 0 ? 0 : _members.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (first, second) = Values(one, _members[middle], 0);
            var before = oneSide == 0
                ? plan.Windows[0].Allowance.IsBefore(first, second)
                : plan.Windows[0].Allowance.IsBehind(first, second);
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The values of a window, in the order of the leg's sides.</summary>
    public (Int128 First, Int128 Second) Values(int one, int member, int window) => oneSide == 0
        ? (_ones.WindowAt(one, window), _many.WindowAt(member, window))
        : (_many.WindowAt(member, window), _ones.WindowAt(one, window));

    bool WindowsFit(int one, int member)
    {
        for (var window = 0; window < plan.Windows.Count; window++)
        {
            var (first, second) = Values(one, member, window);
            if (!plan.Windows[window].Allowance.Holds(first, second))
            {
                return false;
            }
        }

        return true;
    }
}
