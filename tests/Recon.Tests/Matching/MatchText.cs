// Writes the answer of matching as the lines that cases expect.
using Recon.Model;

namespace Recon.Tests.Matching;

static class MatchText
{
    /// <summary>Leg by leg: matches, ambiguous components, then open records that are in none.</summary>
    public static List<string> Of(Book book, MatchSet matches)
    {
        var lines = new List<string>();
        foreach (var leg in matches.Legs)
        {
            var tables = leg.Leg.Names.Select(book.Table).ToArray();
            for (var match = 0; match < leg.Count; match++)
            {
                lines.Add($"match {book.Pack.Passes[leg.PassOf(match)].Id}: "
                    + Members(tables, [.. tables.Select((_, side) => leg.RowsOf(side, match).ToArray())]));
            }

            foreach (var component in leg.Ambiguous)
            {
                lines.Add($"ambiguous {book.Pack.Passes[component.Pass].Id}: "
                    + Members(tables, component.Rows)
                    + $" ({component.EdgeCount} {(component.EdgeCount == 1 ? "pair" : "pairs")})");
            }

            lines.AddRange(tables.SelectMany((_, side) => Open(leg, tables, side)));
        }

        return lines;
    }

    static string Members(RecordTable[] tables, IReadOnlyList<IReadOnlyList<int>> rows) =>
        string.Join(" = ", tables.Select((table, side) => Names(table, rows[side])));

    static string Names(RecordTable table, IReadOnlyList<int> rows) =>
        string.Join(' ', rows.Select(table.Id));

    static IEnumerable<string> Open(LegMatches leg, RecordTable[] tables, int side)
    {
        var matchOf = leg.MatchOfRow(side, tables[side].Count);
        var ambiguous = leg.Ambiguous.SelectMany(component => component.Rows[side]).ToHashSet();
        var others = string.Join(" and ", tables.Where((_, other) => other != side).Select(table => table.Name));
        return Enumerable.Range(0, tables[side].Count)
            .Where(row => matchOf[row] == -1 && !ambiguous.Contains(row))
            .Select(row =>
                $"open {tables[side].Name}: {tables[side].Id(row)} toward {others}");
    }
}
