// Raw tables with some of their rows, and with other texts in their cells.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Freezing;

static class FrozenRows
{
    /// <summary>The table with these rows alone, each cell as it is or as the column's own rule writes it.</summary>
    /// <param name="rows">Ascending.</param>
    /// <param name="rewritten">Column → what stands in the place of a cell; null: the cell stays.</param>
    public static RawTable Of(RawTable table, IReadOnlyList<int> rows, Func<string, Func<string, string>?> rewritten) => table with
    {
        Columns = [.. table.Columns.Select((column, index) => Of(column, rows, rewritten(table.ColumnNames[index])))],
        Count = rows.Count,
        FileOf = table.FileOf is { } files ? [.. rows.Select(row => files[row])] : null,
        LineOf = table.LineOf is { } lines ? new RowLines(rows.Select(row => lines[row])) : null,
        StatementOf = table.StatementOf is { } statements ? [.. rows.Select(row => statements[row])] : null,
        IsPart = table.IsPart || rows.Count < table.Count,
    };

    static TextColumn Of(TextColumn column, IReadOnlyList<int> rows, Func<string, string>? rewritten)
    {
        var cells = new TextColumnBuilder();
        foreach (var row in rows)
        {
            if (column.IsNull(row))
            {
                cells.AppendNull();
            }
            else if (rewritten is null)
            {
                cells.Append(column.Utf8(row));
            }
            else
            {
                cells.Append(rewritten(column.Text(row)!));
            }
        }

        return cells.Build();
    }
}
