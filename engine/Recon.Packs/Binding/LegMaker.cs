// Gives the legs that the passes of a pack make: one for each set of sources.
using Recon.Model.Rules;

namespace Recon.Packs.Binding;

sealed class LegMaker(PackScope scope)
{
    /// <summary>The leg of these sources, whatever their order; made where no pass before had it.</summary>
    public LegSpec Of(params IReadOnlyList<BoundSource> sources)
    {
        SourceSpec[] inOrder = [.. sources.Select(source => source.Spec).OrderBy(source => source.Index)];
        var known = scope.Legs.Find(leg => leg.Sources.SequenceEqual(inOrder));
        if (known is null)
        {
            scope.Legs.Add(known = new LegSpec(scope.Legs.Count, inOrder));
        }

        return known;
    }
}
