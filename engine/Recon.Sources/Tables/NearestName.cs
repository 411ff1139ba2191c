// The name somebody probably meant.
namespace Recon.Sources.Tables;

static class NearestName
{
    // Names longer than this are compared by their beginning only.
    const int MaxLength = 64;

    /// <summary>The candidate with the fewest edits, ignoring case; null where more than a third would have to change.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var (best, fewest) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var edits = Edits(Folded(name), Folded(candidate));
            if (edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return fewest * 3 <= Math.Max(name.Length, best?.Length ?? 0) ? best : null;
    }

    static string Folded(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.Length > MaxLength ? letters[..MaxLength] : letters;
    }

    // Levenshtein distance, two rows at a time.
    static int Edits(string source, string target)
    {
        var above = Enumerable.Range(0, target.Length + 1).ToArray();
        for (var i = 1; i <= source.Length; i++)
        {
            var row = new int[target.Length + 1];
            row[0] = i;
            for (var j = 1; j <= target.Length; j++)
            {
                var change = above[j - 1] + (source[i - 1] == target[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[target.Length];
    }
}
