// What people decided about the records that are explained.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public sealed partial class ExplanationSections
{
    /// <summary>The acts in force that name the record; null where none does.</summary>
    Section? DecidedByPeople(RecordTable table, int row)
    {
        var record = new RecordId(table.Name, table.Id(row));
        var breaks = _record.Breaks.Where(item => item.Records.Contains(record)).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        List<Act> acts = [.. decided.Decisions.InForce.Where(act => act.Detail.Records?.Contains(record) ?? breaks.Contains(act.Subject))];
        return acts.Count == 0 ? null : ActSections.Of(acts);
    }

    bool IsByHand(LegSpec leg, int match) => decided.Pack.Passes[decided.Matches.Legs[leg.Index].PassOf(match)].Kind == PassKind.ByHand;

    Section MatchedByHand(LegSpec leg, int match)
    {
        var found = decided.Matches.Legs[leg.Index];
        var first = new RecordId(leg.Names[0], found.TableOf(0, decided.Tables[leg.Sources[0].Index]).Id(found.RowsOf(0, match)[0]));
        var view = MatchView.Of(_record, first).First(each => each.Leg.SequenceEqual(leg.Names));
        return new Section(
            $"{leg}: matched by hand, class {view.Class}",
            [new(""), new("")],
            [
                .. view.Records.Select(record => (IReadOnlyList<string>)["record", record.ToString()]),
                ["judged", view.Break?.Reason ?? "no difference"],
            ],
            "");
    }
}
