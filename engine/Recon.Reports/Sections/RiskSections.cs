// What is at risk, and how it became so from what was at risk before.
using System.Globalization;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

static class RiskSections
{
    static readonly (string Name, Func<RollForwardLine, AtRisk> Of)[] Movements =
    [
        ("new", line => line.New),
        ("settled", line => line.Settled),
        ("resolved", line => line.Resolved),
        ("changed", line => line.Changed),
        ("withdrawn", line => line.Withdrawn),
        ("differences", line => line.Differences),
    ];

    public static IEnumerable<Section> Of(RunRecord record) => [Exposure(record), .. RollForward(record)];

    // What the pack's exposure is not told apart by has no column.
    static Section Exposure(RunRecord record)
    {
        (Heading Heading, Func<Exposure, string?> Of)[] columns =
        [
            (new("currency"), line => line.Currency.Code),
            (new("source"), line => line.Source),
            (new("class"), line => line.Class),
            (new("status", IsLesser: true), line => line.Status is { } status ? ResultDocument.Word(status) : null),
            (new("counterparty"), line => line.Counterparty),
            (new("age in days"), line => line.Age),
            (new("net", true), line => line.Net.ToString()),
            (new("absolute", true), line => line.Absolute.ToString()),
            (new("items", true), line => line.Count.ToString("N0", CultureInfo.InvariantCulture)),
        ];
        var shown = columns.Where(column => record.Exposure.Count == 0 || record.Exposure.Any(line => column.Of(line) is not null)).ToList();
        return new Section(
            "What is at risk",
            [.. shown.Select(column => column.Heading)],
            [.. record.Exposure.Select(line => (IReadOnlyList<string>)[.. shown.Select(column => column.Of(line) ?? "")])],
            "Nothing.");
    }

    // None where all is new, which the exposure says already.
    static IEnumerable<Section> RollForward(RunRecord record)
    {
        var lines = record.RollForward;
        if (lines.All(line => line.Opening.IsNothing))
        {
            return [];
        }

        var moved = Movements.Where(movement => lines.Any(line => !movement.Of(line).IsNothing)).ToList();
        return
        [
            new Section(
                "What was at risk before, and what moved",
                [
                    new("currency"), new("source"), new("of", IsLesser: true), new("before", true),
                    .. moved.Select(movement => new Heading(movement.Name, true)), new("now", true),
                ],
                [.. lines.SelectMany(line => RowsOf(line, [line => line.Opening, .. moved.Select(movement => movement.Of), line => line.Closing]))],
                "Nothing.",
                Note(lines)),
        ];
    }

    static IEnumerable<IReadOnlyList<string>> RowsOf(RollForwardLine line, IReadOnlyList<Func<RollForwardLine, AtRisk>> columns)
    {
        yield return [line.Currency.Code, line.Source, "net", .. columns.Select(of => of(line).Net.ToString())];
        yield return ["", "", "absolute", .. columns.Select(of => of(line).Absolute.ToString())];
    }

    static string Note(IReadOnlyList<RollForwardLine> lines) =>
        $"each line adds up{(lines.All(line => line.Differences.IsNothing) ? "" : "; what the matches of the run before differed by weighs on its date only")}";
}
