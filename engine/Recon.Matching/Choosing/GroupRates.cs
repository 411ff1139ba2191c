// The conditions of a group pass over several currencies, asked of a record and all its members.
using Recon.Matching.Blocks;
using Recon.Matching.Rates;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of what a pass asks of currencies; groups that lack a rate are noted among the findings.</summary>
sealed class GroupRates(PassPlan plan, PassFindings findings)
{
    // Adding fractions costs the square of their number; a few cost no more than a look at a record.
    const int PartsPerStep = 8;

    readonly Comparison[] _comparisons =
        [.. plan.Pass.Comparisons.Where(comparison => comparison.Tolerance is AmountTolerance { Fx: not null })];

    // The members that were noted last: a hundred thousand records may claim the same.
    int[]? _noted;

    /// <summary>The members of a group, once a condition.</summary>
    /// <param name="members">Rows of the many side, ascending.</param>
    public RatedMembers[] Of(int[] members, StepBudget steps)
    {
        steps.Spend((long)StepBudget.MemberSteps * members.Length * plan.Rates.Count);
        return [.. plan.Rates.Select(rate => new RatedMembers(rate, 1 - plan.OneSide, members))];
    }

    /// <summary>True where a record and its members hold a condition.</summary>
    /// <param name="rows">Of the members.</param>
    /// <param name="distance">In units of <see cref="RateCondition.DistanceScale"/>; 0 where the condition fails.</param>
    public bool Fit(int condition, int one, RatedMembers members, int[] rows, StepBudget steps, out Int128 distance)
    {
        steps.Spend((long)members.Parts.Count * members.Parts.Count / PartsPerStep);
        var rate = plan.Rates[condition];
        var amounts = rate.Amounts(one, members);
        if (amounts is null && rate.LackOf(one, members) is var (record, day))
        {
            Note(one, rows, new UnratedRecord(plan.Pass.Index, _comparisons[condition], record, day), steps);
        }

        return rate.Holds(amounts, out distance);
    }

    void Note(int one, int[] rows, UnratedRecord lack, StepBudget steps)
    {
        findings.Unrated[plan.OneSide].TryAdd(one, lack);
        if (rows == _noted)
        {
            return;
        }

        _noted = rows;
        steps.Spend((long)StepBudget.MemberSteps * rows.Length);
        foreach (var row in rows)
        {
            findings.Unrated[1 - plan.OneSide].TryAdd(row, lack);
        }
    }
}
