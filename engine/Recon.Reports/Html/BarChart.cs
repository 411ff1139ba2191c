// The geometry that all bar charts of a report share, and their SVG.
using System.Globalization;
using System.Text;

namespace Recon.Reports.Html;

/// <summary>Rows of a label, a bar of segments and a figure, from the top down; lengths are units of the view box.</summary>
sealed class BarChart
{
    const int BarHeight = 22;
    const int RowHeight = 34;
    const int FigureWidth = 150;
    const int LegendHeight = 30;
    const int Gap = 8;

    // A letter of 14 units is about half as wide; W is wider, i narrower.
    const int LetterWidth = 8;
    const int LongestLabel = 48;

    // From the top of a row to the line on which its text stands.
    const int Baseline = (BarHeight / 2) + 5;

    readonly StringBuilder _svg;
    readonly int _labelWidth;
    int _top;

    /// <param name="title">What the chart shows, for those who cannot see it.</param>
    /// <param name="labels">One a row; there is room for the longest.</param>
    /// <param name="barWidth">Of a whole bar.</param>
    internal BarChart(string title, IReadOnlyList<string> labels, int barWidth)
    {
        _labelWidth = (labels.Max(label => Math.Min(label.Length, LongestLabel)) * LetterWidth) + (2 * Gap);
        var (width, height) = (_labelWidth + barWidth + FigureWidth, (labels.Count * RowHeight) + LegendHeight);
        _svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{HtmlReport.Encoded(title)}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">"));
    }

    /// <param name="segments">Class of the style sheet and width; one of width 0 or less is left out.</param>
    /// <param name="figureAt">How far from the begin of the bar the figure stands; null: behind the last segment.</param>
    internal void AddRow(string label, IEnumerable<(string Style, int Width)> segments, string figure, int? figureAt = null)
    {
        var shown = label.Length > LongestLabel ? $"{label[..(LongestLabel - 1)]}…" : label;
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"0\" y=\"{_top + Baseline}\"><title>{HtmlReport.Encoded(label)}</title>{HtmlReport.Encoded(shown)}</text>");
        var left = _labelWidth;
        foreach (var (style, width) in segments)
        {
            AddSegment(style, left, width);
            left += width;
        }

        left = _labelWidth + (figureAt ?? left - _labelWidth) + Gap;
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"{_top + Baseline}\">{HtmlReport.Encoded(figure)}</text>");
        _top += RowHeight;
    }

    /// <summary>What the styles mean, in one line below the rows.</summary>
    internal void AddLegend(IEnumerable<(string Style, string Text)> entries)
    {
        var left = _labelWidth;
        foreach (var (style, text) in entries)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{left}\" y=\"{_top + 6}\" width=\"12\" height=\"12\"/>");
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"legend\" x=\"{left + 18}\" y=\"{_top + 17}\">{HtmlReport.Encoded(text)}</text>");
            left += 80;
        }
    }

    internal string ToSvg() => $"{_svg}</svg>";

    void AddSegment(string style, int left, int width)
    {
        if (width > 0)
        {
            _svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"{style}\" x=\"{left}\" y=\"{_top}\" width=\"{width}\" height=\"{BarHeight}\"/>");
        }
    }
}
