// The known name that an unknown one most likely stands for.
namespace Recon.Model;

/// <summary>Suggestions for names that do not exist.</summary>
public static class NearestName
{
    const int MostNamesListed = 12;

    /// <summary>"did you mean …?", else the names that exist, else null.</summary>
    public static string? Hint(string name, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        if (Of(name, names) is { } nearest)
        {
            return $"did you mean '{nearest}'?";
        }

        return names.Count switch
        {
            0 => null,
            <= MostNamesListed => $"known here: {string.Join(", ", names)}",
            _ => $"known here: {string.Join(", ", names.Take(MostNamesListed))}"
                + $" and {names.Count - MostNamesListed} more",
        };
    }

    /// <summary>The name that a hint ends with a question for, as those of <see cref="Hint"/> do; null where it proposes none.</summary>
    public static string? Meant(string? hint)
    {
        const string Head = "did you mean '";
        const string Tail = "'?";
        return hint?.LastIndexOf(Head, StringComparison.Ordinal) is >= 0 and var at && hint.EndsWith(Tail, StringComparison.Ordinal)
            ? hint[(at + Head.Length)..^Tail.Length]
            : null;
    }

    /// <summary>The nearest of the names within a third of the letters; the first of several in ordinal order.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        return known.Select(candidate => (candidate, distance: Distance(name, candidate, limit)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate).FirstOrDefault();
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours), letter case aside; beyond the limit: limit + 1.</summary>
    /// <remarks>Optimal string alignment distance, over three rows.</remarks>
    static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > 64)
        {
            return limit + 1;
        }

        int[] before = [], last = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
