// A plan as remarks beside the lines that are changed.
using Recon.Packs.Comparing;
using Recon.Reports.Sections;
using Recon.Runs.Planning;

namespace Recon.Reports.Annotating;

/// <summary>A gate at its line, a version at its line, each changed rule at its line; what holds the change first.</summary>
static class PlanAnnotations
{
    internal static IReadOnlyList<Annotation> Of(RulePlan plan) =>
    [
        .. plan.Gates.Where(gate => gate.IsMet).Select(gate => Of(plan, gate)),
        .. plan.IsVersionTooSmall ? (Annotation[])[OfVersion(plan)] : [],
        .. plan.Changes.Select(change => Of(plan, change)),
    ];

    /// <summary>Each gate is a check, and so is the version; a change that nothing holds passes all.</summary>
    internal static JUnitSuite SuiteOf(RulePlan plan)
    {
        var pack = plan.Difference.Head.Head.PackId;
        return new JUnitSuite($"recon plan {pack}",
        [
            new JUnitCase(pack, "what changes", Output: PlanSections.Verdict(plan)),
            .. plan.Gates.Select(gate => gate.IsMet && plan.IsHeld
                ? new JUnitCase(pack, $"gate {gate.Gate}", $"needs a second approver: found {gate.Found}")
                : new JUnitCase(pack, $"gate {gate.Gate}", Output: gate.IsMet ? $"found {gate.Found}, approved by {plan.ApprovedBy}" : $"found {gate.Found}")),
            new JUnitCase(pack, "version step", Output: PlanSections.VersionRemark(plan)),
        ]);
    }

    static Annotation OfVersion(RulePlan plan) => new(
        "plan/version", "The version goes too small a step", AnnotationLevel.Warning, PlanSections.VersionRemark(plan), plan.Places.Version);

    static Annotation Of(RulePlan plan, GateFinding gate) => new(
        "plan/gate",
        "The change goes beyond a gate",
        plan.IsHeld ? AnnotationLevel.Error : AnnotationLevel.Note,
        plan.IsHeld
            ? $"{plan.Difference.Head.Head.PackId}: beyond the gate {gate.Gate}: found {gate.Found}. A second person has to approve it."
            : $"{plan.Difference.Head.Head.PackId}: beyond the gate {gate.Gate}: found {gate.Found}. Approved by {plan.ApprovedBy}.",
        plan.Places.OfGate(gate.Gate.Split(':')[0]));

    static Annotation Of(RulePlan plan, PackChange change)
    {
        var alone = plan.Attribution.Shares.Where(share => share.Changes is [var only] && only == change.What).Sum(share => share.Records);
        var together = plan.Attribution.Shares.Where(share => share.Changes.Count > 1 && share.Changes.Contains(change.What)).Sum(share => share.Records);
        return new Annotation(
            "plan/change",
            "A rule is changed",
            alone + together > 0 ? AnnotationLevel.Warning : AnnotationLevel.Note,
            $"{change.What} {PlanDocument.Word(change.Kind)}{Lines(change)}\n{Moves(plan, change, alone, together)}",
            plan.Places.Of(change));
    }

    static string Lines(PackChange change) => (change.Before, change.After) switch
    {
        (null, _) => "",
        (_, null) => $": was {change.Before}",
        _ => $": {change.Before} → {change.After}",
    };

    static string Moves(RulePlan plan, PackChange change, int alone, int together) =>
        change.Part == PackPart.Gates ? "It moves no record: it says who may change the rules."
        : plan.Attribution.NotAlone.Contains(change.What) ? "How many records it moves by itself is not known: it cannot be left out alone."
        : $"Without it {PlanSections.Plural(alone, "record")} would end otherwise"
            + (together > 0 ? $", and {PlanSections.Plural(together, "record")} more where other changes are needed too." : ".");
}
