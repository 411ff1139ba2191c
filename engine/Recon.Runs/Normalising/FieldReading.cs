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
        IReadOnlyList<RawTable> rows, SourceSpec source, FieldSpec field, ColumnMemory memory, CancellationToken cancellation)
    {
        if (field.Kind == FieldKind.Text)
        {
            return ReadTexts([.. rows.Select(table => new FieldCells(source, field, table))], cancellation);
        }

        var values = FieldValues.Of(field.Kind, memory);
        values.Append(rows, source, field, cancellation);
        return values;
    }

    /// <summary>Reads a text field of some rows.</summary>
    public static TextValues ReadTexts(RawTable rows, SourceSpec source, FieldSpec field, CancellationToken cancellation) =>
        ReadTexts([new FieldCells(source, field, rows)], cancellation);

    /// <summary>Reads a field that is no text of the rows of these tables, and puts its values behind the others.</summary>
    public static void Append(
        this FieldValues values, IReadOnlyList<RawTable> rows, SourceSpec source, FieldSpec field, CancellationToken cancellation)
    {
        foreach (var table in rows)
        {
            var start = values.Count;
            values.Reserve(start + table.Count, expected: rows.Sum(each => each.Count));
            values.Faults.AddRange(ReadInto(values, start, new FieldCells(source, field, table), cancellation));
        }
    }

    /// <summary>Reads a field that is no text of some rows, for which there is room; gives the faults, ascending.</summary>
    /// <param name="start">Where the first of the rows stands.</param>
    public static List<CellFault> ReadInto(FieldValues values, int start, FieldCells cells, CancellationToken cancellation)
    {
        var faults = new List<CellFault>();
        values.Clear(start, cells.Table.Count);
        switch (values)
        {
            case AmountValues amounts:
                ReadAmounts(amounts, start, cells, faults, cancellation);
                break;
            case DateValues dates:
                ReadDates(dates, start, cells, faults, cancellation);
                break;
            case InstantValues instants:
                ReadInstants(instants, start, cells, faults, cancellation);
                break;
            default:
                throw new InvalidOperationException($"bug: no values by row of {cells.Field.Name}");
        }

        return faults;
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
                Fail(values.Faults, row, values.IsNull(row) ? CellFaultKind.Missing : CellFaultKind.None);
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

    static void ReadAmounts(AmountValues values, int start, FieldCells field, List<CellFault> faults, CancellationToken cancellation)
    {
        var cells = new AmountCells(field);
        var plain = new PlainAmounts(field);
        for (var row = 0; row < field.Table.Count; row++)
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

            Fail(faults, start + row, OrMissing(fault, amount.IsNull, field.Field));
        }
    }

    static void ReadDates(DateValues values, int start, FieldCells field, List<CellFault> faults, CancellationToken cancellation)
    {
        var dates = new DateCells(field.Pattern);
        var cleaning = new CellCleaning(field.Field.Clean);
        for (var row = 0; row < field.Table.Count; row++)
        {
            LookUp(row, cancellation);
            var cell = FieldCells.Trimmed(cleaning.Clean(FieldCells.Cell(field.Value, row)));
            var fault = CellFaultKind.None;
            if (!cell.IsEmpty && dates.TryRead(cell, out var dayNumber))
            {
                values.Set(start + row, dayNumber);
            }
            else if (!cell.IsEmpty)
            {
                fault = CellFaultKind.NoDate;
            }

            Fail(faults, start + row, OrMissing(fault, cell.IsEmpty, field.Field));
        }
    }

    static void ReadInstants(InstantValues values, int start, FieldCells field, List<CellFault> faults, CancellationToken cancellation)
    {
        var instants = new InstantCells(field.Pattern, TimeZoneInfo.FindSystemTimeZoneById(field.Zone));
        var cleaning = new CellCleaning(field.Field.Clean);
        for (var row = 0; row < field.Table.Count; row++)
        {
            LookUp(row, cancellation);
            var cell = FieldCells.Trimmed(cleaning.Clean(FieldCells.Cell(field.Value, row)));
            var fault = CellFaultKind.None;
            if (!cell.IsEmpty)
            {
                fault = instants.Read(cell, out var utcTicks);
                if (fault == CellFaultKind.None)
                {
                    values.Set(start + row, utcTicks);
                }
            }

            Fail(faults, start + row, OrMissing(fault, cell.IsEmpty, field.Field));
        }
    }

    static CellFaultKind OrMissing(CellFaultKind fault, bool isNull, FieldSpec field) =>
        fault == CellFaultKind.None && isNull && !field.Optional ? CellFaultKind.Missing : fault;

    static void Fail(List<CellFault> faults, int row, CellFaultKind fault)
    {
        if (fault != CellFaultKind.None)
        {
            faults.Add(new CellFault(row, fault));
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
