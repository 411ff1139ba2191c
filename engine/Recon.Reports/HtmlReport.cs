// A run as one HTML page that needs nothing else: no script, no address, no file beside it.
using System.Net;
using System.Text;
using Recon.Reports.Html;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Reports;

public static class HtmlReport
{
    // A page of more breaks than this is no longer read; the JSON has them all.
    const int BreaksShown = 200;

    public static void Write(RunRecord record, Stream target, ReportOptions options)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteStart(writer, $"{record.Head.PackId} {ResultDocument.Iso(record.Head.BusinessDate)}");
        WriteHeader(writer, record);
        WriteNotices(writer, record);
        WriteCharts(writer, record);
        foreach (var section in RunSections.Of(record, options with { BreaksShown = Math.Max(options.BreaksShown, BreaksShown) }))
        {
            WriteSection(writer, section);
        }

        writer.WriteLine("</main></body></html>");
    }

    public static void Write(Page page, Stream target)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteStart(writer, page.Title);
        writer.WriteLine($"<header><h1>{Encoded(page.Title)}</h1><p class=\"verdict\">{Encoded(page.Verdict)}</p></header>");
        foreach (var (title, svg) in page.Charts)
        {
            writer.Write("<section>");
            WriteChart(writer, title, svg);
            writer.WriteLine("</section>");
        }

        foreach (var section in page.Sections)
        {
            WriteSection(writer, section);
        }

        writer.WriteLine("</main></body></html>");
    }

    static void WriteStart(StreamWriter writer, string title)
    {
        writer.WriteLine("<!doctype html>");
        writer.WriteLine("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        writer.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine($"<title>{Encoded(title)}</title>");
        writer.WriteLine($"<style>{PageStyle.Css}</style></head><body><main>");
    }

    static void WriteHeader(StreamWriter writer, RunRecord record)
    {
        var head = record.Head;
        writer.WriteLine($"<header><h1>{Encoded(head.PackId)} <small>{Encoded(head.PackVersion)}</small></h1>");
        writer.WriteLine($"<p class=\"date\">Business date {ResultDocument.Iso(head.BusinessDate)}, revision {head.Revision}, run {Encoded(head.Id)}</p>");
        writer.WriteLine($"<p class=\"verdict\">{Encoded(RunSections.Verdict(record))}</p></header>");
    }

    static void WriteCharts(StreamWriter writer, RunRecord record)
    {
        writer.WriteLine("<section class=\"charts\">");
        const string Rate = "Match rate by source";
        WriteChart(writer, Rate, MatchRateChart.Of(record, Rate));
        foreach (var (title, chart) in OpenValueChart.ByCurrency(record))
        {
            WriteChart(writer, title, chart);
        }

        writer.WriteLine("</section>");
    }

    static void WriteChart(StreamWriter writer, string title, string svg) =>
        writer.WriteLine($"<figure><figcaption>{Encoded(title)}</figcaption>{svg}</figure>");

    static void WriteSection(StreamWriter writer, Section section)
    {
        var (begin, end) = section.IsFolded ? ("<details><summary>", "</summary>") : ("<section><h2>", "</h2>");
        writer.WriteLine($"{begin}{Encoded(section.Title)}{end}");
        if (section.Rows.Count == 0)
        {
            writer.WriteLine($"<p>{Encoded(section.Empty)}</p>");
        }
        else
        {
            WriteTable(writer, section);
        }

        if (section.Note is not null)
        {
            writer.WriteLine($"<p class=\"note\">{Encoded(section.Note).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        }

        writer.WriteLine(section.IsFolded ? "</details>" : "</section>");
    }

    static void WriteTable(StreamWriter writer, Section section)
    {
        writer.Write("<div class=\"scroll\"><table><thead><tr>");
        foreach (var heading in section.Headings)
        {
            writer.Write($"<th{(heading.IsNumber ? " class=\"number\"" : "")}>{Encoded(heading.Text)}</th>");
        }

        writer.WriteLine("</tr></thead><tbody>");
        foreach (var row in section.Rows)
        {
            writer.Write("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                writer.Write(Cell(section.Headings[i], row[i]));
            }

            writer.WriteLine("</tr>");
        }

        writer.WriteLine("</tbody></table></div>");
    }

    static string Cell(Heading heading, string text) => heading switch
    {
        { IsNumber: true } => $"<td class=\"number\">{Encoded(text)}</td>",
        { Text: "status" } => $"<td><span class=\"status {Encoded(text)}\">{Encoded(text)}</span></td>",
        _ => $"<td>{Encoded(text)}</td>",
    };

    static void WriteNotices(StreamWriter writer, RunRecord record)
    {
        foreach (var notice in record.Notices)
        {
            writer.WriteLine($"<p class=\"note\">{Encoded(notice)}</p>");
        }
    }

    internal static string Encoded(string text) => WebUtility.HtmlEncode(PlainText.OfLines(text));
}
