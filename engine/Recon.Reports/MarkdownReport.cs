// A run as Markdown, for pull requests and chats.
using System.Globalization;
using System.Text;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Reports;

public static class MarkdownReport
{
    public static void Write(RunRecord record, Stream target, ReportOptions options)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# {OnOneLine(RunSections.Title(record))}");
        writer.WriteLine();
        writer.WriteLine(Escaped(RunSections.Verdict(record)));
        foreach (var notice in record.Notices)
        {
            writer.WriteLine();
            writer.WriteLine($"> {OnOneLine(notice)}");
        }

        foreach (var section in RunSections.Of(record, options))
        {
            Write(writer, section);
        }
    }

    /// <summary>A report of bounded length: what does not fit is left out from the end, whole parts only, and counted.</summary>
    /// <param name="most">In characters.</param>
    public static void Write(Page page, int most, Stream target)
    {
        var parts = page.Sections.Select(Text).ToList();
        var begin = $"# {OnOneLine(page.Title)}\n\n{Escaped(page.Verdict)}\n";
        const string Cut = "\n> The last {0} parts are left out here: the whole would be too long for a comment.\n";
        var kept = parts.Count;
        while (kept > 0 && begin.Length + parts.Take(kept).Sum(part => part.Length) + Cut.Length > most)
        {
            kept--;
        }

        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.Write(begin);
        writer.Write(string.Concat(parts.Take(kept)));
        writer.Write(kept == parts.Count ? "" : string.Format(CultureInfo.InvariantCulture, Cut, parts.Count - kept));
    }

    static string Text(Section section)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
        {
            if (section.IsFolded)
            {
                writer.WriteLine($"\n<details><summary>{OnOneLine(section.Title)}</summary>");
            }

            Write(writer, section);
            if (section.IsFolded)
            {
                writer.WriteLine("\n</details>");
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Sections below a title, for commands that measure or list things.</summary>
    public static void Write(string title, IReadOnlyList<Section> sections, Stream target)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# {OnOneLine(title)}");
        foreach (var section in sections)
        {
            Write(writer, section);
        }
    }

    static void Write(StreamWriter writer, Section section)
    {
        writer.WriteLine();
        if (!section.IsFolded)
        {
            writer.WriteLine($"## {OnOneLine(section.Title)}");
            writer.WriteLine();
        }

        if (section.Rows.Count == 0)
        {
            writer.WriteLine(OnOneLine(section.Empty));
        }
        else
        {
            WriteRow(writer, section.Headings.Select(heading => heading.Text));
            writer.WriteLine($"|{string.Concat(section.Headings.Select(heading => heading.IsNumber ? "---:|" : "---|"))}");
            foreach (var row in section.Rows)
            {
                WriteRow(writer, row);
            }
        }

        if (section.Note is not null)
        {
            writer.WriteLine();
            writer.WriteLine(Escaped(section.Note).Replace("\n", "  \n", StringComparison.Ordinal));
        }
    }

    static void WriteRow(StreamWriter writer, IEnumerable<string> cells) =>
        writer.WriteLine($"| {string.Join(" | ", cells.Select(OnOneLine))} |");

    // A line feed in data begins no new paragraph, heading or row.
    static string OnOneLine(string text) => Escaped(text).Replace('\n', ' ');

    // Data must not become markup: everything that Markdown or HTML would read is escaped.
    static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in PlainText.OfLines(text))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '@')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
