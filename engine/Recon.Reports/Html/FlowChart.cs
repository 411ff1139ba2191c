// Records between outcomes: bands from what they were to what they would be.
using System.Globalization;
using System.Text;

namespace Recon.Reports.Html;

/// <summary>Records of one outcome before that have another after.</summary>
/// <param name="Before">In one line, and after a line end in another, smaller one where it is; so is <paramref name="After"/>.</param>
/// <param name="Style">A class of the style sheet: <c>lost</c>, <c>gained</c> or <c>moved</c>.</param>
sealed record Flow(string Before, string After, int Records, string Style);

/// <summary>
/// Two columns of outcomes and a band for each flow, as thick as it has records (Riehmann, Hanfler and Froehlich, Interactive Sankey diagrams,
/// 2005). Each outcome has its name and number in words; a band that would be too thin to be seen is two units thick.
/// </summary>
static class FlowChart
{
    const int Width = 920;
    const int LabelWidth = 290;
    const int NodeWidth = 10;
    const int Height = 220;
    const int Gap = 32;
    const int LeastThickness = 2;
    const int MostNodes = 14;
    const int LongestLabel = 32;

    /// <summary>The chart; flows beyond the 14 largest outcomes of a side are added up.</summary>
    internal static string Of(string title, IReadOnlyList<Flow> flows)
    {
        var merged = Merged(flows);
        var total = Math.Max(merged.Sum(flow => flow.Records), 1);
        var (left, right) = (Column(merged, flow => flow.Before, total), Column(merged, flow => flow.After, total));
        var height = Math.Max(left.Values.Max(node => node.End), right.Values.Max(node => node.End)) + Gap;
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{HtmlReport.Encoded(title)}\" viewBox=\"0 0 {Width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">"));
        foreach (var flow in merged)
        {
            AddBand(svg, flow, left[flow.Before], right[flow.After], Thickness(flow.Records, total));
        }

        AddNodes(svg, left, x: LabelWidth, labelAt: LabelWidth - 8, anchor: "end");
        AddNodes(svg, right, x: Width - LabelWidth - NodeWidth, labelAt: Width - LabelWidth + 8, anchor: "start");
        return svg.Append("</svg>").ToString();
    }

    static List<Flow> Merged(IReadOnlyList<Flow> flows)
    {
        var (before, after) = (Largest(flows, flow => flow.Before), Largest(flows, flow => flow.After));
        return
        [
            .. flows.Select(flow => flow with
                {
                    Before = before.Contains(flow.Before) ? flow.Before : "other outcomes",
                    After = after.Contains(flow.After) ? flow.After : "other outcomes",
                })
                .GroupBy(flow => (flow.Before, flow.After, flow.Style))
                .Select(same => same.First() with { Records = same.Sum(flow => flow.Records) }),
        ];
    }

    static HashSet<string> Largest(IReadOnlyList<Flow> flows, Func<Flow, string> side) =>
        [.. flows.GroupBy(side).OrderByDescending(same => same.Sum(flow => flow.Records)).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Take(MostNodes).Select(same => same.Key)];

    // From the top down in the order in which outcomes come.
    static Dictionary<string, Node> Column(List<Flow> flows, Func<Flow, string> side, int total)
    {
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        var top = Gap / 2;
        foreach (var same in flows.GroupBy(side))
        {
            var height = same.Sum(flow => Thickness(flow.Records, total));
            nodes.Add(same.Key, new Node(same.Sum(flow => flow.Records), top, top + height));
            top += Math.Max(height, Gap / 2) + Gap;
        }

        return nodes;
    }

    static int Thickness(int records, int total) => Math.Max((int)((long)records * Height / total), LeastThickness);

    static void AddBand(StringBuilder svg, Flow flow, Node from, Node to, int thickness)
    {
        var (x0, x1) = (LabelWidth + NodeWidth, Width - LabelWidth - NodeWidth);
        var middle = (x0 + x1) / 2;
        var (y0, y1) = (from.Take(thickness), to.Take(thickness));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"band {flow.Style}\" d=\"M{x0} {y0}C{middle} {y0} {middle} {y1} {x1} {y1}V{y1 + thickness}"
            + $"C{middle} {y1 + thickness} {middle} {y0 + thickness} {x0} {y0 + thickness}Z\">"
            + $"<title>{HtmlReport.Encoded($"{flow.Records} from {flow.Before} to {flow.After}")}</title></path>");
    }

    static void AddNodes(StringBuilder svg, Dictionary<string, Node> nodes, int x, int labelAt, string anchor)
    {
        foreach (var (name, node) in nodes)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"node\" x=\"{x}\" y=\"{node.Start}\" width=\"{NodeWidth}\" height=\"{node.End - node.Start}\"/>");
            AddLabel(svg, name, node, $"x=\"{labelAt}\" text-anchor=\"{anchor}\"");
        }
    }

    static void AddLabel(StringBuilder svg, string name, Node node, string place)
    {
        var (lines, y) = (name.Split('\n'), (node.Start + node.End) / 2);
        var first = lines[0].Length > LongestLabel ? $"{lines[0][..(LongestLabel - 1)]}…" : lines[0];
        var (whole, shown) = (HtmlReport.Encoded(name), HtmlReport.Encoded($"{first} · {node.Records}"));
        svg.Append(CultureInfo.InvariantCulture, $"<text {place} y=\"{y}\"><title>{whole}</title>{shown}</text>");
        var below = HtmlReport.Encoded(string.Join(' ', lines.Skip(1)));
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"legend\" {place} y=\"{y + 15}\">{below}</text>");
    }

    /// <summary>An outcome on one side; bands take their places from the top down.</summary>
    sealed record Node(int Records, int Start, int End)
    {
        int _taken;

        public int Take(int thickness)
        {
            _taken += thickness;
            return Start + _taken - thickness;
        }
    }
}
