// One block of a group pass: the records of the one side and what each can gather on the many side.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>A record of the one side with all free records of the many side that fit it, and whose total fits.</summary>
/// <param name="Members">Rows, ascending; at least one.</param>
/// <param name="Distance">By measure: of a total the amount, of a window the largest distance among the members.</param>
sealed record Claim(int One, int[] Members, Int128[] Distance);

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
    int[] _members = [];

    public GroupBlock(PassPlan plan, PartitionedRows[] rows, PassFindings findings)
    {
        (_plan, _findings) = (plan, findings);
        (_ones, _many) = (rows[plan.OneSide], rows[1 - plan.OneSide]);
    }

    /// <param name="members">Positions of the many side, ascending.</param>
    public void Enter(ReadOnlySpan<int> members)
    {
        _members = members.ToArray();
        _taken.Clear();
        if (_plan.Windows.Count > 0)
        {
            Array.Sort(_members, (a, b) => _many.WindowAt(a, 0).CompareTo(_many.WindowAt(b, 0)) is var order && order != 0
                ? order
                : a.CompareTo(b));
        }
    }

    /// <summary>Rows of the many side that are used up.</summary>
    public void Take(Claim claim) => _taken.UnionWith(claim.Members);

    public bool IsTouched(Claim claim) => claim.Members.Any(_taken.Contains);

    /// <summary>The claim of a record of the one side over what is free now; null where its group does not fit.</summary>
    public Claim? ClaimOf(int one)
    {
        var distance = new Int128[_plan.Measures.Count];
        var positions = Gather(one, distance);
        if (positions.Count == 0)
        {
            return null;
        }

        _findings.Candidates++;
        if (!TotalsFit(one, positions, distance))
        {
            return null;
        }

        var rows = positions.Select(position => _many.Rows[position]).ToArray();
        Array.Sort(rows);
        if (!ConditionHolds(_ones.Rows[one], rows))
        {
            return null;
        }

        _findings.Fitting++;
        return new Claim(_ones.Rows[one], rows, distance);
    }

    List<int> Gather(int one, Int128[] distance)
    {
        var gathered = new List<int>();
        for (var i = Start(one); i < _members.Length; i++)
        {
            var position = _members[i];
            if (_plan.Windows.Count > 0 && Difference(one, position, 0) is var first && IsBeyond(first))
            {
                break;
            }

            if (WindowsFit(one, position) && !_taken.Contains(_many.Rows[position]))
            {
                gathered.Add(position);
                Measure(one, position, distance);
            }
        }

        return gathered;
    }

    // Members ascend by the first window's value; second − first rises with it where the many side is second.
    bool IsBeyond(Int128 difference) => _plan.OneSide == 0
        ? difference > _plan.Windows[0].High
        : difference < _plan.Windows[0].Low;

    int Start(int one)
    {
        if (_plan.Windows.Count == 0)
        {
            return 0;
        }

        var (low, high) = (0, _members.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var difference = Difference(one, _members[middle], 0);
            var before = _plan.OneSide == 0 ? difference < _plan.Windows[0].Low : difference > _plan.Windows[0].High;
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    Int128 Difference(int one, int member, int window) => _plan.OneSide == 0
        ? _many.WindowAt(member, window) - _ones.WindowAt(one, window)
        : _ones.WindowAt(one, window) - _many.WindowAt(member, window);

    bool WindowsFit(int one, int member)
    {
        for (var window = 0; window < _plan.Windows.Count; window++)
        {
            var difference = Difference(one, member, window);
            if (difference < _plan.Windows[window].Low || difference > _plan.Windows[window].High)
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
            if (!_plan.Measures[i].OfTotal)
            {
                distance[i] = Int128.Max(distance[i], Int128.Abs(Difference(one, member, _plan.Measures[i].Index)));
            }
        }
    }

    bool TotalsFit(int one, List<int> members, Int128[] distance)
    {
        for (var i = 0; i < distance.Length; i++)
        {
            if (!_plan.Measures[i].OfTotal)
            {
                continue;
            }

            var total = _plan.Totals[_plan.Measures[i].Index];
            if (!TrySum(one, members, _plan.Measures[i].Index, out var sum))
            {
                return false;
            }

            var value = _ones.TotalAt(one, _plan.Measures[i].Index);
            var difference = _plan.OneSide == 0 ? sum - value : value - sum;
            if (difference < total.Low || difference > total.High)
            {
                return false;
            }

            distance[i] = Int128.Abs(difference);
        }

        return true;
    }

    bool TrySum(int one, List<int> members, int total, out Int128 sum)
    {
        sum = 0;
        var currency = _ones.TotalCurrencyAt(one, total);
        var wanted = _plan.Totals[total].Currency ?? currency;
        if (currency == PartitionedRows.UnknownTotal || currency != wanted)
        {
            return false;
        }

        foreach (var member in members)
        {
            if (_many.TotalCurrencyAt(member, total) != currency)
            {
                return false;
            }

            sum += _many.TotalAt(member, total);
            if (sum > MostTotal || sum < -MostTotal)
            {
                return false;
            }
        }

        return true;
    }

    bool ConditionHolds(int one, int[] members)
    {
        if (_plan.GroupWhen is null)
        {
            return true;
        }

        try
        {
            return _plan.GroupWhen(_plan.Tables[_plan.OneSide], one, _plan.Tables[1 - _plan.OneSide], members);
        }
        catch (RuleFailedException failure)
        {
            var (first, second) = _plan.OneSide == 0 ? (one, members[0]) : (members[0], one);
            _findings.Fail(failure, first, second);
            return false;
        }
    }
}
