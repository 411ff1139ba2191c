// Finds the name that an author probably meant.
namespace Recon.Packs.Compiling;

static class NearestName
{
    /// <summary>The known name fewest edits away (ties: the first), if no more than a third of its letters differ.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var (best, fewest) = ((string?)null, int.MaxValue);
        foreach (var candidate in known)
        {
            var edits = Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < fewest && edits <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3))
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    // Levenshtein's distance, one row at a time.
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
