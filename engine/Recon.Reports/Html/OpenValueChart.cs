// One bar a class and currency: absolute value at risk, cut by age.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class OpenValueChart
{
    const int BarWidth = 320;

    static readonly string[] Ages = ["0-1", "2-7", "8-30", "31-90", "91+"];

    /// <summary>One SVG a currency: amounts of two currencies never share a scale.</summary>
    internal static IEnumerable<(string Title, string Svg)> ByCurrency(RunRecord record) => record.Exposure
        .GroupBy(line => line.Currency)
        .OrderBy(group => group.Key)
        .Select(group => (Title: $"Absolute value at risk by class and age, {group.Key.Code}", Lines: group.ToList()))
        .Select(chart => (chart.Title, Of(chart.Title, chart.Lines)));

    static string Of(string title, IReadOnlyList<Exposure> lines)
    {
        var classes = lines.GroupBy(line => line.Class)
            .Select(group => (Class: group.Key, Lines: group.ToList(), Total: Sum(group)))
            .OrderByDescending(entry => entry.Total).ThenBy(entry => entry.Class, StringComparer.Ordinal).ToList();
        var largest = classes.Max(entry => entry.Total);
        var chart = new BarChart(title, [.. classes.Select(entry => entry.Class)], BarWidth);
        foreach (var (name, risks, total) in classes)
        {
            chart.AddRow(
                name,
                Ages.Select((age, i) => ($"age{i}", Width(Sum(risks.Where(line => line.Age == age)), largest))),
                total.ToString());
        }

        chart.AddLegend(Ages.Select((age, i) => ($"age{i}", $"{age} d")));
        return chart.ToSvg();
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
