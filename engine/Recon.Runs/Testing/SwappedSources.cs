// A bound pack as if its sources were declared in the reverse order.
using Recon.Model.Rules;

namespace Recon.Runs.Testing;

/// <summary>
/// Only the order changes, by which sides are compared and listed: defaults that the order decided (a pass's calendar) stay
/// as they were bound, and so does the canonical text.
/// </summary>
static class SwappedSources
{
    internal static Pack Of(Pack pack)
    {
        var sources = pack.Sources.Reverse().Select((source, index) => source with { Index = index }).ToList();
        var byName = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var legs = pack.Legs
            .Select(leg => new LegSpec(leg.Index, [.. leg.Names.Select(name => byName[name]).OrderBy(source => source.Index)]))
            .ToList();
        return pack with
        {
            Sources = sources,
            Legs = legs,
            Passes = [.. pack.Passes.Select(pass => Of(pass, legs[pass.Leg.Index], byName))],
        };
    }

    static PassSpec Of(PassSpec pass, LegSpec leg, Dictionary<string, SourceSpec> byName) => pass with
    {
        Leg = leg,
        Left = byName[pass.Left.Name],
        Right = byName[pass.Right.Name],
        Tie = pass.Tie with { SideFields = [.. leg.Names.SelectMany(name => pass.Tie.SideFields.Skip(pass.Leg.SideOf(name)).Take(1))] },
        Pairs =
        [
            .. pass.Pairs
                .Select(pair => Of(pair, new LegSpec(leg.Index, [.. pair.Leg.Names.Select(name => byName[name]).OrderBy(source => source.Index)]), byName))
                .OrderBy(pair => (pair.Leg.Sources[0].Index, pair.Leg.Sources[1].Index)),
        ],
    };
}
