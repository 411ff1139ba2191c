// From bytes to text: size, encoding and the characters that a pack may hold.
using System.Buffers;
using System.Text;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Reading;

static class PackFileReader
{
    /// <summary>256 KiB: a pack is read by people.</summary>
    public const int MostBytes = PackText.MostBytes;

    static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null where the bytes are refused.</summary>
    public static PackFile? Read(PackText pack, Report report)
    {
        var bytes = pack.Bytes.Span;
        if (bytes.Length > MostBytes)
        {
            report.Add(
                Findings.FileTooLarge, Nowhere(pack), "split the pack: one reconciliation, one pack");
            return null;
        }

        if (LooksLikeUtf16(bytes))
        {
            report.Add(Findings.Utf16, Nowhere(pack), "save it as UTF-8");
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (Decode(bytes) is not { } text)
        {
            report.Add(Findings.NotUtf8, PlaceOfWrongByte(pack, bytes), "save it as UTF-8");
            return null;
        }

        var file = new PackFile(pack.Name, text.Replace("\r\n", "\n", StringComparison.Ordinal));
        return CharacterPolicy.Check(file, report) ? file : null;
    }

    static Model.Place Nowhere(PackText pack) => new(pack.Name, 1, 1, 1, "");

    /// <summary>A UTF-16 byte order mark, or every other byte of the beginning a zero.</summary>
    static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return true;
        }

        return bytes.Length >= 4
            && ((bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)
                || (bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0));
    }

    static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static Model.Place PlaceOfWrongByte(PackText pack, ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == OperationStatus.Done)
        {
            offset += consumed;
        }

        var text = StrictUtf8.GetString(bytes[..offset]).Replace("\r\n", "\n", StringComparison.Ordinal);
        return new PackFile(pack.Name, text + "\uFFFD").AtOffset(text.Length);
    }
}
