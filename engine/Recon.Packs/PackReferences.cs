// Checks what packs say of each other: only all packs of a workspace together can tell.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

namespace Recon.Packs;

public static class PackReferences
{
    /// <summary>Names of packs that are not there, and circles of packs that wait for each other.</summary>
    /// <param name="packs">All there are: of a workspace, none that is wrong left out.</param>
    /// <returns>Sorted by (file, line, column, code), at most 100.</returns>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyList<Pack> packs)
    {
        var report = new Report();
        var byId = packs.DistinctBy(pack => pack.Id).ToDictionary(pack => pack.Id, StringComparer.Ordinal);
        foreach (var pack in packs.Where(pack => pack.Schedule is not null))
        {
            foreach (var unknown in pack.Schedule!.After.Concat(pack.Schedule.NotWith).Where(reference => !byId.ContainsKey(reference.Id)))
            {
                report.Add(
                    Findings.UnknownPack, unknown.Place, NearestName.Hint(unknown.Id, byId.Keys.Where(id => id != pack.Id).Order(StringComparer.Ordinal)),
                    unknown.Id);
            }

            if (Circle(pack, byId) is { } circle)
            {
                report.Add(
                    Findings.PacksInCircle, pack.Schedule.After[0].Place, "one of them must not wait", string.Join(" → ", circle));
            }
        }

        return report.Sorted();
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
}
