// What one record weighs.
using Recon.Model;

namespace Recon.Judging.Differing;

public static class RecordValue
{
    /// <summary>
    /// The value field of a record; null where its source names none, or it is NULL. What is left of a record weighs what is left,
    /// whichever field that is.
    /// </summary>
    public static Money? Of(RecordTable table, int row) =>
        FieldOf(table, row) is { } field && table.Money(field) is var column && !column.IsNull(row)
            ? column.Money(row)
            : null;

    static string? FieldOf(RecordTable table, int row) =>
        table.Origins.Residuals.Count > 0 && table.Source.Value is not null && table.Origins.Residuals.TryGetValue(row, out var left)
            ? left.Fields[^1]
            : table.Source.Value;
}
