// Text of a file as people may see it: no control characters, not too long.
using System.Text;

namespace Recon.Sources.Files;

static class Printable
{
    const int MaxLength = 500;

    /// <summary>Control characters become their pictures (NUL: ␀, line feed: ␊); cut at 500 characters.</summary>
    public static string Of(string text)
    {
        var cut = text.Length > MaxLength ? text[..(MaxLength - 1)] + "…" : text;
        return string.Create(cut.Length, cut, (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] switch
                {
                    < ' ' => (char)('\u2400' + source[i]),
                    '\u007F' => '\u2421',
                    > '\u007F' and < '\u00A0' or '\u2028' or '\u2029' => '\uFFFD',
                    _ => source[i],
                };
            }
        });
    }

    /// <summary>Bytes that may be no UTF-8: what cannot be read becomes U+FFFD.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) =>
        Of(Encoding.UTF8.GetString(bytes.Length > MaxLength * 4 ? bytes[..(MaxLength * 4)] : bytes));
}
