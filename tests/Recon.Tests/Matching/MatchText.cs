// Writes the answer of matching as the lines that cases expect.
using Recon.Model;

namespace Recon.Tests.Matching;

static class MatchText
{
    /// <summary>Duplicates; then leg by leg: matches, ambiguous components, then open records that are in none.</summary>
    public static List<string> Of(Book book, MatchSet matches)
    {
        var lines = matches.Duplicates.Select(found => Duplicate(book, found)).ToList();
        foreach (var leg in matches.Legs)
        {
            var tables = leg.Leg.Names.Select((name, side) => leg.TableOf(side, book.Table(name))).ToArray();
            for (var match = 0; match < leg.Count; match++)
            {
                lines.Add($"match {book.Pack.Passes[leg.PassOf(match)].Id}: "
                    + Members(tables, [.. tables.Select((_, side) => leg.RowsOf(side, match).ToArray())]));
            }

            foreach (var component in leg.Ambiguous)
            {
                lines.Add($"ambiguous {book.Pack.Passes[component.Pass].Id}: "
                    + Members(tables, component.Rows)
                    + $" ({Count(component)})");
                lines.AddRange(component.Answers.Select(answer => $"answer: {Members(tables, answer.Rows)}"));
            }

            lines.AddRange(leg.Partials.Select(partial => $"missing {book.Pack.Passes[partial.Pass].Id}: {leg.Leg.Names[partial.Missing]} for "
                + string.Join(" = ", partial.Rows.Select((row, side) => row < 0 ? null : tables[side].Id(row)).OfType<string>())));
            lines.AddRange(book.Pack.KeepsOpen(leg.Leg) ? tables.SelectMany((_, side) => Open(leg, tables, side)) : []);
        }

        return lines;
    }

    static string Count(AmbiguousComponent component)
    {
        if (component.IsCapped)
        {
            return component.Cap switch
            {
                CapCause.Candidates => "too many candidates",
                CapCause.Steps => "budget spent",
                _ => "0 pairs",
            };
        }

        var answers = component.Answers.Count;
        return answers > 0
            ? $"{(component.HasMoreAnswers ? "more than " : "")}{answers} {(answers == 1 ? "answer" : "answers")}"
            : $"{component.EdgeCount} {(component.EdgeCount == 1 ? "pair" : "pairs")}";
    }

    static string Duplicate(Book book, DuplicateRow found)
    {
        var table = book.Table(book.Pack.Sources[found.Source].Name);
        return $"duplicate {book.Pack.Passes[found.Pass].Id}: {table.Id(found.Row)} of {table.Id(found.Kept)}";
    }

    static string Members(RecordTable[] tables, IReadOnlyList<IReadOnlyList<int>> rows) =>
        string.Join(" = ", tables.Select((table, side) => Names(table, rows[side])));

    static string Names(RecordTable table, IReadOnlyList<int> rows) =>
        string.Join(' ', rows.Select(table.Id));

    // What is left of a record, in the place of its amount.
    static string Left(LegMatches leg, RecordTable table, int side, int row)
    {
        var place = row - table.Count + leg.ResidualsOf(side).Count;
        return place < 0 ? "" : $" ({leg.ResidualsOf(side)[place].Amount})";
    }

    static IEnumerable<string> Open(LegMatches leg, RecordTable[] tables, int side)
    {
        var matchOf = leg.MatchOfRow(side, tables[side].Count);
        var ambiguous = leg.Ambiguous.SelectMany(component => component.Rows[side]).ToHashSet();
        var others = string.Join(" and ", tables.Where((_, other) => other != side).Select(table => table.Name));
        return Enumerable.Range(0, tables[side].Count)
            .Where(row => matchOf[row] == -1 && leg.TakenBy(side, row) == -1 && !ambiguous.Contains(row))
            .Select(row =>
                $"open {tables[side].Name}: {tables[side].Id(row)}{Left(leg, tables[side], side, row)}{(others.Length == 0 ? "" : $" toward {others}")}");
    }
}
