// Finds texts that may be alike enough: by length, by the characters in common, by rare words in common.
using System.Runtime.InteropServices;
using Recon.Model.Rules;

namespace Recon.Matching.Texts;

/// <summary>Makes the index of a metric; every filter is lossless.</summary>
static class SimilarityIndex
{
    public static TextIndex Of(SimilarityTolerance tolerance, IReadOnlyList<TextValue> texts) => tolerance.Metric switch
    {
        TextMetric.JaroWinkler => new CountIndex(new JaroWinklerBound(tolerance.Threshold), texts),
        TextMetric.Levenshtein => new CountIndex(new LevenshteinBound(tolerance.Threshold), texts),
        _ => new TokenSetIndex(tolerance.Threshold, texts),
    };
}

/// <summary>How much two texts must have in common to be alike enough.</summary>
abstract class CommonBound
{
    /// <summary>No number of common characters is enough.</summary>
    public const int Never = int.MaxValue;

    /// <summary>What stands for the length of a text: its characters, where nothing else is said.</summary>
    public virtual int LengthOf(TextValue text) => text.Text.Length;

    public virtual CharacterCounts CountsOf(TextValue text) => CharacterCounts.Of(text.Text);

    /// <summary>The fewest common characters with which texts of these lengths may be alike enough; or <see cref="Never"/>.</summary>
    /// <param name="prefix">Characters that they begin with in common, 4 where that is not known.</param>
    public abstract int Least(int length, int other, int prefix);
}

/// <summary>Texts sorted by length; of each length those with enough characters in common are found.</summary>
sealed class CountIndex : TextIndex
{
    readonly CommonBound _bound;
    readonly int[] _index;
    readonly ulong[] _starts;
    readonly CharacterCounts[] _counts;
    readonly List<(int Length, int End)> _runs = [];

    public CountIndex(CommonBound bound, IReadOnlyList<TextValue> texts)
    {
        _bound = bound;
        _index = [.. Enumerable.Range(0, texts.Count).Where(i => texts[i].Text.Length > 0)];
        var lengths = texts.Select(bound.LengthOf).ToArray();
        Array.Sort(_index, (a, b) => lengths[a] != lengths[b] ? lengths[a].CompareTo(lengths[b]) : a.CompareTo(b));
        _counts = [.. _index.Select(i => bound.CountsOf(texts[i]))];
        _starts = [.. _index.Select(i => StartOf(texts[i].Text))];
        for (var i = 0; i < _index.Length; i++)
        {
            if (i + 1 == _index.Length || lengths[_index[i + 1]] != lengths[_index[i]])
            {
                _runs.Add((lengths[_index[i]], i + 1));
            }
        }
    }

    public override void Find(TextValue text, List<int> found)
    {
        if (text.Text.Length == 0)
        {
            return;
        }

        var (length, counts, start) = (_bound.LengthOf(text), _bound.CountsOf(text), StartOf(text.Text));
        var begin = 0;
        foreach (var (other, end) in _runs)
        {
            var least = _bound.Least(length, other, JaroWinkler.MostPrefix);
            if (least != CommonBound.Never)
            {
                Scan(begin, end, least, (length, other), counts, start, found);
            }

            begin = end;
        }
    }

    void Scan(
        int begin, int end, int least, (int, int) lengths, in CharacterCounts counts, ulong start, List<int> found)
    {
        var others = _counts.AsSpan(begin, end - begin);
        for (var i = 0; i < others.Length; i++)
        {
            var common = counts.MostCommon(others[i]);
            if (common >= least && common >= _bound.Least(lengths.Item1, lengths.Item2, Prefix(start, _starts[begin + i])))
            {
                found.Add(_index[begin + i]);
            }
        }
    }

    // The first four characters, the first in the lowest bits; 0 stands for none.
    static ulong StartOf(string text)
    {
        Span<char> start = stackalloc char[JaroWinkler.MostPrefix];
        start.Clear();
        text.AsSpan(0, Math.Min(text.Length, start.Length)).CopyTo(start);
        return MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(start));
    }

    // May count the missing characters of two short texts as equal: that only lets more pass.
    static int Prefix(ulong start, ulong other) => System.Numerics.BitOperations.TrailingZeroCount(start ^ other) / 16;
}

sealed class LevenshteinBound(int threshold) : CommonBound
{
    // Each edit costs at most one of the common characters that the longer text could have.
    public override int Least(int length, int other, int prefix)
    {
        var longer = Math.Max(length, other);
        var most = Levenshtein.MostEdits(longer, threshold);
        return Math.Abs(length - other) > most ? Never : longer - most;
    }
}

sealed class JaroWinklerBound(int threshold) : CommonBound
{
    readonly Dictionary<(int, int), int[]> _known = [];

    public override int Least(int length, int other, int prefix)
    {
        var lengths = length < other ? (length, other) : (other, length);
        if (!_known.TryGetValue(lengths, out var byPrefix))
        {
            byPrefix = [.. Enumerable.Range(0, JaroWinkler.MostPrefix + 1).Select(each => Least(lengths, each))];
            _known.Add(lengths, byPrefix);
        }

        return byPrefix[prefix];
    }

    // Without transpositions, and with a common start as long as is possible: the most that can come of it.
    int Least((int Shorter, int Longer) lengths, int prefix)
    {
        var least = Never;
        for (var common = lengths.Shorter; common > 0; common--)
        {
            var most = JaroWinkler.Of(lengths.Shorter, lengths.Longer, common, 0, Math.Min(prefix, common));
            if (most < threshold)
            {
                break;
            }

            least = common;
        }

        return least;
    }
}
