// One bar a source: matched beside open.
using System.Globalization;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class MatchRateChart
{
    const int LabelWidth = 130;
    const int BarWidth = 360;

    /// <summary>An SVG of one bar a source, in the order of the pack.</summary>
    internal static string Of(RunRecord record)
    {
        var chart = new BarChart(LabelWidth, BarWidth, record.Sources.Count, below: 4);
        foreach (var source in record.Sources)
        {
            var total = (long)source.Matched + source.Open;
            var matched = total == 0 ? 0 : (int)(BarWidth * (long)source.Matched / total);
            // An open record is always seen, be it one in a million.
            matched = source.Open > 0 ? Math.Min(matched, BarWidth - 2) : matched;
            chart.AddRow(
                source.Name,
                [("matched", matched), ("open", source.Open > 0 ? BarWidth - matched : 0)],
                string.Create(CultureInfo.InvariantCulture, $"{source.Matched:N0} of {total:N0}"),
                BarWidth);
        }

        return chart.ToSvg();
    }
}
