// Puts lines that a bank has wrapped together again.
using System.Text;

namespace Recon.Sources.Mt940;

static class DetailLines
{
    // A line of field :86: has 65 characters, a subfield ?20 to ?29 has 27.
    const int LineWidth = 65;
    const int SubfieldWidth = 27;

    /// <summary>Lines of text: a full line goes on in the next one, after a shorter one stands a blank.</summary>
    public static string Text(IEnumerable<string> lines) => Joined(lines, LineWidth);

    /// <summary>Subfields: as lines, but narrower.</summary>
    public static string Subfields(IEnumerable<string> parts) => Joined(parts, SubfieldWidth);

    /// <summary>Every run of white space becomes one blank; null where nothing is left.</summary>
    public static string? Cleaned(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } cleaned ? cleaned : null;

    static string Joined(IEnumerable<string> parts, int width)
    {
        var text = new StringBuilder();
        var isFull = true;
        foreach (var part in parts)
        {
            text.Append(isFull ? "" : " ").Append(part);
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
        return compact is { Length: >= 15 and <= 34 } && char.IsAsciiLetterUpper(compact[0]) && char.IsAsciiLetterUpper(compact[1])
            && char.IsAsciiDigit(compact[2]) && char.IsAsciiDigit(compact[3]) && compact.All(char.IsAsciiLetterOrDigit)
                ? compact
                : null;
    }
}
