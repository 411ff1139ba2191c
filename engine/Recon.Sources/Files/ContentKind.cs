// Says what a file looks like by its first bytes, for faults that name the mistake.
using System.Text;

namespace Recon.Sources.Files;

/// <summary>A look at the head of a file. Only kinds that cannot be mistaken for a plain table are named.</summary>
static class ContentKind
{
    static readonly (byte[] Mark, string Kind)[] Marks =
    [
        ("PK\u0003\u0004"u8.ToArray(), "a zip archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls)"),
        ([0x1F, 0x8B], "gzip-compressed data"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"),
        ("%PDF"u8.ToArray(), "a PDF document"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("SQLite format 3"u8.ToArray(), "a SQLite database"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG picture"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
    ];

    /// <summary>What it is instead of text: an archive, a workbook, a program; null where it may be text.</summary>
    public static string? Binary(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, kind) in Marks)
        {
            if (head.StartsWith(mark))
            {
                return mark[0] == 'P' && head.IndexOf("[Content_Types].xml"u8) >= 0
                    ? "an Excel workbook (.xlsx)"
                    : kind;
            }
        }

        var controls = 0;
        foreach (var unit in head)
        {
            controls += unit < 9 || unit is > 13 and < 26 or > 27 and < 32 ? 1 : 0;
        }

        return controls * 10 > head.Length ? "binary data" : null;
    }

    /// <summary>A format of text that is not a table: XML, HTML, JSON, SWIFT MT; null for anything else.</summary>
    public static string? Markup(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\u0001');
        return text switch
        {
            _ when Begins(text, "<!doctype html") || Begins(text, "<html") => "HTML",
            _ when Contains(text, "camt.053") && text[0] == '<' => "camt.053 XML",
            _ when Begins(text, "<?xml") || (Begins(text, "<") && Contains(text, "</")) => "XML",
            _ when Begins(text, "{\"") || Begins(text, "[{") => "JSON",
            _ when Begins(text, "{1:") || Begins(text, ":20:") || Begins(text, ":940:") =>
                "a SWIFT MT940 statement",
            _ when Begins(text, "OFXHEADER") => "OFX",
            _ => null,
        };
    }

    /// <summary>"utf-16, high byte last" and the like, by NUL bytes at every second place; null where there are none.</summary>
    public static bool? IsBigEndianUtf16(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        var pairs = head.Length / 2;
        return pairs == 0 || Math.Max(even, odd) * 2 < pairs || Math.Min(even, odd) * 8 > pairs
            ? null
            : even > odd;
    }

    static bool Contains(string text, string mark) => text.Contains(mark, StringComparison.Ordinal);

    static bool Begins(string text, string mark) => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase);
}
