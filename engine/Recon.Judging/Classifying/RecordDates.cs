// The dates of records, as their source's zone sees them.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Judging.Classifying;

/// <summary>Dates of fields; an instant is its local date in the zone of its source.</summary>
sealed class RecordDates
{
    readonly Dictionary<string, TimeZoneInfo> _zones = new(StringComparer.Ordinal);

    /// <summary>The date of a date or instant column of the table; null for NULL and for other kinds.</summary>
    public DateOnly? Of(RecordTable table, Column column, int row) => column switch
    {
        _ when column.IsNull(row) => null,
        DateColumn dates => dates.Date(row),
        InstantColumn instants => instants.Instant(row).DateIn(ZoneOf(table)),
        _ => null,
    };

    /// <summary>The earliest date of the field over the records that have it; null where none has.</summary>
    public DateOnly? Earliest(Subject subject, string field)
    {
        DateOnly? earliest = null;
        for (var side = 0; side < subject.Rows.Count; side++)
        {
            var table = subject.View.Tables[side];
            if (subject.Rows[side] is { Length: > 0 } rows && DateColumnOf(table, field) is { } column)
            {
                foreach (var row in rows)
                {
                    earliest = Earlier(earliest, Of(table, column, row));
                }
            }
        }

        return earliest;
    }

    /// <summary>The earliest of the records' first dates: the first date or instant field of each that is not NULL.</summary>
    public DateOnly? EarliestFirst(Subject subject)
    {
        DateOnly? earliest = null;
        for (var side = 0; side < subject.Rows.Count; side++)
        {
            var table = subject.View.Tables[side];
            foreach (var row in subject.Rows[side])
            {
                earliest = Earlier(earliest, First(table, row));
            }
        }

        return earliest;
    }

    static Column? DateColumnOf(RecordTable table, string field)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Source.Fields[i].Name == field)
            {
                return table.Columns[i].Kind is FieldKind.Date or FieldKind.Instant ? table.Columns[i] : null;
            }
        }

        return null;
    }

    DateOnly? First(RecordTable table, int row)
    {
        foreach (var column in table.Columns)
        {
            if (column.Kind is FieldKind.Date or FieldKind.Instant && !column.IsNull(row))
            {
                return Of(table, column, row);
            }
        }

        return null;
    }

    TimeZoneInfo ZoneOf(RecordTable table)
    {
        if (!_zones.TryGetValue(table.Name, out var zone))
        {
            _zones.Add(table.Name, zone = table.Source.TimeZone);
        }

        return zone;
    }

    static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;
}
