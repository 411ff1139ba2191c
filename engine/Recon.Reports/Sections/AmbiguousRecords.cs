// What a pass could not tell apart, seen from one of the records.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;

namespace Recon.Reports.Sections;

static class AmbiguousRecords
{
    const int PairsShown = 10;

    /// <summary>The pairs of a row's ambiguous component in which it stands; null where it stands in none.</summary>
    /// <param name="side">0 where the row is of the source declared first.</param>
    public static Section? Of(Pack pack, DecidedRun decided, LegSpec leg, int side, int row)
    {
        var component = decided.Matches.Legs[leg.Index].Ambiguous
            .FirstOrDefault(each => each.Rows[side].Contains(row));
        if (component is null)
        {
            return null;
        }

        var pass = pack.Passes[component.Pass];
        var title = $"Ambiguous in pass {pass.Id}{(pass.Hold ? ", which holds it: no later pass may take it" : "")}";
        var tables = leg.Names.Select((name, at) =>
            decided.Matches.Legs[leg.Index].TableOf(at, decided.Tables.First(table => table.Name == name))).ToList();
        if (component.Answers.Count > 0)
        {
            return Answers(title, leg, component, [.. component.Answers.Where(answer => answer.Rows[side].Contains(row))], NameOf);
        }

        var pairs = component.Edges.Where(edge => edge.Touches(new SideRow(side, row))).ToList();
        return new Section(
            title,
            leg.Sources.Count > 2 ? [new("record"), new("record")] : [new(leg.Names[0]), new(leg.Names[^1])],
            [
                .. pairs.Take(PairsShown).Select(edge => (IReadOnlyList<string>)
                    [NameOf(edge.First), NameOf(edge.Second)]),
            ],
            component.IsCapped ? "No pair was kept." : "None of the pairs kept is of this record.",
            Note(component, pairs.Count));

        string NameOf(SideRow row) => leg.Sources.Count == 2
            ? tables[row.Side].Id(row.Row)
            : $"{tables[row.Side].Name}:{tables[row.Side].Id(row.Row)}";
    }

    static Section Answers(
        string title, LegSpec leg, AmbiguousComponent component, List<GroupAnswer> answers, Func<SideRow, string> nameOf) => new(
        title,
        [new(leg.Names[0]), new(leg.Names[1])],
        [
            .. answers.Take(PairsShown).Select(answer => (IReadOnlyList<string>)
                [.. answer.Rows.Select((rows, side) => string.Join(" + ", rows.Select(row => nameOf(new SideRow(side, row)))))]),
        ],
        "None of the answers kept is of this record.",
        $"{Text(answers.Count)} of the {(component.HasMoreAnswers ? "first " : "")}{Text(component.Answers.Count)} answers that add up"
            + $" {(answers.Count == 1 ? "has" : "have")} it{(component.HasMoreAnswers ? "; there are more" : "")}"
            + (answers.Count > PairsShown ? $"\nthe first {Text(PairsShown)} are shown" : ""));

    static string Note(AmbiguousComponent component, int pairs)
    {
        if (component.IsCapped)
        {
            if (component.Cap == CapCause.Steps)
            {
                return "the search spent its budget before every answer was found or ruled out, so the pass decided nothing;"
                    + " narrow the pass or raise 'steps'";
            }

            return $"{string.Join(" and ", component.Rows.Select(rows => Text(rows.Count)))} records of one key have more candidates"
                + " than the pass can weigh, so it decided nothing about them; add a key field or narrow a tolerance";
        }

        var all = $"all conditions hold for {Text(pairs)} of its pairs; the whole component has {Text(component.EdgeCount)} pairs"
            + $" of {string.Join(" and ", component.Rows.Select(rows => Text(rows.Count)))} records";
        var cut = component.EdgeCount > component.Edges.Count ? $", of which {Text(component.Edges.Count)} are kept" : "";
        var shown = pairs > PairsShown ? $"\nthe first {Text(PairsShown)} are shown" : "";
        return all + cut + shown;
    }

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
