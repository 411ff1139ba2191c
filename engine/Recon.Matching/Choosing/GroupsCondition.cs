// Asks the C# of an n:m pass about a group of either side.
using Recon.Matching.Blocks;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

static class GroupsCondition
{
    /// <param name="first">Rows of the first side of the leg, ascending; so are those of the second.</param>
    public static bool Holds(PassPlan plan, PassFindings findings, int[] first, int[] second)
    {
        var (left, right) = plan.LeftSide == 0 ? (first, second) : (second, first);
        try
        {
            return plan.GroupsWhen is null
                || plan.GroupsWhen(plan.Tables[plan.LeftSide], left, plan.Tables[1 - plan.LeftSide], right);
        }
        catch (RuleFailedException failure)
        {
            findings.Fail(failure, first[0], second[0]);
            return false;
        }
    }
}
