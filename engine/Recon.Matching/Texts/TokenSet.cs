// Measures how alike two texts are by their words, in any order and however often.
namespace Recon.Matching.Texts;

/// <summary>
/// The token set ratio as FuzzyWuzzy defines it (SeatGeek 2011), over Levenshtein's similarity: of the words in common (t0),
/// those and the rest of one text (t1), those and the rest of the other (t2), each sorted and joined by a blank, the two that
/// are most alike count. A text whose words all stand in the other is therefore equal to it.
/// </summary>
static class TokenSet
{
    /// <summary>The words of a text, runs of letters and digits: distinct, in the order of their code units.</summary>
    public static string[] Tokens(string text)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && start == -1)
            {
                start = i;
            }
            else if (!inWord && start != -1)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return [.. words];
    }

    /// <summary>In millionths; 0 where it is below the threshold. Texts without a word are like nothing.</summary>
    public static int Similarity(string[] tokens, string[] others, int threshold)
    {
        if (tokens.Length == 0 || others.Length == 0)
        {
            return 0;
        }

        var common = tokens.Intersect(others, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var first = Joined(common, tokens);
        var second = Joined(common, others);
        var best = Levenshtein.Similarity(first, second, threshold);
        if (common.Count > 0)
        {
            // t0 begins t1 and t2: the edits are what follows.
            var part = common.Sum(word => word.Length + 1) - 1;
            best = Math.Max(best, Millionths.Of(part, Math.Min(first.Length, second.Length)));
        }

        return best >= threshold ? best : 0;
    }

    /// <summary>Characters of the words joined by blanks.</summary>
    public static int Length(string[] tokens) => tokens.Sum(token => token.Length + 1) - 1;

    static string Joined(List<string> common, string[] tokens) =>
        string.Join(' ', common.Concat(tokens.Except(common, StringComparer.Ordinal).Order(StringComparer.Ordinal)));
}
