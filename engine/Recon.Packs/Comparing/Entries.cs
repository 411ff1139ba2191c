// The entries of one part of a pack in two versions.
using Recon.Packs.Formatting;

namespace Recon.Packs.Comparing;

/// <summary>Compares entries by name and canonical text, and puts single entries of the earlier version into the later one.</summary>
/// <param name="isOrdered">Their order decides something.</param>
sealed class Entries<T>(PackPart part, bool isOrdered, Func<T, string> nameOf, Action<CanonicalWriter, T> write)
{
    public IEnumerable<PackChange> Changes(IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        foreach (var entry in before.Where(entry => Find(after, nameOf(entry)) is null))
        {
            yield return new PackChange(part, nameOf(entry), ChangeKind.Removed, Joined(Lines(entry)), null);
        }

        foreach (var entry in after)
        {
            if (Find(before, nameOf(entry)) is not { } earlier)
            {
                yield return new PackChange(part, nameOf(entry), ChangeKind.Added, null, Joined(Lines(entry)));
            }
            else if (Differing(earlier.Entry, entry) is { } lines)
            {
                yield return new PackChange(part, nameOf(entry), ChangeKind.Changed, lines.Before, lines.After);
            }
        }

        if (isOrdered && !Common(before, after).SequenceEqual(Common(after, before)))
        {
            yield return new PackChange(
                part, "", ChangeKind.Moved, string.Join(", ", Common(before, after)), string.Join(", ", Common(after, before)));
        }
    }

    /// <summary>The later entries but for one change.</summary>
    public IReadOnlyList<T> Without(PackChange change, IReadOnlyList<T> before, IReadOnlyList<T> after) => change.Part != part ? after : change.Kind switch
    {
        ChangeKind.Added => [.. after.Where(entry => nameOf(entry) != change.Name)],
        ChangeKind.Removed => Inserted(change.Name, before, after),
        ChangeKind.Changed => [.. after.Select(entry => nameOf(entry) == change.Name ? Find(before, change.Name)!.Value.Entry : entry)],
        _ => Reordered(before, after),
    };

    // Behind the nearest earlier neighbour that is still there.
    List<T> Inserted(string name, IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        var result = after.ToList();
        var entry = Find(before, name)!.Value;
        var place = 0;
        for (var i = entry.Index - 1; i >= 0 && place == 0; i--)
        {
            place = Find(after, nameOf(before[i])) is { } neighbour ? neighbour.Index + 1 : 0;
        }

        result.Insert(place, entry.Entry);
        return result;
    }

    List<T> Reordered(IReadOnlyList<T> before, IReadOnlyList<T> after)
    {
        var order = new Queue<string>(Common(before, after));
        return [.. after.Select(entry => Find(before, nameOf(entry)) is null ? entry : Find(after, order.Dequeue())!.Value.Entry)];
    }

    IEnumerable<string> Common(IReadOnlyList<T> entries, IReadOnlyList<T> others) =>
        entries.Select(nameOf).Where(name => Find(others, name) is not null);

    // Every line that only one of them has; where both have the same lines, their order is what differs.
    (string Before, string After)? Differing(T before, T after)
    {
        var (earlier, later) = (Lines(before), Lines(after));
        return earlier.SequenceEqual(later) ? null
            : earlier.ToHashSet(StringComparer.Ordinal).SetEquals(later) ? (Joined(earlier), Joined(later))
            : (Joined(earlier.Except(later, StringComparer.Ordinal)), Joined(later.Except(earlier, StringComparer.Ordinal)));
    }

    static string Joined(IEnumerable<string> lines) => string.Join("; ", lines);

    string[] Lines(T entry)
    {
        var text = new CanonicalWriter();
        write(text, entry);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    (T Entry, int Index)? Find(IReadOnlyList<T> entries, string name)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (nameOf(entries[i]) == name)
            {
                return (entries[i], i);
            }
        }

        return null;
    }
}
