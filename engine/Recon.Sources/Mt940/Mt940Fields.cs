// Cuts the lines of a SWIFT file into messages and fields.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

/// <summary>
/// A field <c>:tag:</c> with its lines. Not of the standard: <c>{</c> and <c>-</c> are the begin and end of a message,
/// <c>61?</c> is an entry behind a tag that is none, <c>?</c> other text that belongs to no field.
/// </summary>
sealed record Mt940Field(string Tag, int Line, List<string> Lines)
{
    public const string Begin = "{";
    public const string End = "-";
    public const string Mistagged = "61?";
    public const string Stray = "?";

    public string First => Lines[0];

    /// <summary>True where the lines below, up to the next tag, are part of the field.</summary>
    public bool TakesLines => Tag is "25" or "25P" or "61" or "86" or "NS" or Mistagged or Stray;
}

static partial class Mt940Fields
{
    // 1 Mi characters: as many as the longest cell of a CSV file has bytes. The standard allows 6 lines of 65.
    const int MaxLength = 1 << 20;

    /// <exception cref="ReconException">A message is not closed, or a field is longer than any bank writes it.</exception>
    public static List<Mt940Field> Of(List<Mt940Line> lines, TableBuilder table)
    {
        var fields = new List<Mt940Field>();
        for (var i = 0; i < lines.Count; i++)
        {
            Take(lines, ref i, fields);
        }

        if (fields.Find(field => field.Lines.Sum(line => (long)line.Length) > MaxLength) is { } endless)
        {
            throw table.Fault(endless.Line, $"more than {MaxLength} characters up to the next field");
        }

        if (lines.FindLast(line => !string.IsNullOrWhiteSpace(line.Text)) is { Text: { } last } end && CutBegin.IsMatch(last))
        {
            throw table.Fault(end.Number, "half-written: the file ends where a message begins");
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
        else
        {
            TakeUntagged(number, text, fields);
        }
    }

    static void TakeUntagged(int number, string text, List<Mt940Field> fields)
    {
        if (MistaggedPattern.Match(text) is { Success: true } found)
        {
            fields.Add(new Mt940Field(
                found.Groups["entry"].Success ? Mt940Field.Mistagged : Mt940Field.Stray, number, [text]));
        }
        else if (fields is [.., { TakesLines: true } open])
        {
            open.Lines.Add(text);
        }
        else if (!string.IsNullOrWhiteSpace(text) && !EnvelopePattern.IsMatch(text))
        {
            fields.Add(new Mt940Field(Mt940Field.Stray, number, [text]));
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

    // The first bytes of "{1:", with nothing behind them.
    [GeneratedRegex(@"(^|\})\{1?\s*$", RegexOptions.CultureInvariant)]
    static partial Regex CutBegin { get; }

    // Only tags that occur in MT940: ":12:" at the beginning of a line is the time of a text.
    [GeneratedRegex(@"^:(13D?|20|21|25P?|28[CD]?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS|940):",
        RegexOptions.CultureInvariant)]
    static partial Regex TagPattern { get; }

    // A whole entry or balance behind a tag that is none: ":6l:", "61:", ":62f:".
    [GeneratedRegex(
        @"^:?[0-9A-Za-z]{1,3}:((?<entry>\d{6}(\d{4})?R?[CD][A-Z]?\s?[\d,]{1,30}[NSF][A-Z0-9]{3})"
        + @"|[CD]\d{6}[A-Z]{3}\s*[\d,]+\s*$)", RegexOptions.CultureInvariant)]
    static partial Regex MistaggedPattern { get; }

    // Blocks of the network around the text of a message, what files of several messages put between them, and what
    // Dutch banks write above them: "0000 01INGBNL2AXXXX00001", "ABNANL2A", "940", "940 00".
    [GeneratedRegex(@"^(\{[0-9A-Z]:.*|\$|\u001A|\d{4} \d{2}[A-Z0-9]{11,17}|[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3,4})?|940( \d{2})?)\s*$",
        RegexOptions.CultureInvariant)]
    static partial Regex EnvelopePattern { get; }

    [GeneratedRegex(@"^(\{1:|:20:|:940:|:25P?:|:NS:|-)", RegexOptions.CultureInvariant)]
    static partial Regex NewMessage { get; }
}
