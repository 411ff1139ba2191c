// A run for a terminal.
using System.Text;
using Recon.Reports.Columns;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Reports;

public static class PrettyReport
{
    public static void Write(RunRecord record, Stream target, ReportOptions options)
    {
        using var writer = Writer(target);
        WriteBold(writer, RunSections.Title(record), options);
        WriteWrapped(writer, RunSections.Verdict(record), indent: 0, options);
        foreach (var notice in record.Notices)
        {
            WriteWrapped(writer, $"note: {PlainText.Of(notice)}", indent: 0, options);
        }

        foreach (var section in RunSections.Of(record, options).Where(section => !section.IsFolded))
        {
            writer.WriteLine();
            Write(writer, section, options);
        }
    }

    public static void Write(Page page, Stream target, ReportOptions options)
    {
        using var writer = Writer(target);
        WriteBold(writer, page.Title, options);
        WriteWrapped(writer, PlainText.Of(page.Verdict), indent: 0, options);
        foreach (var section in page.Sections)
        {
            writer.WriteLine();
            Write(writer, section, options);
        }
    }

    /// <summary>One section alone, for commands that list things.</summary>
    public static void Write(Section section, Stream target, ReportOptions options) => Write([section], target, options);

    /// <summary>Sections alone, a blank line between them.</summary>
    public static void Write(IReadOnlyList<Section> sections, Stream target, ReportOptions options)
    {
        using var writer = Writer(target);
        for (var i = 0; i < sections.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteLine();
            }

            Write(writer, sections[i], options);
        }
    }

    static void Write(StreamWriter writer, Section section, ReportOptions options)
    {
        WriteBold(writer, section.Title, options);
        if (section.Rows.Count == 0)
        {
            WriteWrapped(writer, PlainText.Of(section.Empty), indent: 2, options);
        }
        else
        {
            foreach (var line in TextTable.Lines(section, options.Width))
            {
                writer.WriteLine(line);
            }
        }

        foreach (var line in section.Note?.Split('\n') ?? [])
        {
            WriteWrapped(writer, PlainText.Of(line), indent: 2, options);
        }
    }

    static void WriteBold(StreamWriter writer, string text, ReportOptions options)
    {
        foreach (var line in Wrapping.Lines(PlainText.Of(text), options.Width))
        {
            writer.WriteLine(options.Colour ? $"\e[1m{line}\e[0m" : line);
        }
    }

    static void WriteWrapped(StreamWriter writer, string sentence, int indent, ReportOptions options)
    {
        foreach (var line in Wrapping.Lines(sentence, options.Width - indent))
        {
            writer.WriteLine($"{new string(' ', indent)}{line}");
        }
    }

    static StreamWriter Writer(Stream target) => new(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
}
