// Tells values that a slip of the hand keeps apart: a letter wrong or missing, two signs in the wrong order.
using System.Globalization;

namespace Recon.Matching.Explaining;

static class Slips
{
    // More edits than that, or than a quarter of the text, are no slip.
    const int MostEdits = 3;

    /// <summary>
    /// How many signs must be inserted, deleted, replaced or swapped with their neighbour to make one text the other (optimal string
    /// alignment, a restricted Damerau distance); null where that is more than a slip.
    /// </summary>
    public static int? Edits(string first, string second)
    {
        var most = Math.Min(MostEdits, Math.Max(first.Length, second.Length) / 4);
        if (Math.Abs(first.Length - second.Length) > most || first.Length == 0 || second.Length == 0)
        {
            return first == second ? 0 : null;
        }

        var (before, last, current) = (new int[second.Length + 1], new int[second.Length + 1], new int[second.Length + 1]);
        for (var j = 0; j <= second.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= first.Length; i++)
        {
            // Cells farther from the diagonal than the bound are beyond it.
            var (from, to) = (Math.Max(1, i - most), Math.Min(second.Length, i + most));
            Array.Fill(current, most + 1);
            current[0] = i;
            var least = current[0];
            for (var j = from; j <= to; j++)
            {
                var edits = Math.Min(last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1), Math.Min(last[j], current[j - 1]) + 1);
                var isSwap = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
                current[j] = isSwap ? Math.Min(edits, before[j - 2] + 1) : edits;
                least = Math.Min(least, current[j]);
            }

            if (least > most)
            {
                return null;
            }

            (before, last, current) = (last, current, before);
        }

        return last[second.Length] <= most ? last[second.Length] : null;
    }

    /// <summary>What kind of slip it is, for people: <c>two characters are swapped</c>; null for none.</summary>
    public static string? OfTexts(string? first, string? second) => first is null || second is null ? null
        : IsSwap(first, second) ? "two characters are swapped"
        : Edits(first, second) switch
        {
            null or 0 => null,
            1 when first.Length != second.Length => "one character is missing",
            1 => "one character differs",
            var edits => string.Create(CultureInfo.InvariantCulture, $"{edits} characters differ"),
        };

    /// <summary>
    /// What kind of slip may have made one amount the other: <c>two digits are swapped</c>, <c>the sign is turned</c>; null for none.
    /// </summary>
    /// <param name="first">In units of one scale, as <paramref name="second"/>.</param>
    public static string? OfAmounts(Int128 first, Int128 second)
    {
        var (a, b) = (Digits(first), Digits(second));
        return first == second || first == 0 || second == 0 ? null
            : first == -second ? "the sign is turned"
            : Int128.Sign(first) != Int128.Sign(second) ? null
            : IsSwap(a, b) ? "two digits are swapped"
            : IsShifted(a, b) || IsShifted(b, a) ? "the decimal point is shifted"
            : null;
    }

    static string Digits(Int128 units) => Int128.Abs(units).ToString(CultureInfo.InvariantCulture);

    static bool IsShifted(string shorter, string longer) =>
        longer.Length > shorter.Length && longer.AsSpan(shorter.Length).Trim('0').IsEmpty && longer.StartsWith(shorter, StringComparison.Ordinal);

    // Equal but for two neighbours that changed places.
    static bool IsSwap(string first, string second)
    {
        if (first.Length != second.Length)
        {
            return false;
        }

        var at = 0;
        while (at < first.Length && first[at] == second[at])
        {
            at++;
        }

        return at + 1 < first.Length && first[at] == second[at + 1] && first[at + 1] == second[at]
            && first.AsSpan(at + 2).SequenceEqual(second.AsSpan(at + 2));
    }
}
