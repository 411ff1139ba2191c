// Counts the edits between two texts.
using System.Buffers;

namespace Recon.Matching.Texts;

/// <summary>
/// Levenshtein's distance (1965): the fewest insertions, deletions and replacements of one character. Computed within a
/// diagonal band (Ukkonen 1985), so that a small bound costs little.
/// </summary>
static class Levenshtein
{
    // Rows of up to so many characters stand on the stack.
    const int StackCharacters = 512;

    /// <summary>1 − edits / length of the longer text, in millionths; 0 where it is below the threshold.</summary>
    public static int Similarity(ReadOnlySpan<char> text, ReadOnlySpan<char> other, int threshold)
    {
        var longer = Math.Max(text.Length, other.Length);
        var most = MostEdits(longer, threshold);
        var edits = Distance(text, other, most);
        return edits > most ? 0 : Millionths.Of(longer - edits, longer);
    }

    /// <summary>The most edits of a text of that length that still reach the threshold.</summary>
    public static int MostEdits(int longer, int threshold) =>
        (int)((long)longer * ((2L * Millionths.Whole) + 1 - (2L * threshold)) / (2L * Millionths.Whole));

    /// <summary>The distance, or any number above <paramref name="most"/> where it is larger than that.</summary>
    public static int Distance(ReadOnlySpan<char> text, ReadOnlySpan<char> other, int most)
    {
        var prefix = text.CommonPrefixLength(other);
        text = text[prefix..];
        other = other[prefix..];
        var suffix = 0;
        while (suffix < text.Length && suffix < other.Length && text[^(suffix + 1)] == other[^(suffix + 1)])
        {
            suffix++;
        }

        text = text[..^suffix];
        other = other[..^suffix];
        if (text.Length > other.Length)
        {
            var longer = text;
            text = other;
            other = longer;
        }

        return other.Length - text.Length > most ? most + 1
            : text.Length == 0 ? other.Length
            : Banded(text, other, Math.Min(most, other.Length));
    }

    static int Banded(ReadOnlySpan<char> text, ReadOnlySpan<char> other, int most)
    {
        int[]? rented = null;
        var row = text.Length < StackCharacters
            ? stackalloc int[StackCharacters]
            : (rented = ArrayPool<int>.Shared.Rent(text.Length + 1));
        for (var i = 0; i <= text.Length; i++)
        {
            row[i] = i;
        }

        var (line, least) = (0, 0);
        while (line < other.Length && least <= most)
        {
            least = NextLine(text, other[line], row, ++line, most);
        }

        var distance = least > most ? most + 1 : row[text.Length];
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return distance;
    }

    // One line of the table, from cells of the one before; gives the smallest cell of the band.
    static int NextLine(ReadOnlySpan<char> text, char letter, Span<int> row, int line, int most)
    {
        var (first, last) = (Math.Max(1, line - most), Math.Min(text.Length, line + most));
        var diagonal = row[first - 1];
        row[first - 1] = first == 1 ? line : most + 1;
        var least = row[first - 1];
        for (var i = first; i <= last; i++)
        {
            var above = i == line + most ? most + 1 : row[i];
            var replaced = diagonal + (text[i - 1] == letter ? 0 : 1);
            diagonal = above;
            row[i] = Math.Min(replaced, Math.Min(above, row[i - 1]) + 1);
            least = Math.Min(least, row[i]);
        }

        return least;
    }
}
