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
    const int Gap = 8;

    // From the top of a row to the line on which its text stands.
    const int Baseline = (BarHeight / 2) + 5;

    readonly StringBuilder _svg;
    readonly int _labelWidth;
    int _top;

    /// <param name="barWidth">Of a whole bar.</param>
    /// <param name="below">Room under the last row.</param>
    internal BarChart(int labelWidth, int barWidth, int rows, int below)
    {
        _labelWidth = labelWidth;
        _svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" viewBox=\"0 0 {labelWidth + barWidth + FigureWidth} {(rows * RowHeight) + below}\" xmlns=\"http://www.w3.org/2000/svg\">"));
    }

    /// <param name="segments">Class of the style sheet and width; one of width 0 or less is left out.</param>
    /// <param name="figureAt">How far from the begin of the bar the figure stands; null: behind the last segment.</param>
    internal void AddRow(string label, IEnumerable<(string Style, int Width)> segments, string figure, int? figureAt = null)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{_top + Baseline}\">{HtmlReport.Encoded(label)}</text>");
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
