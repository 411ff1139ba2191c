// One bar a class and currency: absolute value at risk, cut by age.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Reports.Html;

static class OpenValueChart
{
    const int BarWidth = 320;

    // As many as the page has colours.
    const int Shades = 5;

    /// <summary>One SVG a currency: amounts of two currencies never share a scale.</summary>
    internal static IEnumerable<(string Title, string Svg)> ByCurrency(RunRecord record) => record.Exposure
        .GroupBy(line => line.Currency)
        .OrderBy(group => group.Key)
        .Select(group => (Title: $"Absolute value at risk by class and age, {group.Key.Code}", Lines: group.ToList()))
        .Select(chart => (chart.Title, Of(chart.Title, chart.Lines)));

    static string Of(string title, IReadOnlyList<Exposure> lines)
    {
        var ages = AgesOf(lines);
        var classes = lines.GroupBy(line => line.Class ?? "all classes")
            .Select(group => (Class: group.Key, Lines: group.ToList(), Total: Sum(group)))
            .OrderByDescending(entry => entry.Total).ThenBy(entry => entry.Class, StringComparer.Ordinal).ToList();
        var largest = classes.Max(entry => entry.Total);
        var chart = new BarChart(title, [.. classes.Select(entry => entry.Class)], BarWidth);
        foreach (var (name, risks, total) in classes)
        {
            chart.AddRow(
                name,
                ages.Select((age, i) => (StyleOf(i, ages), Width(Sum(risks.Where(line => line.Age == age)), largest))),
                total.ToString());
        }

        chart.AddLegend(ages.Select((age, i) => (StyleOf(i, ages), age is null ? "all ages" : $"{age} d")));
        return chart.ToSvg();
    }

    // The usual buckets always, so that charts of two days look alike; else those that there are, the youngest first.
    static IReadOnlyList<string?> AgesOf(IReadOnlyList<Exposure> lines)
    {
        List<string?> usual = [.. Enumerable.Range(0, Shades).Select(ExposureSpec.Usual.BucketName)];
        return lines.All(line => usual.Contains(line.Age)) ? usual
            : [.. lines.Select(line => line.Age).Distinct().OrderBy(age => age is null ? 0 : FirstDay(age))];
    }

    static int FirstDay(string age) => int.Parse(age.Split('-', '+')[0], CultureInfo.InvariantCulture);

    static string StyleOf(int bucket, IReadOnlyList<string?> ages) => $"age{bucket * Shades / Math.Max(ages.Count, Shades)}";

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
