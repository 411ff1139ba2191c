// Explains what is left of a record: where it comes from, and what a match left open.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Reports.Sections;

public sealed partial class ExplanationSections
{
    /// <summary>Of what is left of a record, the record and the match that left it; null for a whole record.</summary>
    Section? OriginOf(RecordTable table, int row)
    {
        if (!table.Origins.Residuals.TryGetValue(row, out var left))
        {
            return null;
        }

        var whole = $"{table.Name}:{left.Record}";
        var note = BirthOf(table, row) is var (leg, residual)
            ? $"{decided.Pack.Passes[residual.Pass].Id} matched {table.Name}:{table.Id(residual.Split)} with {PartnerOf(leg, table, residual)} and left it"
            : "An earlier run left it";
        return new Section(
            $"What is left of {whole}",
            [new("field"), new("left")],
            [.. left.Fields.Select(field => (IReadOnlyList<string>)[field, table.Column(field).Display(row) ?? "NULL"])],
            "",
            $"{note}; {whole} was split {(left.Depth == 1 ? "once" : $"{Text(left.Depth)} times")}. All other fields are those of {whole}.");
    }

    // What this run left; null where an earlier one did.
    (LegSpec Leg, Residual Residual)? BirthOf(RecordTable table, int row)
    {
        if (!IsOfLeg(table, row))
        {
            return null;
        }

        var leg = decided.Pack.LegsOf(table.Source).Single(leg => IsOn(leg, table, row));
        var residuals = decided.Matches.Legs[leg.Index].ResidualsOf(leg.SideOf(table.Name));
        return (leg, residuals[row - decided.Tables[table.Source.Index].Count]);
    }

    // True for what this run left of a record: a row of the table of one leg.
    bool IsOfLeg(RecordTable table, int row) => row >= decided.Tables[table.Source.Index].Count;

    bool IsOn(LegSpec leg, RecordTable table, int row) => leg.SideOf(table.Name) is >= 0 and var side
        && (!IsOfLeg(table, row) || decided.Matches.Legs[leg.Index].TableOf(side, decided.Tables[table.Source.Index]) == table);

    // Row of the leg's table → match.
    int[] MatchesOf(LegSpec leg, RecordTable table) => decided.Matches.Legs[leg.Index].MatchOfRow(
        leg.SideOf(table.Name), decided.Tables[table.Source.Index].Count);

    string PartnerOf(LegSpec leg, RecordTable table, Residual residual)
    {
        var (side, found) = (leg.SideOf(table.Name), decided.Matches.Legs[leg.Index]);
        var match = MatchesOf(leg, table)[residual.Split];
        var other = found.TableOf(1 - side, decided.Tables[leg.Sources[1 - side].Index]);
        return $"{other.Name}:{other.Id(found.RowsOf(1 - side, match)[0])}";
    }

    // What a match left open of a record, one line each.
    string LeftOf(LegSpec leg, int match)
    {
        var found = decided.Matches.Legs[leg.Index];
        return string.Concat(leg.Names.SelectMany((name, side) => found.ResidualsOf(side)
            .Where(residual => found.RowsOf(side, match).Contains(residual.Split))
            .Select(residual => $"\nleft of {residual.Field}: {residual.Amount}, as {name}:{residual.Of.Id}")));
    }
}
