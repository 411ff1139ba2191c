// Data as people may see it: nothing in it steers a terminal or turns the direction of reading.
using System.Globalization;
using System.Text;

namespace Recon.Reports.Sections;

public static class PlainText
{
    /// <summary>
    /// Control characters as their pictures (U+2400 and on); format characters such as bidi overrides, and line and
    /// paragraph separators, as U+FFFD.
    /// </summary>
    public static string Of(string text) =>
        text.EnumerateRunes().All(IsPlain) ? text : string.Concat(text.EnumerateRunes().Select(Shown));

    /// <summary>As <see cref="Of"/>, but line feeds stay.</summary>
    public static string OfLines(string text) => string.Join('\n', text.Split('\n').Select(Of));

    /// <summary>As <see cref="OfLines"/>, and nothing that XML or JSON cannot carry: half a character or none at all is U+FFFD.</summary>
    public static string WellFormed(string text) => string.Concat(OfLines(text).EnumerateRunes()
        .Select(rune => (rune.Value & 0xFFFE) == 0xFFFE ? "\uFFFD" : rune.ToString()));

    /// <summary>A condition of several lines as one: trimmed, joined by blanks.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    static string Shown(Rune rune) => rune.Value < ' ' ? $"{(char)(0x2400 + rune.Value)}" : IsPlain(rune) ? rune.ToString() : "\uFFFD";

    static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
