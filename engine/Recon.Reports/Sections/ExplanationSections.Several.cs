// Why records of three or more sources are one match.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public sealed partial class ExplanationSections
{
    IEnumerable<Section> MatchedOfSeveral(LegSpec leg, int match)
    {
        var found = decided.Matches.Legs[leg.Index];
        var first = decided.Tables.First(table => table.Name == leg.Names[0]);
        var member = new RecordId(first.Name, first.Id(found.RowsOf(0, match)[0]));
        var view = MatchView.Of(_record, member).First(each => each.Leg.SequenceEqual(leg.Names));
        yield return new Section(
            $"{leg}: matched by {decided.Pack.Passes[found.PassOf(match)].Id}, class {view.Class}",
            [new("record")],
            [.. view.Records.Select(record => (IReadOnlyList<string>)[record.ToString()])],
            "",
            view.Break?.Reason ?? "no difference");
        foreach (var (pair, conditions) in _explainer.WhySeveral(leg, match))
        {
            yield return Conditions($"{pair.Leg}", pair.Leg.Names, conditions, null);
        }

        if (_explainer.WhenOfSeveral(leg, match) is { } asked)
        {
            yield return Conditions($"{leg}", [leg.Names[0], leg.Names[^1]], [asked], null);
        }

        if (view.Truths.Count > 0)
        {
            yield return Truths(view);
        }
    }

    static Section TakenElsewhere(LegSpec leg, PassSpec pass) => new(
        $"{leg}: closed by {pass.Id}", [new("")], [], $"{pass.Leg} has matched it, so nothing is left to match here.");
}
