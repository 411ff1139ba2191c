// The conditions of a group pass over several currencies, asked of a record and all its members.
using Recon.Matching.Blocks;
using Recon.Matching.Rates;

namespace Recon.Matching.Choosing;

static class GroupRates
{
    // Adding fractions costs the square of their number; a few cost no more than a look at a record.
    const int PartsPerStep = 8;

    /// <summary>The members of a group, once a condition.</summary>
    /// <param name="members">Rows of the many side, ascending.</param>
    public static RatedMembers[] Of(PassPlan plan, int[] members, StepBudget steps)
    {
        steps.Spend((long)StepBudget.MemberSteps * members.Length * plan.Rates.Count);
        return [.. plan.Rates.Select(rate => new RatedMembers(rate, 1 - plan.OneSide, members))];
    }

    /// <summary>True where the group holds one of the conditions.</summary>
    /// <param name="distance">In units of <see cref="RateCondition.DistanceScale"/>; 0 where the condition fails.</param>
    public static bool Fits(RateCondition rate, int one, RatedMembers members, StepBudget steps, out Int128 distance)
    {
        steps.Spend((long)members.Parts.Count * members.Parts.Count / PartsPerStep);
        return rate.Holds(one, members, out distance);
    }
}
