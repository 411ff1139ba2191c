// The measures of similarity: worked values, an independent library where it means the same, and the oracle.
using CsCheck;
using Recon.Matching.Texts;
using Recon.Model.Rules;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Matching.Texts;

public sealed class SimilarityTests
{
    static readonly Gen<string> Word = Gen.Char["abcAB 1é-"].Array[0, 14].Select(letters => new string(letters));

    static readonly Gen<(string, string)> Pairs = Gen.Select(Word, Word, Gen.Int[0, 3], (a, b, kind) =>
        kind == 0 ? (a, a + b) : kind == 1 ? (a + b, b) : (a, b));

    [Theory]
    [InlineData("MARTHA", "MARHTA", 961_111)]
    [InlineData("DIXON", "DICKSONX", 813_333)]
    [InlineData("DWAYNE", "DUANE", 840_000)]
    [InlineData("abc", "xyz", 0)]
    [InlineData("a", "a", 1_000_000)]
    public void Jaro_Winkler_gives_the_published_values(string a, string b, int expected) =>
        Assert.Equal(expected, JaroWinkler.Similarity(a, b));

    [Theory]
    [InlineData("kitten", "sitting", 571_429)]
    [InlineData("", "abcd", 0)]
    [InlineData("abcd", "abcd", 1_000_000)]
    public void Levenshtein_counts_edits_over_the_longer_text(string a, string b, int expected) =>
        Assert.Equal(expected, Recon.Matching.Texts.Levenshtein.Similarity(a, b, threshold: 0));

    [Theory]
    [InlineData("fuzzy was a bear", "fuzzy fuzzy was a bear", 1_000_000)]
    [InlineData("Smith, John", "john smith", 800_000)]
    [InlineData("--", "--", 0)]
    [InlineData("new york mets", "new york yankees", 687_500)]
    public void Token_set_compares_words(string a, string b, int expected) =>
        Assert.Equal(expected, TokenSet.Similarity(TokenSet.Tokens(a), TokenSet.Tokens(b), threshold: 0));

    [Fact]
    public void Levenshtein_and_Jaro_agree_with_a_library()
    {
        var levenshtein = new F23.StringSimilarity.NormalizedLevenshtein();

        // Above 1 its own bonus, which is not Winkler's, is never given.
        var jaro = new F23.StringSimilarity.JaroWinkler(1.1);
        Pairs.Sample(pair =>
        {
            var (a, b) = pair;
            if (a.Length > 0 && b.Length > 0)
            {
                Assert.Equal(levenshtein.Similarity(a, b), Recon.Matching.Texts.Levenshtein.Similarity(a, b, 0) / 1e6, 1e-6);
            }

            if (a.Length > 0 && b.Length > 0 && OracleTexts.Similarity(TextMetric.JaroWinkler, a, b) <= 700_000)
            {
                var (shorter, longer) = a.Length > b.Length || (a.Length == b.Length && string.CompareOrdinal(a, b) > 0)
                    ? (b, a) : (a, b);
                Assert.Equal(jaro.Similarity(shorter, longer), Recon.Matching.Texts.JaroWinkler.Similarity(a, b) / 1e6, 1e-6);
            }
        });
    }

    [Fact]
    public void Every_measure_equals_the_oracle_and_is_symmetric() => Pairs.Sample(pair =>
    {
        foreach (var metric in Enum.GetValues<TextMetric>())
        {
            var (a, b) = (Value(pair.Item1), Value(pair.Item2));
            var expected = a.Text.Length == 0 || b.Text.Length == 0 ? 0 : OracleTexts.Similarity(metric, a.Text, b.Text);
            Assert.Equal(expected, SimilarityCondition.Similarity(metric, a, b, threshold: 0));
            Assert.Equal(expected, SimilarityCondition.Similarity(metric, b, a, threshold: 0));
        }
    });

    [Fact]
    public void A_threshold_changes_only_what_lies_below_it() => Gen.Select(Pairs, Gen.Int[1, 1_000_000]).Sample(
        (pair, threshold) =>
        {
            foreach (var metric in Enum.GetValues<TextMetric>())
            {
                var (a, b) = (Value(pair.Item1), Value(pair.Item2));
                var exact = SimilarityCondition.Similarity(metric, a, b, threshold: 0);
                var bounded = SimilarityCondition.Similarity(metric, a, b, threshold);
                Assert.Equal(exact >= threshold ? exact : Math.Min(bounded, threshold - 1), bounded);
            }
        });

    [Fact]
    public void No_filter_loses_a_pair() => Gen.Select(
        Word.Array[1, 30], Word, Gen.OneOf(Gen.Int[1, 1_000_000], Gen.Int[7, 10].Select(tenths => tenths * 100_000)))
        .Sample((texts, text, threshold) =>
        {
            foreach (var metric in Enum.GetValues<TextMetric>())
            {
                TextValue[] values = [.. texts.Select(Value)];
                var found = new List<int>();
                SimilarityIndex.Of(new SimilarityTolerance(metric, threshold, []), values).Find(Value(text), found);
                var alike = Enumerable.Range(0, values.Length).Where(i =>
                    SimilarityCondition.Similarity(metric, Value(text), values[i], threshold) >= threshold);
                Assert.Empty(alike.Except(found));
            }
        });

    static TextValue Value(string text) => new(text, TokenSet.Tokens(text), null);
}
