// Binds the approvals of a resolution.
using Recon.Model.Rules;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ApprovalBinder(PackScope scope)
{
    public const int MostPeople = 20;

    /// <param name="posted">Fields whose amounts are posted; one whose currency stands in a column may be in any.</param>
    public ApprovalSpec Bind(Keys owner, IReadOnlyList<FieldSpec> posted)
    {
        if (!owner.Has("post"))
        {
            owner.RefuseIfPresent("approvals", "nothing is posted, and only postings are approved");
            return ApprovalSpec.One;
        }

        var steps = new List<ApprovalStep>();
        foreach (var item in owner.OneOrMore("approvals"))
        {
            if (owner.Shape<MapNode>(item, "{ over: 1000.00 EUR, people: 2 }") is { } map && Step(map, posted) is { } step)
            {
                steps.Add(step);
            }
        }

        return new ApprovalSpec(steps);
    }

    ApprovalStep? Step(MapNode map, IReadOnlyList<FieldSpec> posted)
    {
        var keys = new Keys(map, map.Place, ClassShapes.Approval, scope.Report);
        var over = keys.Scalar("over");
        var amount = scope.Money(over);
        CurrencyChecks.CanNeverMeet(amount?.CurrencyCode, posted, over?.Place ?? map.Place, scope.Report);
        return scope.Integer(keys.NeedScalar("people", "people: 2"), 1, MostPeople) is { } people && (over is null || amount is not null)
            ? new ApprovalStep(amount, people)
            : null;
    }
}
