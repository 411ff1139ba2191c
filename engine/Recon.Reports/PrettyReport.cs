// A run for a terminal.
using System.Text;
using Recon.Reports.Sections;
using Recon.Runs.Results;
using Spectre.Console;

namespace Recon.Reports;

public static class PrettyReport
{
    const int SentenceIndent = 4;

    public static void Write(RunRecord record, Stream target, ReportOptions options)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = Console(text, options);
        WriteBold(console, RunSections.Title(record));
        text.WriteLine(RunSections.Verdict(record));
        foreach (var section in RunSections.Of(record, options))
        {
            text.WriteLine();
            Write(console, text, section, options);
        }

        foreach (var notice in record.Notices)
        {
            text.WriteLine();
            WriteWrapped(text, $"note: {Printable(notice)}", indent: 0, options);
        }

        Send(text, target);
    }

    /// <summary>One section alone, for commands that list things.</summary>
    public static void Write(Section section, Stream target, ReportOptions options) => Write([section], target, options);

    /// <summary>Sections alone, a blank line between them.</summary>
    public static void Write(IReadOnlyList<Section> sections, Stream target, ReportOptions options)
    {
        using var text = new StringWriter { NewLine = "\n" };
        foreach (var section in sections)
        {
            Write(Console(text, options), text, section, options);
            text.WriteLine();
        }

        Send(text, target);
    }

    static void Write(IAnsiConsole console, StringWriter text, Section section, ReportOptions options)
    {
        WriteBold(console, section.Title);
        if (section.Rows.Count == 0)
        {
            text.WriteLine($"  {Printable(section.Empty)}");
        }
        else if (section.LastIsSentence)
        {
            WriteWithSentences(text, section, options);
        }
        else
        {
            console.Write(TableOf(section));
        }

        foreach (var line in section.Note?.Split('\n') ?? [])
        {
            WriteWrapped(text, Printable(line), indent: 2, options);
        }
    }

    static void WriteBold(IAnsiConsole console, string text)
    {
        console.Write(new Text(Printable(text), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    static Table TableOf(Section section)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = section.Headings.Any(heading => heading.Text.Length > 0) };
        foreach (var heading in section.Headings)
        {
            table.AddColumn(ColumnOf(heading));
        }

        foreach (var row in section.Rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable(cell))));
        }

        return table;
    }

    static TableColumn ColumnOf(Heading heading)
    {
        var column = new TableColumn(new Text(Printable(heading.Text)));
        return heading.IsNumber ? column.RightAligned().NoWrap() : heading.IsWhole ? column.NoWrap() : column;
    }

    static void WriteWithSentences(StringWriter text, Section section, ReportOptions options)
    {
        var headings = section.Headings.Select(heading => Printable(heading.Text)).ToList();
        var widths = headings.SkipLast(1)
            .Select((heading, i) => section.Rows.Max(row => Math.Max(Printable(row[i]).Length, heading.Length))).ToList();
        text.WriteLine($"  {Line(headings, section, widths)}");
        foreach (var row in section.Rows)
        {
            text.WriteLine($"  {Line(row.Select(Printable), section, widths)}");
            if (row[^1].Length > 0)
            {
                WriteWrapped(text, Printable(row[^1]), SentenceIndent, options);
            }
        }
    }

    static string Line(IEnumerable<string> cells, Section section, List<int> widths) => string.Join("  ", cells.Take(widths.Count)
        .Select((cell, i) => section.Headings[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));

    static void WriteWrapped(StringWriter text, string sentence, int indent, ReportOptions options)
    {
        var line = new StringBuilder();
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > 0 && indent + line.Length + 1 + word.Length > options.Width)
            {
                text.WriteLine($"{new string(' ', indent)}{line}");
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        text.WriteLine($"{new string(' ', indent)}{line}");
    }

    static string Printable(string cell) => PlainText.Of(cell);

    // Tables are padded to their width; what is sent is not.
    static void Send(StringWriter text, Stream target)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var lines = text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd());
        writer.WriteLine(string.Join('\n', lines));
    }

    static IAnsiConsole Console(StringWriter text, ReportOptions options)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = options.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = options.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = options.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
