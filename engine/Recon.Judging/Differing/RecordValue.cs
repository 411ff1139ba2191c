// What one record weighs.
using Recon.Model;

namespace Recon.Judging.Differing;

public static class RecordValue
{
    /// <summary>The value field of a record; null where its source names none, or it is NULL.</summary>
    public static Money? Of(RecordTable table, int row) =>
        table.Source.Value is { } field && table.Money(field) is var column && !column.IsNull(row)
            ? column.Money(row)
            : null;
}
