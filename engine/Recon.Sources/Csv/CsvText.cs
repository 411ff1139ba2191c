// Gives the bytes of a CSV file as UTF-8, whatever its encoding, and refuses what is no text.
using System.Text;
using Recon.Model;
using Recon.Sources.Files;

namespace Recon.Sources.Csv;

/// <param name="Utf8">The text behind the BOM.</param>
/// <param name="IsTranscoded">True where bytes that could not be read have become U+FFFD already.</param>
/// <param name="Encoding">The encoding in force, after the BOM.</param>
sealed record CsvText(Stream Utf8, bool IsTranscoded, string Encoding)
{
    /// <summary>Bytes of the file before the text.</summary>
    public int Start { get; init; }

    static readonly byte[] Utf8Bom = [0xEF, 0xBB, 0xBF];

    /// <summary>The code page of Western Windows, which .NET has only on request.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: it is empty or no text.</exception>
    public static CsvText Of(InputStream input, string encoding)
    {
        var head = input.Head();
        if (head.Length == 0)
        {
            throw Wrong(input, "the file is empty (0 bytes); a table without rows still has its header");
        }

        if (head.StartsWith((byte[])[0xFF, 0xFE, 0, 0]) || head.StartsWith((byte[])[0, 0, 0xFE, 0xFF]))
        {
            throw Wrong(input, "the file is UTF-32; expected utf-8, utf-16, windows-1252 or iso-8859-1");
        }

        if (head.StartsWith(Utf8Bom))
        {
            input.ReadExactly(new byte[Utf8Bom.Length]);
            return Checked(input, head[Utf8Bom.Length..], new CsvText(input, false, "utf-8") { Start = Utf8Bom.Length });
        }

        if (head.StartsWith((byte[])[0xFF, 0xFE]) || head.StartsWith((byte[])[0xFE, 0xFF]))
        {
            input.ReadExactly(new byte[2]);
            return Utf16(input, isBigEndian: head[0] == 0xFE);
        }

        return WithoutBom(input, head, encoding);
    }

    static CsvText WithoutBom(InputStream input, ReadOnlySpan<byte> head, string encoding)
    {
        var isBigEndian = ContentKind.IsBigEndianUtf16(head);
        if (encoding == "utf-16")
        {
            return isBigEndian is { } big
                ? Utf16(input, big)
                : throw Wrong(input, "the source says encoding: utf-16, but the bytes are not");
        }

        if (isBigEndian is not null)
        {
            throw Wrong(input,
                $"the file looks like UTF-16 (every second byte is NUL), but is read as {encoding}; "
                + "say encoding: utf-16");
        }

        return encoding switch
        {
            "utf-8" => Checked(input, head, new CsvText(input, false, encoding)),
            "windows-1252" => Checked(input, head, Transcoded(input, Windows1252, encoding)),
            "iso-8859-1" => Checked(input, head, Transcoded(input, System.Text.Encoding.Latin1, encoding)),
            _ => throw Wrong(input,
                $"unknown encoding '{encoding}'; expected utf-8, utf-16, windows-1252 or iso-8859-1"),
        };
    }

    static CsvText Utf16(InputStream input, bool isBigEndian) => input.Size % 2 != 0
        ? throw Wrong(input, $"half-written: UTF-16 has two bytes a character, and the file has {input.Size} bytes")
        : Transcoded(input, new UnicodeEncoding(isBigEndian, byteOrderMark: false), "utf-16");

    static CsvText Transcoded(InputStream input, Encoding encoding, string name)
    {
        var utf8 = System.Text.Encoding.CreateTranscodingStream(
            input, encoding, new UTF8Encoding(false), leaveOpen: true);
        return new CsvText(utf8, IsTranscoded: true, name);
    }

    static CsvText Checked(InputStream input, ReadOnlySpan<byte> head, CsvText text) =>
        (ContentKind.Binary(head) ?? ContentKind.Markup(head)) is { } kind
            ? throw Wrong(input, $"this is not a CSV file, it looks like {kind}")
            : text;

    static ReconException Wrong(InputStream input, string what) =>
        new($"{input.Name}: {what}", FaultKind.InputWrong);
}
