// Puts lines that a bank has wrapped together again.
using System.Text;

namespace Recon.Sources.Mt940;

static class DetailLines
{
    // A line of field :86: has 65 characters (some banks count the tag of the first), a subfield ?20 has 27.
    const int LineWidth = 65;
    const int LineWidthBesideTag = 61;
    const int SubfieldWidth = 27;

    // A structured text is cut at 65, with or without the tag; a shorter line has lost blanks at its end.
    const int ShortLine = 60;

    /// <summary>Lines of text: a full line goes on in the next one, after a shorter one stands a blank.</summary>
    public static string Text(IEnumerable<string> lines) => Joined(lines, LineWidth, ' ');

    /// <summary>Lines of /CODE/ pairs: as text, but the first line may be cut beside its tag.</summary>
    public static string Coded(IReadOnlyList<string> lines) =>
        lines.Count > 1 && lines[0].Length is >= LineWidthBesideTag and < LineWidth
            ? lines[0] + Text(lines.Skip(1))
            : Text(lines);

    /// <summary>Lines of structured text: cut by width, in the middle of words and of the marks themselves.</summary>
    public static string Structured(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        var isShort = false;
        foreach (var line in lines)
        {
            text.Append(isShort && line.Length > 0 && char.IsLetterOrDigit(line[0]) ? " " : "").Append(line);
            isShort = line.Length < ShortLine;
        }

        return text.ToString();
    }

    /// <summary>Subfields: a full one goes on in the next one, after a shorter one stands a line feed.</summary>
    public static string Subfields(IEnumerable<string> parts) => Joined(parts, SubfieldWidth, '\n');

    /// <summary>Every run of white space becomes one blank; null where nothing is left.</summary>
    public static string? Cleaned(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? string.Join(' ', words) : null;
    }

    static string Joined(IEnumerable<string> parts, int width, char gap)
    {
        var text = new StringBuilder();
        var isFull = true;
        foreach (var part in parts)
        {
            if (!isFull)
            {
                text.Append(gap);
            }

            text.Append(part);
            isFull = part.Length >= width;
        }

        return text.ToString();
    }
}

static class Iban
{
    /// <summary>The text without blanks, where it has the shape of an IBAN; null otherwise.</summary>
    public static string? Of(string? text)
    {
        var compact = text?.Replace(" ", "", StringComparison.Ordinal);
        return compact is { Length: >= 15 and <= 34 } && compact[..2].All(char.IsAsciiLetterUpper)
            && compact[2..4].All(char.IsAsciiDigit) && compact.All(char.IsAsciiLetterOrDigit)
                ? compact
                : null;
    }
}
