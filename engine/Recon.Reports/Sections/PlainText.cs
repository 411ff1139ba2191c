// Data as people may see it: nothing in it steers a terminal or turns the direction of reading.
using System.Globalization;

namespace Recon.Reports.Sections;

public static class PlainText
{
    /// <summary>
    /// Control characters as their pictures (U+2400 and on); format characters such as bidi overrides, and line and
    /// paragraph separators, as U+FFFD.
    /// </summary>
    public static string Of(string text) => text.All(IsPlain) ? text : string.Concat(text.Select(Shown));

    /// <summary>A condition of several lines as one: trimmed, joined by blanks.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    static char Shown(char c) => c < ' ' ? (char)(0x2400 + c) : IsPlain(c) ? c : '\uFFFD';

    static bool IsPlain(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
