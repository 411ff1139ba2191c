// The regular expressions that stand in rules, and the words that they need to see.
using System.Text.RegularExpressions;
using Recon.Model.Rules;

namespace Recon.Runs.Freezing;

/// <summary>
/// A word that is hidden may no longer be what a pattern looks for: <c>[ZL][LSG][0-9]{4}</c> finds nothing in letters of chance. So a word of
/// letters stays where a pattern of the rules finds it, and would not find what stands in its place. A pattern that any word fits,
/// such as <c>[A-Z]+</c>, keeps none. Digits are hidden in any case.
/// </summary>
static partial class RulePatterns
{
    /// <summary>Patterns of the pack: its texts that are regular expressions and more than a word.</summary>
    public static IReadOnlyList<Regex> Of(string canonicalPack) =>
        [.. Texts(canonicalPack).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(PatternOf).OfType<Regex>()];

    /// <summary>Adds to what a mask keeps the words that patterns need in these texts.</summary>
    public static void Keep(TextMask mask, IReadOnlyList<Regex> patterns, IEnumerable<string> texts)
    {
        if (patterns.Count == 0)
        {
            return;
        }

        foreach (var text in texts)
        {
            foreach (var pattern in patterns)
            {
                foreach (var found in pattern.Matches(text).Where(found => found.Length > 0))
                {
                    Keep(mask, pattern, text, found);
                }
            }
        }
    }

    static void Keep(TextMask mask, Regex pattern, string text, Match found)
    {
        var masked = mask.Of(text);
        if (masked.Length != text.Length || pattern.Match(masked, found.Index) is not { Success: true } again
            || (again.Index, again.Length) != (found.Index, found.Length))
        {
            mask.Keep(WholeWords(text, found.Index, found.Index + found.Length));
        }
    }

    // The ends of what was found may lie within words.
    static string WholeWords(string text, int start, int end)
    {
        while (start > 0 && char.IsLetter(text[start]) && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && char.IsLetter(text[end - 1]) && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    // C# within a text of YAML has quotes of its own behind backslashes.
    static IEnumerable<string> Texts(string text)
    {
        foreach (var literal in Literal().Matches(text).Select(match => match.Value))
        {
            var content = literal[0] == '@'
                ? literal[2..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
                : Escaped().Replace(literal[1..^1], match => match.Value switch { "\\n" => "\n", "\\t" => "\t", _ => match.Value[1..] });
            yield return content;
            if (content.Contains('"', StringComparison.Ordinal))
            {
                foreach (var inner in Texts(content))
                {
                    yield return inner;
                }
            }
        }
    }

    static Regex? PatternOf(string text)
    {
        if (text.Length > Fn.MaxPattern || text.AsSpan().IndexOfAny("[\\(.") < 0 || text.Contains('"', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return new Regex(text, Fn.PatternOptions);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("@\"(?:[^\"]|\"\")*\"|\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex("\\\\.", RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
