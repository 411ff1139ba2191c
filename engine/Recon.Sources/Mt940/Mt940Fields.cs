// Cuts the lines of a SWIFT file into messages and fields.
using System.Text.RegularExpressions;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

/// <summary>
/// A field <c>:tag:</c> with its lines; the tags <c>{</c> and <c>-</c> stand for the begin and end of a message.
/// </summary>
sealed record Mt940Field(string Tag, int Line, List<string> Lines)
{
    public const string Begin = "{";
    public const string End = "-";

    public string First => Lines[0];
}

static partial class Mt940Fields
{
    public static List<Mt940Field> Of(List<Mt940Line> lines, TableBuilder table)
    {
        var fields = new List<Mt940Field>();
        for (var i = 0; i < lines.Count; i++)
        {
            Take(lines, ref i, fields);
        }

        var frame = fields.FindLast(field => field.Tag is Mt940Field.Begin or Mt940Field.End);
        if (frame is { Tag: Mt940Field.Begin } open)
        {
            throw table.Fault(open.Line, "half-written: the message that begins here is not closed by '-}'");
        }

        return fields;
    }

    static void Take(List<Mt940Line> lines, ref int index, List<Mt940Field> fields)
    {
        var (number, text) = lines[index];
        if (IsEnd(lines, index))
        {
            fields.Add(new Mt940Field(Mt940Field.End, number, [text]));
            var next = text.IndexOf("{1:", StringComparison.Ordinal);
            text = next > 0 ? text[next..] : "";
        }
        else if (text == ":" && index + 1 < lines.Count && TagPattern.IsMatch(":" + lines[index + 1].Text))
        {
            // Some savings banks break lines even inside a tag.
            index++;
            text = ":" + lines[index].Text;
        }

        if (text.StartsWith("{1:", StringComparison.Ordinal))
        {
            var body = text.IndexOf("{4:", StringComparison.Ordinal);
            fields.Add(new Mt940Field(Mt940Field.Begin, number, [text]));
            text = body < 0 ? "" : text[(body + 3)..];
        }

        if (TagPattern.Match(text) is { Success: true } tag)
        {
            fields.Add(new Mt940Field(tag.Groups[1].Value, number, [text[tag.Length..]]));
        }
        else if (fields is [.., { Tag: not (Mt940Field.Begin or Mt940Field.End) } open])
        {
            open.Lines.Add(text);
        }
    }

    // A dash alone may be text of a field; it ends a message where a new one, or nothing, follows.
    static bool IsEnd(List<Mt940Line> lines, int index)
    {
        var text = lines[index].Text;
        if (text.StartsWith("-}", StringComparison.Ordinal))
        {
            return true;
        }

        if (text.TrimEnd() != "-")
        {
            return false;
        }

        var next = lines.FindIndex(index + 1, line => !string.IsNullOrWhiteSpace(line.Text));
        return next < 0 || NewMessage.IsMatch(lines[next].Text);
    }

    // Only tags that occur in MT940: ":12:" at the beginning of a line is the time of a text.
    [GeneratedRegex(@"^:(13D?|20|21|25P?|28[CD]?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS|940):",
        RegexOptions.CultureInvariant)]
    static partial Regex TagPattern { get; }

    [GeneratedRegex(@"^(\{1:|:20:|:940:|:25P?:|:NS:|-)", RegexOptions.CultureInvariant)]
    static partial Regex NewMessage { get; }
}
