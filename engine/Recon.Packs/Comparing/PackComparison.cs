// Compares two versions of a pack, and makes the later one without one of its changes.
using Recon.Model.Rules;
using Recon.Packs.Formatting;

namespace Recon.Packs.Comparing;

/// <summary>Two versions of one pack, as bound: what is only written otherwise (comments, layout, parameters put in) is no change.</summary>
public sealed class PackComparison(Pack before, Pack after)
{
    static readonly Entries<Parameter> Parameters = new(
        PackPart.Parameter, isOrdered: false, parameter => parameter.Name, (text, parameter) => text.Line(parameter.Value));

    static readonly Entries<SourceSpec> Sources = new(PackPart.Source, isOrdered: false, source => source.Name, CanonicalSource.Write);
    static readonly Entries<TrustSpec> Trust = new(PackPart.Trust, isOrdered: false, rule => rule.Field, CanonicalText.WriteTrust);
    static readonly Entries<PassSpec> Passes = new(PackPart.Pass, isOrdered: true, pass => pass.Id, CanonicalPass.Write);
    static readonly Entries<ClassSpec> Classes = new(PackPart.Class, isOrdered: true, rule => rule.Id, CanonicalText.WriteClass);

    static readonly Entries<ResolutionSpec> Resolutions = new(
        PackPart.Resolution, isOrdered: false, resolution => resolution.For, CanonicalText.WriteResolution);

    static readonly Entries<BreakerSpec?> Breaker = new(PackPart.Breaker, isOrdered: false, _ => "the pack", CanonicalLimit.Write);

    static readonly Entries<ExposureSpec> Exposure = new(PackPart.Exposure, isOrdered: false, _ => "the pack", CanonicalText.WriteExposure);

    static readonly Entries<GateSpec?> Gates = new(PackPart.Gates, isOrdered: false, _ => "the pack", CanonicalText.WriteGates);

    /// <summary>True where both decide alike whatever the data.</summary>
    public bool DecideAlike => WithoutVersion(before) == WithoutVersion(after);

    /// <summary>What differs and decides something about records or about changes, in the order of the language.</summary>
    public IReadOnlyList<PackChange> Changes { get; } =
    [
        .. Parameters.Changes(before.Parameters, after.Parameters).Where(change => IsRead(change.Name, before) || IsRead(change.Name, after)),
        .. Sources.Changes(before.Sources, after.Sources),
        .. Trust.Changes(before.Trust, after.Trust),
        .. Passes.Changes(before.Passes, after.Passes),
        .. Classes.Changes(before.Classes, after.Classes),
        .. Resolutions.Changes(before.Resolutions, after.Resolutions),
        .. Breaker.Changes([before.Breaker], [after.Breaker]),
        .. Exposure.Changes([before.Exposure], [after.Exposure]),
        .. Gates.Changes([before.Gates], [after.Gates]),
    ];

    /// <summary>The later pack without one of its changes, as canonical text; whether it binds is not said.</summary>
    public string Without(PackChange change) => CanonicalText.Of(after with
    {
        Parameters = Parameters.Without(change, before.Parameters, after.Parameters),
        Sources = Sources.Without(change, before.Sources, after.Sources),
        Trust = Trust.Without(change, before.Trust, after.Trust),
        Passes = Passes.Without(change, before.Passes, after.Passes),
        Classes = Classes.Without(change, before.Classes, after.Classes),
        Resolutions = Resolutions.Without(change, before.Resolutions, after.Resolutions),
        Breaker = Breaker.Without(change, [before.Breaker], [after.Breaker])[0],
        Exposure = Exposure.Without(change, [before.Exposure], [after.Exposure])[0],
    });

    // Elsewhere its value was put in where it is named: the rule there is what changed.
    static bool IsRead(string parameter, Pack pack) => pack.Canonical.Contains($"Params.{parameter}", StringComparison.Ordinal);

    static string WithoutVersion(Pack pack) => CanonicalText.Deciding(pack with { Version = "", Owner = null });
}
