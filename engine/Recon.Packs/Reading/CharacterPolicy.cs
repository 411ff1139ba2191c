// Refuses characters that hide what a pack says: controls, odd line ends, bidi marks, tabs as indentation.
using System.Globalization;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Reading;

/// <summary>One policy for the text as written and for text that escapes in quotes stand for.</summary>
static class CharacterPolicy
{
    /// <summary>False where the text holds a character that is refused; each line reports its first one.</summary>
    public static bool Check(PackFile file, Report report)
    {
        var wrong = 0;
        for (var line = 1; line <= file.LineCount && wrong < Report.MostDiagnostics; line++)
        {
            wrong += CheckCharacters(file, line, report) && CheckIndentation(file, line, report) ? 0 : 1;
        }

        return wrong == 0;
    }

    static bool CheckCharacters(PackFile file, int line, Report report)
    {
        var text = file.Line(line);
        for (var i = 0; i < text.Length; i++)
        {
            if (Refused(text[i]) is { } finding)
            {
                report.Add(finding, file.At(line, i + 1, i + 2), Hint(finding), CodePoint(text[i]));
                return false;
            }
        }

        return true;
    }

    /// <summary>What is wrong with a character anywhere in a pack; null for the many that are fine.</summary>
    public static Finding? Refused(char c) => c switch
    {
        '\n' or '\t' => null,
        '\r' or '\u0085' or '\u2028' or '\u2029' => Findings.OddLineEnd,
        < ' ' or (>= '\u007F' and <= '\u009F') => Findings.ControlCharacter,
        '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
            or '\u200B' or '\u2060' or '\uFEFF' => Findings.InvisibleCharacter,
        _ => null,
    };

    /// <summary>The first character of a decoded text that is refused, half a pair of surrogates included.</summary>
    public static char? FirstRefused(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || Refused(text[i]) is not null)
            {
                return text[i];
            }
        }

        return null;
    }

    public static string CodePoint(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    static bool CheckIndentation(PackFile file, int line, Report report)
    {
        var text = file.Line(line);
        var blanks = text.Length - text.AsSpan().TrimStart(' ').Length;
        if (blanks == text.Length || text[blanks] != '\t' || string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        report.Add(Findings.TabIndent, file.At(line, blanks + 1, blanks + 2), "indent with blanks");
        return false;
    }

    static string Hint(Finding finding) =>
        finding == Findings.OddLineEnd
            ? "end lines with LF or CRLF"
            : "delete it; it cannot be seen and may hide what the pack says";
}
