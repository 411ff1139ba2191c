// One block of a group pass: the records of the one side and what each can gather on the many side.
using Recon.Matching.Blocks;
using Recon.Matching.Rates;
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
/// them. A member whose amount is NULL, of another currency or without a rate makes the group fail; it is not left out.
/// </summary>
sealed class GroupBlock
{
    readonly PassPlan _plan;
    readonly PassFindings _findings;
    readonly PartitionRows _ones;
    readonly PartitionRows _many;
    readonly MemberFinder _finder;
    readonly HashSet<int> _taken = [];
    readonly List<int> _found = [];
    readonly List<int> _textDistances = [];
    StepBudget _steps = new(0);

    // What a record of the one side gathers depends on its windows alone, as long as nobody takes a member.
    Gathered? _latest;
    int _latestOne;

    public GroupBlock(PassPlan plan, PartitionRows[] rows, PassFindings findings)
    {
        (_plan, _findings) = (plan, findings);
        (_ones, _many) = (rows[plan.OneSide], rows[1 - plan.OneSide]);
        _finder = new MemberFinder(plan, rows, plan.OneSide);
    }

    /// <summary>Who would be in a group, and what their amounts add up to.</summary>
    sealed record Gathered((int Start, int End) Span, int[] Rows, GroupSum[] Sums, RatedMembers[] Rated, Int128[] Distance);

    /// <param name="members">Positions of the many side, ascending.</param>
    /// <param name="steps">What the block may cost; claims mean nothing once it is spent.</param>
    public void Enter(ReadOnlySpan<int> members, StepBudget steps)
    {
        _steps = steps;
        _taken.Clear();
        _latest = null;
        _finder.Enter(members, steps);
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
        var fits = _plan.Pass.Size.Holds(gathered.Rows.Length)
            && TotalsFit(one, gathered, distance) && ConditionHolds(row, gathered.Rows);
        _findings.Fitting += fits ? 1 : 0;
        return new Claim(row, gathered.Span, fits ? gathered.Rows : [], distance, fits);
    }

    // Without windows all records of the key gather the same group.
    Gathered? GatherFor(int one)
    {
        if (_finder.AsksTexts)
        {
            return Gather(one);
        }

        if (_plan.Windows.Count == 0 && _taken.Count > 0)
        {
            return null;
        }

        if (_latest is null || !_ones.WindowsAt(one).SequenceEqual(_ones.WindowsAt(_latestOne)))
        {
            (_latest, _latestOne) = (Gather(one), one);
        }

        return _latest;
    }

    Gathered? Gather(int one)
    {
        var span = _finder.Find(one, _found, _textDistances);
        var distance = new Int128[_plan.Measures.Count];
        var positions = new List<int>();
        for (var i = 0; i < _found.Count; i++)
        {
            if (!_taken.Contains(_many.Rows[_found[i]]))
            {
                positions.Add(_found[i]);
                Measure(one, i, distance);
            }
        }

        if (positions.Count == 0)
        {
            return null;
        }

        positions.Sort();
        int[] rows = [.. positions.Select(position => _many.Rows[position])];
        return new Gathered(
            span,
            rows,
            [.. Enumerable.Range(0, _plan.Totals.Count).Select(total => GroupSum.Of(_many, positions, total))],
            GroupRates.Of(_plan, rows, _steps),
            distance);
    }

    // Raises the distance to that of the member found at an index.
    void Measure(int one, int index, Int128[] distance)
    {
        for (var i = 0; i < distance.Length; i++)
        {
            var measure = _plan.Measures[i];
            if (measure.Of == MeasureOf.Window)
            {
                var (first, second) = _finder.Values(one, _found[index], measure.Index);
                distance[i] = Int128.Max(distance[i], Int128.Abs(second - first));
            }
            else if (measure.Of == MeasureOf.Text)
            {
                distance[i] = Int128.Max(distance[i], _textDistances[(index * _plan.Texts.Count) + measure.Index]);
            }
        }
    }

    bool TotalsFit(int one, Gathered gathered, Int128[] distance)
    {
        var fits = true;
        for (var i = 0; i < distance.Length && fits; i++)
        {
            var (of, index) = (_plan.Measures[i].Of, _plan.Measures[i].Index);
            fits = of switch
            {
                MeasureOf.Total => TotalFits(one, gathered.Sums, index, out distance[i]),
                MeasureOf.Rate => GroupRates.Fits(_plan.Rates[index], _ones.Rows[one], gathered.Rated[index], _steps, out distance[i]),
                _ => true,
            };
        }

        return fits;
    }

    bool TotalFits(int one, GroupSum[] sums, int index, out Int128 distance)
    {
        var own = new GroupSum(_ones.TotalAt(one, index), _ones.TotalCurrencyAt(one, index));
        var (first, second) = _plan.OneSide == 0 ? (own, sums[index]) : (sums[index], own);
        distance = Int128.Abs(second.Value - first.Value);
        return GroupSum.Fit(_plan.Totals[index], first, second);
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
