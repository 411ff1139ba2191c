// Reads the lines of a SWIFT file as text.
using System.Text;
using System.Text.Unicode;
using Recon.Model;
using Recon.Sources.Csv;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Mt940;

/// <param name="Number">From 1.</param>
readonly record struct Mt940Line(int Number, string Text);

static class Mt940Text
{
    // A SWIFT message has 2,000 characters; 128 MiB are more than a million entries.
    const long MaxBytes = 128 << 20;

    // A line has 65 characters; banks that do not wrap :86: write some hundreds.
    const int MaxLine = 1 << 16;

    /// <summary>All lines, whatever ends them. UTF-8 where the bytes are, else windows-1252; a BOM wins.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: empty, too long, or no such text.</exception>
    public static List<Mt940Line> Lines(InputStream input, TableBuilder table)
    {
        var head = input.Head();
        if (head.Length == 0)
        {
            throw table.Fault(0, "the file is empty (0 bytes), not an MT940 statement");
        }

        if (input.Size > MaxBytes)
        {
            throw table.Fault(0, $"{input.Size} bytes; the longest MT940 file read has {MaxBytes} (128 MiB)");
        }

        var isUtf16 = head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        var kind = isUtf16 ? null : ContentKind.IsBigEndianUtf16(head) is null
            ? ContentKind.Binary(head) ?? Other(ContentKind.Markup(head))
            : "UTF-16 without a byte order mark";
        return kind is null
            ? Split(Decoded(input, isUtf16, table), table)
            : throw table.Fault(0, $"this is not an MT940 statement, it looks like {kind}");
    }

    static string? Other(string? kind) =>
        kind?.Contains("MT940", StringComparison.Ordinal) == true ? null : kind;

    static string Decoded(InputStream input, bool isUtf16, TableBuilder table)
    {
        using var memory = new MemoryStream(checked((int)input.Size));
        input.CopyTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (isUtf16)
        {
            if (bytes.Length % 2 != 0)
            {
                throw table.Fault(0, $"half-written: UTF-16 has two bytes a character, and the file has {bytes.Length} bytes");
            }

            return (bytes[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[2..]);
        }

        var encoding = Utf8.IsValid(bytes) ? Encoding.UTF8 : CsvText.Windows1252;
        return encoding.GetString(bytes).TrimStart('\uFEFF');
    }

    static List<Mt940Line> Split(string text, TableBuilder table)
    {
        var lines = new List<Mt940Line>();
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;

            if (end - start > MaxLine)
            {
                throw table.Fault(lines.Count + 1, $"a line of more than {MaxLine} characters");
            }

            // Messages from the network are framed by SOH and ETX.
            var line = text[start..end].Trim('\u0001', '\u0003');
            if (line.Contains('\0'))
            {
                throw table.Fault(lines.Count + 1, "a NUL byte; the file is damaged");
            }

            lines.Add(new Mt940Line(lines.Count + 1, line));
            start = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
        }

        return lines;
    }
}
