// Reads one field of all raw rows into typed values.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

static class FieldReading
{
    // How often a long loop asks whether it may stop.
    const int RowsBetweenLooks = 1 << 14;

    /// <summary>Of the rows of these tables, under one number: table behind table.</summary>
    public static FieldValues Read(
        IReadOnlyList<RawTable> rows, SourceSpec source, FieldSpec field, CancellationToken cancellation)
    {
        FieldCells[] tables = [.. rows.Select(table => new FieldCells(source, field, table))];
        return field.Kind switch
        {
            FieldKind.Text => ReadTexts(tables, cancellation),
            FieldKind.Money or FieldKind.Number => ReadAmounts(tables, cancellation),
            FieldKind.Date => ReadDates(tables, cancellation),
            FieldKind.Instant => ReadInstants(tables, cancellation),
            _ => throw new InvalidOperationException($"bug: no field kind {field.Kind}"),
        };
    }

    static TextValues ReadTexts(FieldCells[] tables, CancellationToken cancellation)
    {
        var field = tables[0].Field;
        var values = new TextValues(
            field.Clean.Count == 0
                ? TextColumn.Joined([.. tables.Select(cells => (cells.Value, cells.Table.Count))])
                : Cleaned(tables, cancellation));
        if (!field.Optional && values.Column.HasNulls)
        {
            for (var row = 0; row < values.Column.Count; row++)
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

    static AmountValues ReadAmounts(FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new AmountValues(Count(tables), tables[0].Field.Kind);
        for (int table = 0, start = 0; table < tables.Length; start += tables[table++].Table.Count)
        {
            var cells = new AmountCells(tables[table]);
            var plain = new PlainAmounts(tables[table]);
            for (var row = 0; row < tables[table].Table.Count; row++)
            {
                LookUp(row, cancellation);
                if (plain.TryRead(row, out var units, out var scale, out var currency))
                {
                    values.Set(start + row, units, scale, currency);
                    continue;
                }

                var fault = cells.Read(row, out var amount);
                if (fault == CellFaultKind.None && !amount.IsNull)
                {
                    values.Set(start + row, amount);
                    plain.Learn(row, values.CurrencyIndex(start + row));
                }

                Fail(values, start + row, OrMissing(fault, amount.IsNull, tables[table].Field));
            }
        }

        return values;
    }

    static DateValues ReadDates(FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new DateValues(Count(tables));
        for (int table = 0, start = 0; table < tables.Length; start += tables[table++].Table.Count)
        {
            var dates = new DateCells(tables[table].Pattern);
            var cleaning = new CellCleaning(tables[table].Field.Clean);
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

    static InstantValues ReadInstants(FieldCells[] tables, CancellationToken cancellation)
    {
        var values = new InstantValues(Count(tables));
        for (int table = 0, start = 0; table < tables.Length; start += tables[table++].Table.Count)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(tables[table].Zone);
            var instants = new InstantCells(tables[table].Pattern, zone);
            var cleaning = new CellCleaning(tables[table].Field.Clean);
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

    static int Count(FieldCells[] tables) => tables.Sum(cells => cells.Table.Count);

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
