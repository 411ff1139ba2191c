// Text conditions straight from their definitions: whole tables, whole sets, fractions of whole numbers.
using System.Numerics;
using System.Text.RegularExpressions;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

static class OracleTexts
{
    /// <summary>True where the texts of left and right meet the tolerance.</summary>
    /// <param name="leftBlock">Left's value of a field by which a similarity is blocked.</param>
    public static bool Fits(
        Tolerance tolerance, string? left, string? right, Func<string, string?> leftBlock,
        Func<string, string?> rightBlock) =>
        !string.IsNullOrEmpty(left) && !string.IsNullOrEmpty(right) && tolerance switch
        {
            ContainsTolerance { RightIsPart: true } => left.Contains(right, StringComparison.Ordinal),
            ContainsTolerance => right.Contains(left, StringComparison.Ordinal),
            PatternTolerance pattern => Found(pattern, PatternSides.Left, left) is { Length: > 0 } found
                && found == Found(pattern, PatternSides.Right, right),
            SimilarityTolerance similar => (similar.Blocks.Count == 0
                    || similar.Blocks.Any(block => SharesBlock(block, left, right, leftBlock, rightBlock)))
                && Similarity(similar.Metric, left, right) >= similar.Threshold,
            _ => false,
        };

    /// <summary>In millionths, to the nearest, halves upward.</summary>
    public static int Similarity(TextMetric metric, string a, string b) => metric switch
    {
        TextMetric.Levenshtein => Levenshtein(a, b),
        TextMetric.JaroWinkler => JaroWinkler(a, b),
        _ => TokenSet(a, b),
    };

    static string? Found(PatternTolerance pattern, PatternSides side, string text)
    {
        if (pattern.Of != PatternSides.Both && pattern.Of != side)
        {
            return text;
        }

        var match = Regex.Match(text, pattern.Pattern, RegexOptions.CultureInvariant);
        return match.Success ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null;
    }

    static bool SharesBlock(
        TextBlock block, string a, string b, Func<string, string?> leftBlock, Func<string, string?> rightBlock) =>
        block switch
        {
            TextBlock.Start start => string.Concat(a.Take(start.Characters)) == string.Concat(b.Take(start.Characters)),
            TextBlock.Token => Words(a).Intersect(Words(b)).Any(),
            TextBlock.Field field => leftBlock(field.Left) is { Length: > 0 } key && key == rightBlock(field.Right),
            _ => false,
        };

    static List<string> Words(string text) =>
        [.. Regex.Matches(text, @"[\p{L}\p{Nd}]+").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    static int Rounded(BigInteger part, BigInteger whole) =>
        (int)(((part * 2_000_000) + whole) / (2 * whole));

    static int Levenshtein(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }

        var longer = Math.Max(a.Length, b.Length);
        return Rounded(longer - table[a.Length, b.Length], longer);
    }

    static int JaroWinkler(string a, string b)
    {
        var swapped = a.Length > b.Length || (a.Length == b.Length && string.CompareOrdinal(a, b) > 0);
        return swapped ? JaroWinklerOf(b, a) : JaroWinklerOf(a, b);
    }

    static int JaroWinklerOf(string a, string b)
    {
        var reach = Math.Max((b.Length / 2) - 1, 0);
        var partner = new int?[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            partner[i] = Enumerable.Range(0, b.Length).Cast<int?>().FirstOrDefault(j =>
                Math.Abs(j!.Value - i) <= reach && a[i] == b[j.Value] && !partner.Contains(j));
        }

        var common = partner.Count(j => j is not null);
        if (common == 0)
        {
            return 0;
        }

        var ofA = a.Where((_, i) => partner[i] is not null);
        var ofB = b.Where((_, j) => partner.Contains(j));
        var transpositions = ofA.Zip(ofB).Count(pair => pair.First != pair.Second) / 2;
        BigInteger part = (common * common * (a.Length + b.Length)) + ((common - transpositions) * a.Length * b.Length);
        BigInteger whole = 3 * common * a.Length * b.Length;
        var prefix = a.Zip(b).Take(4).TakeWhile(pair => pair.First == pair.Second).Count();
        return part * 10 > whole * 7 ? Rounded((part * 10) + (prefix * (whole - part)), whole * 10) : Rounded(part, whole);
    }

    static int TokenSet(string a, string b)
    {
        var (x, y) = (Words(a), Words(b));
        if (x.Count == 0 || y.Count == 0)
        {
            return 0;
        }

        var both = x.Intersect(y).ToList();
        var (t0, t1, t2) = (Joined(both), Joined([.. both, .. x.Except(both)]), Joined([.. both, .. y.Except(both)]));
        return both.Count == 0
            ? Levenshtein(t1, t2)
            : new[] { Levenshtein(t0, t1), Levenshtein(t0, t2), Levenshtein(t1, t2) }.Max();
    }

    static string Joined(IEnumerable<string> words) => string.Join(' ', words);
}
