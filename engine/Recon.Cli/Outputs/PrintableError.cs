// stderr for text from anywhere: what a terminal would obey is shown and not done.
using System.Globalization;
using System.Text;

namespace Recon.Cli.Outputs;

/// <summary>Control characters but line feed and tab, and marks that turn the direction of a line, become <c>\u001b</c>.</summary>
sealed class PrintableError(TextWriter target) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => target.Encoding;

    /// <summary>Sets stderr for the whole process; gives what it was, for a line that draws itself over again.</summary>
    internal static TextWriter Raw { get; private set; } = TextWriter.Null;

    internal static void Install()
    {
        Raw = Console.Error;
        Console.SetError(new PrintableError(Raw));
    }

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var shown = new StringBuilder(buffer.Length);
        foreach (var character in buffer)
        {
            if (IsObeyed(character))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                shown.Append(character);
            }
        }

        target.Write(shown.ToString());
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => target.Flush();

    static bool IsObeyed(char character) => character is not ('\n' or '\t')
        && (char.IsControl(character) || character is '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));
}
