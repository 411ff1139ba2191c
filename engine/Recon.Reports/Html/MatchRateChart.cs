// One bar a source: matched beside open.
using System.Globalization;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class MatchRateChart
{
    const int BarWidth = 360;

    /// <summary>An SVG of one bar a source, in the order of the pack.</summary>
    internal static string Of(RunRecord record, string title)
    {
        var chart = new BarChart(title, [.. record.Sources.Select(source => source.Name)], BarWidth);
        foreach (var source in record.Sources)
        {
            var total = (long)source.Matched + source.Open;
            var matched = total == 0 ? 0 : (int)(BarWidth * (long)source.Matched / total);
            // An open record is always seen, be it one in a million.
            matched = source.Open > 0 ? Math.Min(matched, BarWidth - 2) : matched;
            chart.AddRow(
                source.Name,
                [("matched", matched), ("open", source.Open > 0 ? BarWidth - matched : 0)],
                Figure(source.Matched, total),
                BarWidth);
        }

        chart.AddLegend([("matched", "matched"), ("open", "open")]);
        return chart.ToSvg();
    }

    static string Figure(long matched, long total)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"{matched:N0} of {total:N0}");
        return total == 0 ? count : $"{count}, {RunSections.Percent(matched, total)}";
    }
}
