// Checks what the packs of a workspace say of each other: only all of them together can tell.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Cli.Serving;

static class PackReferences
{
    /// <summary>A line for each reference to a pack that is not there, and for each circle of packs that wait for each other.</summary>
    internal static IReadOnlyList<string> Faults(IReadOnlyList<Pack> packs)
    {
        var byId = packs.ToDictionary(pack => pack.Id, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var pack in packs.Where(pack => pack.Schedule is not null))
        {
            faults.AddRange(pack.Schedule!.After.Concat(pack.Schedule.NotWith).Where(reference => !byId.ContainsKey(reference.Id)).Select(reference =>
                At(reference.Place, $"this workspace has no pack '{reference.Id}'; {NearestName.Hint(reference.Id, byId.Keys)}")));
            if (Circle(pack, byId) is { } circle)
            {
                faults.Add(At(pack.Schedule.After[0].Place, $"packs wait for each other in a circle: {string.Join(" → ", circle)}"));
            }
        }

        return faults;
    }

    // The way from a pack back to itself; of each circle only the pack with the smallest id tells.
    static List<string>? Circle(Pack start, Dictionary<string, Pack> byId)
    {
        var ways = new Queue<List<string>>([[start.Id]]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (ways.TryDequeue(out var way))
        {
            foreach (var next in byId.GetValueOrDefault(way[^1])?.Schedule?.After ?? [])
            {
                if (next.Id == start.Id)
                {
                    return way.TrueForAll(id => string.CompareOrdinal(start.Id, id) <= 0) ? [.. way, start.Id] : null;
                }

                if (seen.Add(next.Id))
                {
                    ways.Enqueue([.. way, next.Id]);
                }
            }
        }

        return null;
    }

    static string At(Place place, string what) => $"{place.File}:{place.Line}:{place.Column}: error: {what}";
}
