// One bar a source: matched beside open.
using System.Globalization;
using System.Text;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class MatchRateChart
{
    const int BarHeight = 22;
    const int RowHeight = 34;
    const int LabelWidth = 130;
    const int BarWidth = 360;
    const int FigureWidth = 150;

    /// <summary>An SVG of one bar a source, in the order of the pack.</summary>
    internal static string Of(RunRecord record)
    {
        var height = (record.Sources.Count * RowHeight) + 4;
        var svg = new StringBuilder(
            $"<svg role=\"img\" viewBox=\"0 0 {LabelWidth + BarWidth + FigureWidth} {height}\" xmlns=\"http://www.w3.org/2000/svg\">");
        for (var i = 0; i < record.Sources.Count; i++)
        {
            Append(svg, record.Sources[i], i * RowHeight);
        }

        return svg.Append("</svg>").ToString();
    }

    static void Append(StringBuilder svg, SourceSummary source, int top)
    {
        var total = (long)source.Matched + source.Open;
        var matched = total == 0 ? 0 : (int)(BarWidth * (long)source.Matched / total);
        // An open record is always seen, be it one in a million.
        matched = source.Open > 0 ? Math.Min(matched, BarWidth - 2) : matched;
        var middle = top + (BarHeight / 2) + 5;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{middle}\">{HtmlReport.Encoded(source.Name)}</text>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"matched\" x=\"{LabelWidth}\" y=\"{top}\" width=\"{matched}\" height=\"{BarHeight}\"/>");
        if (source.Open > 0)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"open\" x=\"{LabelWidth + matched}\" y=\"{top}\" width=\"{BarWidth - matched}\" height=\"{BarHeight}\"/>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + BarWidth + 8}\" y=\"{middle}\">{source.Matched:N0} of {total:N0}</text>");
    }
}
