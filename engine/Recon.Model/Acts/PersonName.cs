// Whether two names are of one person, as far as letters can tell.
using System.Globalization;
using System.Text;

namespace Recon.Model.Acts;

/// <summary>
/// Names as they are compared where two people are asked for. Compatibility forms are one (NFKC), letter case does not count, nor do blanks at
/// the ends or marks that nobody sees.
/// </summary>
/// <remarks>Letters of several alphabets that look alike are several names: UTS 39 has tables of these, which this has not.</remarks>
public static class PersonName
{
    public static bool IsSame(string one, string other) => Canonical(one) == Canonical(other);

    /// <summary>What two names of one person have in common.</summary>
    public static string Canonical(string name)
    {
        var seen = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsUnseen(rune))
            {
                seen.Append(rune);
            }
        }

        // Case folding may leave what is not composed any more.
        return seen.ToString().Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant()
            .Normalize(NormalizationForm.FormKC).Trim();
    }

    // Format and control characters, joiners, variation selectors and fillers (Default_Ignorable_Code_Point of UAX 44).
    static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
}
