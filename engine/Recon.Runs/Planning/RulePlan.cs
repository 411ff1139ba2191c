// A change of rules and all that is said about it: what every output renders.
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Packs.Comparing;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>A reviewed change.</summary>
/// <param name="Base">How the rules before were named: a reference of git with its commit, or a folder.</param>
/// <param name="Changes">What differs in the packs and decides something, in the order of the language.</param>
/// <param name="Gates">Of the rules before, each held against the change.</param>
/// <param name="ApprovedBy">Who approved what goes beyond a gate; null for nobody.</param>
public sealed record RulePlan(
    string Base,
    PlanDifference Difference,
    IReadOnlyList<PackChange> Changes,
    Attribution Attribution,
    IReadOnlyList<GateFinding> Gates,
    VersionStep Needed,
    VersionStep Written,
    string? ApprovedBy)
{
    /// <summary>The snapshot on which both versions were decided, in words; empty for the inputs of the date as they were.</summary>
    public string Data { get; init; } = "";

    /// <summary>False where the rules before are not at hand, but only what they decided.</summary>
    public bool KnowsChanges { get; init; } = true;

    public bool MeetsGate => Gates.Any(gate => gate.IsMet);

    /// <summary>A gate is met and nobody approved it.</summary>
    public bool IsHeld => MeetsGate && ApprovedBy is null;

    /// <summary>The version goes a smaller step than what the change does.</summary>
    public bool IsVersionTooSmall => Written < Needed;

    /// <summary>Where the changed rules stand in the pack.</summary>
    public PackPlaces Places { get; init; } = new(new PackText("pack.yaml", default));

    /// <summary>Passes of the head that matched nothing, then its classes that no break has.</summary>
    public IReadOnlyList<string> NeverHit { get; init; } = [];

    /// <param name="pack">The head's.</param>
    public static IReadOnlyList<string> NeverHitOf(RunRecord head, Pack pack)
    {
        var found = head.Breaks.Select(item => item.Class).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. head.Passes.Where(pass => pass is { Matches: 0, Ambiguous: 0, Capped: 0 }).Select(pass => $"pass {pass.Id}"),
            .. pack.Classes.Where(rule => !found.Contains(rule.Id)).Select(rule => $"class {rule.Id}"),
        ];
    }
}
