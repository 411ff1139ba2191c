// stderr for text from anywhere: what a terminal would obey is shown and not done.
using System.Globalization;
using System.Text;
using Recon.Reports.Sections;

namespace Recon.Cli.Outputs;

/// <summary>Writes as <see cref="PlainText"/> has it; line feeds stay.</summary>
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
        target.Write(PlainText.OfLines(buffer.ToString()));
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => target.Flush();
}
