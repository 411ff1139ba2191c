// The records that are open after a run, with their raw rows.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class OpenItemRows
{
    public static RunTable Table { get; } = new(
        "open_items",
        """
        INSERT INTO open_items (run, ordinal, source, record_id, content, dialect, cells, file, line, legs)
        VALUES (@run, @ordinal, @source, @record_id, @content, @dialect, @cells, @file, @line, @legs)
        """,
        """
        SELECT run, ordinal, source, record_id, content, dialect, cells, file, line, legs
        FROM open_items WHERE run = @run ORDER BY ordinal
        """);

    public static void Write(RunTableWriter items, long number, IReadOnlyList<CarriedItem> carried)
    {
        var dialects = new Dictionary<Dialect, string>();
        for (var i = 0; i < carried.Count; i++)
        {
            var item = carried[i];
            if (!dialects.TryGetValue(item.Dialect, out var dialect))
            {
                dialects.Add(item.Dialect, dialect = CarriedItemJson.WriteDialect(item.Dialect));
            }

            items.Add(
                number,
                i,
                item.Record.Source,
                item.Record.Id,
                item.Content,
                dialect,
                CarriedItemJson.WriteCells(item.Cells),
                item.File,
                item.Line,
                CarriedItemJson.WriteLegs(item.OpenLegs));
        }
    }

    public static List<CarriedItem> Read(Database database, long run)
    {
        var dialects = new Dictionary<string, Dialect>(StringComparer.Ordinal);
        return database.All(
            Table.OfRun,
            row =>
            {
                var text = row.Text(5);
                if (!dialects.TryGetValue(text, out var dialect))
                {
                    dialects.Add(text, dialect = CarriedItemJson.ReadDialect(text));
                }

                return new CarriedItem(
                    new RecordId(row.Text(2), row.Text(3)),
                    row.Text(4),
                    dialect,
                    CarriedItemJson.ReadCells(row.Text(6)),
                    row.TextOrNull(7),
                    row.IntOrNull(8),
                    CarriedItemJson.ReadLegs(row.Text(9)));
            },
            run);
    }
}
