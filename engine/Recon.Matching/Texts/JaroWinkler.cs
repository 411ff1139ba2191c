// Measures how alike two short texts are by the characters they share in about the same places.
using System.Buffers;

namespace Recon.Matching.Texts;

/// <summary>
/// Jaro's similarity (1989) with Winkler's bonus (1990): (m/a + m/b + (m − t)/m) / 3 for m characters in common no farther
/// apart than half the longer text less one, of which 2t stand in another order; above 0.7 a tenth of what is missing is
/// added for each of the first 4 characters in common. As in Winkler's strcmp95 half a transposition counts as none.
/// </summary>
static class JaroWinkler
{
    public const int MostPrefix = 4;
    const int StackCharacters = 512;

    /// <summary>In millionths.</summary>
    public static int Similarity(ReadOnlySpan<char> text, ReadOnlySpan<char> other)
    {
        // The greedy assignment of characters may depend on which text is asked first: the shorter is, then the smaller.
        if (text.Length > other.Length
            || (text.Length == other.Length && text.SequenceCompareTo(other) > 0))
        {
            var longer = text;
            text = other;
            other = longer;
        }

        if (text.Length == 0)
        {
            return 0;
        }

        var (common, outOfOrder) = Common(text, other);
        var prefix = Math.Min(MostPrefix, text.CommonPrefixLength(other));
        return common == 0 ? 0 : Of(text.Length, other.Length, common, outOfOrder / 2, prefix);
    }

    /// <summary>The similarity of texts of two lengths with so much in common.</summary>
    public static int Of(int length, int other, int common, int transpositions, int prefix)
    {
        var (a, b, m) = ((Int128)length, (Int128)other, (Int128)common);
        var part = (m * m * (a + b)) + ((m - transpositions) * a * b);
        var whole = 3 * a * b * m;
        return 10 * part > 7 * whole
            ? Millionths.Of((10 * part) + (prefix * (whole - part)), 10 * whole)
            : Millionths.Of(part, whole);
    }

    static (int Common, int OutOfOrder) Common(ReadOnlySpan<char> text, ReadOnlySpan<char> other)
    {
        var size = text.Length + other.Length;
        bool[]? rented = null;
        var used = size <= StackCharacters
            ? stackalloc bool[StackCharacters]
            : (rented = ArrayPool<bool>.Shared.Rent(size));
        used[..size].Clear();
        var mine = used[..text.Length];
        var theirs = used.Slice(text.Length, other.Length);
        var reach = Math.Max((other.Length / 2) - 1, 0);
        var common = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = Math.Min(i + reach + 1, other.Length);
            for (var j = Math.Max(0, i - reach); j < end; j++)
            {
                if (!theirs[j] && text[i] == other[j])
                {
                    (mine[i], theirs[j]) = (true, true);
                    common++;
                    break;
                }
            }
        }

        var outOfOrder = OutOfOrder(text, mine, other, theirs);
        if (rented is not null)
        {
            ArrayPool<bool>.Shared.Return(rented);
        }

        return (common, outOfOrder);
    }

    static int OutOfOrder(
        ReadOnlySpan<char> text, ReadOnlySpan<bool> mine, ReadOnlySpan<char> other, ReadOnlySpan<bool> theirs)
    {
        var (count, j) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (mine[i])
            {
                while (!theirs[j])
                {
                    j++;
                }

                count += text[i] == other[j++] ? 0 : 1;
            }
        }

        return count;
    }
}
