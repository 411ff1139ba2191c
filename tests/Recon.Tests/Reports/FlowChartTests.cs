// The chart of records between outcomes: nobody is lost, and no name breaks the page.
using System.Globalization;
using System.Xml.Linq;
using Recon.Reports.Html;
using Xunit;

namespace Recon.Tests.Reports;

public sealed class FlowChartTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Both_sides_add_up_to_all_records_however_many_outcomes_there_are()
    {
        List<Flow> flows =
        [
            .. Enumerable.Range(0, 40).Select(i => new Flow($"open: before-{i % 20}\nleg", $"open: after-{i % 17}\nleg", i + 1, "moved")),
            new("matched\nleg", "open: lost\nleg", 100_000, "lost"),
        ];
        var labels = LabelsOf(FlowChart.Of("moved", flows));
        Assert.Equal(2 * flows.Sum(flow => flow.Records), labels.Sum(label => int.Parse(label.Split(" · ")[1], CultureInfo.InvariantCulture)));
        Assert.Equal(2, labels.Count(label => label.StartsWith("other outcomes", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_stays_a_name()
    {
        var svg = FlowChart.Of("<script>", [new Flow("<b>&\"'", new string('x', 200), 1, "gained")]);
        Assert.Equal(["<b>&\"' · 1", $"{new string('x', 31)}… · 1"], LabelsOf(svg));
    }

    static List<string> LabelsOf(string svg) =>
    [
        .. XDocument.Parse(svg).Descendants(Svg + "text").Where(text => text.Attribute("class") is null)
            .Select(text => string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value))),
    ];
}
