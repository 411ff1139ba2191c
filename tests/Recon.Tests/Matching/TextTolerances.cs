// Tolerances of texts as cases write them.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

static class TextTolerances
{
    /// <summary><c>contains</c>, <c>matches PATTERN of left</c>, <c>levenshtein 0.9 block first 3 or token</c>; else null.</summary>
    public static Tolerance? Parse(string text)
    {
        if (text is "contains" or "contained")
        {
            return new ContainsTolerance(RightIsPart: text == "contains");
        }

        if (Regex.Match(text, @"^matches (\S+)(?: of (left|right))?$") is { Success: true } pattern)
        {
            var of = pattern.Groups[2].Success
                ? Enum.Parse<PatternSides>(pattern.Groups[2].Value, ignoreCase: true)
                : PatternSides.Both;
            return new PatternTolerance(pattern.Groups[1].Value, of);
        }

        var similar = Regex.Match(text, @"^(jaro_winkler|token_set|levenshtein) (\S+)(?: block (.+))?$");
        return similar.Success
            ? new SimilarityTolerance(
                Metric(similar.Groups[1].Value), Threshold(similar.Groups[2].Value),
                similar.Groups[3].Success ? [.. similar.Groups[3].Value.Split(" or ").Select(Block)] : [])
            : null;
    }

    static TextMetric Metric(string word) => word switch
    {
        "jaro_winkler" => TextMetric.JaroWinkler,
        "token_set" => TextMetric.TokenSet,
        _ => TextMetric.Levenshtein,
    };

    static int Threshold(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        return (int)number.Rescaled(6).Units;
    }

    static TextBlock Block(string text) => text.Split(' ') switch
    {
        ["first", var count] => new TextBlock.Start(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
        ["field", var both] => new TextBlock.Field(both, both),
        ["token"] => new TextBlock.Token(),
        _ => throw new FormatException($"'{text}' is no block"),
    };
}
