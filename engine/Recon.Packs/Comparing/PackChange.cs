// What differs between two versions of a pack, rule by rule.
namespace Recon.Packs.Comparing;

/// <summary>The parts of a pack whose entries decide something.</summary>
public enum PackPart
{
    Parameter,
    Source,
    Trust,
    Pass,
    Class,
    Resolution,
    Breaker,
    Exposure,

    /// <summary>They decide nothing about records, but who may change the rules.</summary>
    Gates,
}

public enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>The entries that both have stand in another order.</summary>
    Moved,
}

/// <summary>One change, small enough to be left out by itself.</summary>
/// <param name="Name">Of the entry; empty for <see cref="ChangeKind.Moved"/>.</param>
/// <param name="Before">The lines of the entry that differ, as canonical text, with <c>; </c> between them; null where it is new.</param>
/// <param name="After">What stands there now; null where it is gone.</param>
public sealed record PackChange(PackPart Part, string Name, ChangeKind Kind, string? Before, string? After)
{
    /// <summary>For people: <c>pass capture-near</c>, <c>order of passes</c>.</summary>
    public string What => Kind == ChangeKind.Moved ? $"order of {Words(Part).Many}" : $"{Words(Part).One} {Name}";

    static (string One, string Many) Words(PackPart part) => part switch
    {
        PackPart.Parameter => ("parameter", "parameters"),
        PackPart.Source => ("source", "sources"),
        PackPart.Trust => ("trust in", "trust"),
        PackPart.Pass => ("pass", "passes"),
        PackPart.Class => ("class", "classes"),
        PackPart.Resolution => ("resolution of", "resolutions"),
        PackPart.Breaker => ("circuit breaker of", "circuit breakers"),
        PackPart.Exposure => ("exposure of", "exposures"),
        _ => ("gates of", "gates"),
    };
}
