// One bar a class and currency: absolute value at risk, cut by age.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class OpenValueChart
{
    const int BarHeight = 22;
    const int RowHeight = 34;
    const int LabelWidth = 190;
    const int BarWidth = 320;
    const int FigureWidth = 150;

    static readonly string[] Ages = ["0-1", "2-7", "8-30", "31-90", "91+"];

    /// <summary>One SVG a currency: amounts of two currencies never share a scale.</summary>
    internal static IEnumerable<(string Currency, string Svg)> ByCurrency(RunRecord record) => record.Exposure
        .GroupBy(line => line.Currency)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key.Code, Of([.. group])));

    static string Of(IReadOnlyList<Exposure> lines)
    {
        var classes = lines.GroupBy(line => line.Class)
            .Select(group => (Class: group.Key, Lines: group.ToList(), Total: Sum(group)))
            .OrderByDescending(entry => entry.Total).ThenBy(entry => entry.Class, StringComparer.Ordinal).ToList();
        var largest = classes.Max(entry => entry.Total);
        var svg = new StringBuilder(
            $"<svg role=\"img\" viewBox=\"0 0 {LabelWidth + BarWidth + FigureWidth} {(classes.Count * RowHeight) + 30}\" xmlns=\"http://www.w3.org/2000/svg\">");
        for (var i = 0; i < classes.Count; i++)
        {
            Append(svg, classes[i].Class, classes[i].Lines, classes[i].Total, largest, i * RowHeight);
        }

        AppendLegend(svg, classes.Count * RowHeight);
        return svg.Append("</svg>").ToString();
    }

    static void Append(StringBuilder svg, string name, List<Exposure> lines, ExactTotal total, ExactTotal largest, int top)
    {
        var middle = top + (BarHeight / 2) + 5;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{middle}\">{HtmlReport.Encoded(name)}</text>");
        var left = LabelWidth;
        for (var age = 0; age < Ages.Length; age++)
        {
            var width = Width(Sum(lines.Where(line => line.Age == Ages[age])), largest);
            if (width > 0)
            {
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"age{age}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BarHeight}\"/>");
                left += width;
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 8}\" y=\"{middle}\">{total}</text>");
    }

    static void AppendLegend(StringBuilder svg, int top)
    {
        for (var age = 0; age < Ages.Length; age++)
        {
            var left = LabelWidth + (age * 80);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"age{age}\" x=\"{left}\" y=\"{top + 6}\" width=\"12\" height=\"12\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"legend\" x=\"{left + 18}\" y=\"{top + 17}\">{Ages[age]} d</text>");
        }
    }

    static ExactTotal Sum(IEnumerable<Exposure> lines) =>
        lines.Aggregate(default(ExactTotal), (sum, line) => sum + line.Absolute);

    // Exact until the last step; every amount above zero is seen.
    static int Width(ExactTotal amount, ExactTotal largest)
    {
        if (amount.IsZero || largest.IsZero)
        {
            return 0;
        }

        var scale = Math.Max(amount.Scale, largest.Scale);
        var share = amount.UnitsAt(scale) * BarWidth / largest.UnitsAt(scale);
        return Math.Max((int)share, 2);
    }
}
