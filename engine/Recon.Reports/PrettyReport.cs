// A run for a terminal.
using System.Text;
using Recon.Reports.Sections;
using Recon.Runs.Results;
using Spectre.Console;

namespace Recon.Reports;

public static class PrettyReport
{
    public static void Write(RunRecord record, Stream target, ReportOptions options)
    {
        var console = Console(target, options);
        console.Write(new Text(RunSections.Title(record), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(new Text(RunSections.Verdict(record)));
        console.WriteLine();
        foreach (var section in RunSections.Of(record, options.BreaksShown))
        {
            console.WriteLine();
            Write(console, section);
        }

        foreach (var notice in record.Notices)
        {
            console.WriteLine();
            console.Write(new Text($"note: {notice}"));
        }

        if (record.Notices.Count > 0)
        {
            console.WriteLine();
        }
    }

    /// <summary>One section alone, for commands that list things.</summary>
    public static void Write(Section section, Stream target, ReportOptions options) => Write(Console(target, options), section);

    static void Write(IAnsiConsole console, Section section)
    {
        console.Write(new Text(section.Title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        if (section.Rows.Count == 0)
        {
            console.Write(new Text($"  {section.Empty}"));
            console.WriteLine();
        }
        else
        {
            console.Write(TableOf(section));
        }

        if (section.Note is not null)
        {
            console.Write(new Padder(new Text(section.Note), new Padding(2, 0, 0, 0)));
        }
    }

    static Table TableOf(Section section)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = true };
        foreach (var heading in section.Headings)
        {
            var column = new TableColumn(new Text(heading.Text));
            table.AddColumn(heading.IsNumber ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in section.Rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable(cell))));
        }

        return table;
    }

    // Data must not steer the terminal: control characters are shown as their pictures (U+2400 and on).
    static string Printable(string cell) => cell.Any(char.IsControl)
        ? string.Concat(cell.Select(c => c < ' ' ? (char)(0x2400 + c) : char.IsControl(c) ? '\uFFFD' : c))
        : cell;

    static IAnsiConsole Console(Stream target, ReportOptions options)
    {
        var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = options.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = options.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = options.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
