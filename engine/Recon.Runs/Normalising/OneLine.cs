// Foreign text made fit for a line of a report.
namespace Recon.Runs.Normalising;

static class OneLine
{
    /// <summary>Control characters become blanks; a text that is too long is cut and ends with <c>…</c>.</summary>
    public static string Of(string text, int characters)
    {
        if (text.Length > characters)
        {
            var end = char.IsHighSurrogate(text[characters - 2]) ? characters - 2 : characters - 1;
            text = text[..end] + "…";
        }

        return text.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? string.Create(text.Length, text, static (target, source) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = char.IsControl(source[i]) ? ' ' : source[i];
                }
            })
            : text;
    }
}
