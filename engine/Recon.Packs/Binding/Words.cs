// Words of which a pack must choose one.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

static class Words
{
    public static readonly (string, bool)[] TrueFalse = [("true", true), ("false", false)];

    /// <summary>True with the word's meaning; else the words are reported.</summary>
    public static bool Choose<T>(
        ScalarNode node, IReadOnlyList<(string Word, T Meaning)> words, Report report, out T meaning)
    {
        foreach (var (word, value) in words)
        {
            if (word == node.Text)
            {
                meaning = value;
                return true;
            }
        }

        var known = words.Select(pair => pair.Word).ToList();
        var nearest = NearestName.Of(node.Text, known);
        report.Add(
            Findings.BadWord, node.Place, nearest is null
                ? null
                : $"did you mean '{nearest}'?", node.Text, string.Join(", ", known));
        meaning = default!;
        return false;
    }

    /// <summary>The meaning of the word under a key, or the default where the key is missing or wrong.</summary>
    public static T Choose<T>(
        Keys keys, string key, IReadOnlyList<(string Word, T Meaning)> words, T standard, Report report) =>
        keys.Scalar(key) is { } node && Choose(node, words, report, out var meaning) ? meaning : standard;
}
