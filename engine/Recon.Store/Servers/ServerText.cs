// Texts as a server takes them: it has no character 0.
namespace Recon.Store.Servers;

/// <summary>U+0000 becomes U+FFFF and a 0, U+FFFF becomes itself twice; every other text stands as it is.</summary>
static class ServerText
{
    const char Escape = '\uFFFF';

    public static string Write(string text) => text.AsSpan().ContainsAny('\0', Escape)
        ? text.Replace($"{Escape}", $"{Escape}{Escape}", StringComparison.Ordinal).Replace("\0", $"{Escape}0", StringComparison.Ordinal)
        : text;

    public static string Read(string written)
    {
        if (!written.Contains(Escape, StringComparison.Ordinal))
        {
            return written;
        }

        var text = new System.Text.StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var isEscaped = written[i] == Escape && i + 1 < written.Length;
            text.Append(isEscaped ? written[++i] == '0' ? '\0' : written[i] : written[i]);
        }

        return text.ToString();
    }
}
