// Reads one field of all raw rows into typed values.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

static class FieldReading
{
    // How often a long loop asks whether it may stop.
    const int RowsBetweenLooks = 1 << 14;

    public static FieldValues Read(
        RawRows rows, SourceSpec source, FieldSpec field, CancellationToken cancellation)
    {
        FieldCells[] tables = [.. rows.Tables.Select(table => new FieldCells(source, field, table))];
        return field.Kind switch
        {
            FieldKind.Text => ReadTexts(rows, tables, cancellation),
            FieldKind.Money or FieldKind.Number => ReadAmounts(rows, tables, cancellation),
            FieldKind.Date => ReadDates(rows, tables, cancellation),
            FieldKind.Instant => ReadInstants(rows, tables, cancellation),
            _ => throw new InvalidOperationException($"bug: no field kind {field.Kind}"),
        };
    }

    static TextValues ReadTexts(RawRows rows, FieldCells[] tables, CancellationToken cancellation)
    {
        var field = tables[0].Field;
        var values = new TextValues(
            field.Clean.Count == 0
                ? TextColumn.Joined([.. tables.Select(cells => (cells.Value, cells.Table.Count))])
                : Cleaned(tables, cancellation));
        if (!field.Optional && values.Column.HasNulls)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                Fail(values, row, values.IsNull(row) ? CellFaultKind.Missing : CellFaultKind.None);
            }
        }

        return values;
    }

    static TextColumn Cleaned(FieldCells[] tables, CancellationToken cancellation)
    {
        var builder = new TextColumnBuilder();
        var cleaning = new CellCleaning(tables[0].Field.Clean);
        foreach (var cells in tables)
        {
            for (var row = 0; row < cells.Table.Count; row++)
            {
                LookUp(row, cancellation);
                var cell = cleaning.Clean(FieldCells.Cell(cells.Value, row));
                if (cell.IsEmpty)
                {
                    builder.AppendNull();
                }
                else
                {
                    builder.Append(cell);
                }
            }
        }

        return builder.Build();
    }

    static AmountValues ReadAmounts(RawRows rows, FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new AmountValues(rows.Count, tables[0].Field.Kind);
        for (var table = 0; table < tables.Length; table++)
        {
            var cells = new AmountCells(tables[table]);
            var start = rows.Start(table);
            for (var row = 0; row < tables[table].Table.Count; row++)
            {
                LookUp(row, cancellation);
                var fault = cells.Read(row, out var amount);
                if (fault == CellFaultKind.None && !amount.IsNull)
                {
                    values.Set(start + row, amount);
                }

                Fail(values, start + row, OrMissing(fault, amount.IsNull, tables[table].Field));
            }
        }

        return values;
    }

    static DateValues ReadDates(RawRows rows, FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new DateValues(rows.Count);
        for (var table = 0; table < tables.Length; table++)
        {
            var dates = new DateCells(tables[table].Pattern);
            var cleaning = new CellCleaning(tables[table].Field.Clean);
            var start = rows.Start(table);
            for (var row = 0; row < tables[table].Table.Count; row++)
            {
                LookUp(row, cancellation);
                var cell = FieldCells.Trimmed(cleaning.Clean(FieldCells.Cell(tables[table].Value, row)));
                var fault = CellFaultKind.None;
                if (!cell.IsEmpty && dates.TryRead(cell, out var dayNumber))
                {
                    values.Set(start + row, dayNumber);
                }
                else if (!cell.IsEmpty)
                {
                    fault = CellFaultKind.NoDate;
                }

                Fail(values, start + row, OrMissing(fault, cell.IsEmpty, tables[table].Field));
            }
        }

        return values;
    }

    static InstantValues ReadInstants(RawRows rows, FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new InstantValues(rows.Count);
        for (var table = 0; table < tables.Length; table++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(tables[table].Zone);
            var instants = new InstantCells(tables[table].Pattern, zone);
            var cleaning = new CellCleaning(tables[table].Field.Clean);
            var start = rows.Start(table);
            for (var row = 0; row < tables[table].Table.Count; row++)
            {
                LookUp(row, cancellation);
                var cell = FieldCells.Trimmed(cleaning.Clean(FieldCells.Cell(tables[table].Value, row)));
                var fault = CellFaultKind.None;
                if (!cell.IsEmpty)
                {
                    fault = instants.Read(cell, out var utcTicks);
                    if (fault == CellFaultKind.None)
                    {
                        values.Set(start + row, utcTicks);
                    }
                }

                Fail(values, start + row, OrMissing(fault, cell.IsEmpty, tables[table].Field));
            }
        }

        return values;
    }

    static CellFaultKind OrMissing(CellFaultKind fault, bool isNull, FieldSpec field) =>
        fault == CellFaultKind.None && isNull && !field.Optional ? CellFaultKind.Missing : fault;

    static void Fail(FieldValues values, int row, CellFaultKind fault)
    {
        if (fault != CellFaultKind.None)
        {
            values.Faults.Add(new CellFault(row, fault));
        }
    }

    static void LookUp(int row, CancellationToken cancellation)
    {
        if (row % RowsBetweenLooks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
