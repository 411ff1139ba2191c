// A diagnostic as people read it on a terminal.
using System.Globalization;
using System.Text;
using Recon.Model;

namespace Recon.Packs;

/// <summary>Message, line of the file, caret below what is meant, and what to do.</summary>
public static class DiagnosticText
{
    const int WidestLine = 110;
    const int BeforeCaret = 60;

    /// <summary>
    /// Two to four lines without a line end behind the last:
    /// <c>pack.yaml:14:5: error RC2001: …</c>, the line, <c>^^^^^</c>, <c>hint: …</c>.
    /// </summary>
    /// <remarks>Control characters of the file are shown as <c>·</c>, so that a pack cannot forge lines of a log.</remarks>
    public static string Render(Diagnostic diagnostic)
    {
        var place = diagnostic.Place;
        var text = new StringBuilder(Clean(diagnostic.ToString()));
        if (place.LineText.Length > 0)
        {
            AppendLine(text, place);
        }

        if (diagnostic.Hint is { } hint)
        {
            text.Append("\n  hint: ").Append(Clean(hint));
        }

        return text.ToString();
    }

    static void AppendLine(StringBuilder text, Place place)
    {
        var line = Clean(place.LineText).TrimEnd();
        var start = Math.Min(place.Column - 1, line.Length);
        var end = Math.Clamp(place.EndColumn - 1, start, line.Length);
        var from = line.Length > WidestLine && start > BeforeCaret ? start - BeforeCaret : 0;
        var to = Math.Min(line.Length, from + WidestLine);
        var carets = Math.Max(1, Math.Min(end, to) - start);
        text.Append("\n  ").Append(from > 0 ? "…" : "")
            .Append(line, from, to - from).Append(to < line.Length ? "…" : "");
        text.Append("\n  ").Append(' ', start - from + (from > 0 ? 1 : 0)).Append('^', carets);
    }

    /// <summary>One cell a character: tabs become blanks, controls and bidi marks a dot.</summary>
    static string Clean(string text) => string.Concat(text.Select(c => c switch
    {
        '\t' => ' ',
        _ when char.IsControl(c) => '·',
        _ when char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator => '·',
        _ => c,
    }));
}
