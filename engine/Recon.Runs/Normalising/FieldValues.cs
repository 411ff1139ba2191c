// The values of one field over all raw rows, typed, before anything is sorted or dropped.
using Recon.Model.Columns;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

/// <summary>Values by row (see <see cref="RawRows"/>); a cell that could not be read is NULL and has a fault.</summary>
abstract class FieldValues
{
    /// <summary>Ascending by row, at most one a row.</summary>
    public List<CellFault> Faults { get; } = [];

    public abstract bool IsNull(int row);

    /// <summary>The column of the rows named, in that order.</summary>
    public abstract Column Build(int[] rows);

    /// <summary>Writes the canonical text of a value that is not NULL; it depends on no other row.</summary>
    public abstract void Write(int row, CanonicalText text);

    /// <summary>Values of one field, part behind part.</summary>
    /// <param name="parts">At least one, all of one kind.</param>
    public static FieldValues Joined(FieldKind kind, IReadOnlyList<(FieldValues Values, int Count)> parts)
    {
        if (parts is [var only])
        {
            return only.Values;
        }

        var count = parts.Sum(part => part.Count);
        FieldValues joined = kind switch
        {
            FieldKind.Text => new TextValues(TextColumn.Appended([.. parts.Select(part => ((TextValues)part.Values).Column)])),
            FieldKind.Money or FieldKind.Number => new AmountValues(count, kind),
            FieldKind.Date => new DateValues(count),
            FieldKind.Instant => new InstantValues(count),
            _ => throw new InvalidOperationException($"bug: no field kind {kind}"),
        };
        var start = 0;
        foreach (var (values, rows) in parts)
        {
            joined.Take(values, start);
            joined.Faults.AddRange(values.Faults.Select(fault => fault with { Row = fault.Row + start }));
            start += rows;
        }

        return joined;
    }

    /// <summary>Copies the values of a part to where its first row stands.</summary>
    protected abstract void Take(FieldValues part, int start);

    /// <summary>True where <paramref name="rows"/> are all rows from 0 to before <paramref name="count"/>, in that order.</summary>
    protected static bool AreAll(int[] rows, int count)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != i)
            {
                return false;
            }
        }

        return rows.Length == count;
    }

    /// <summary>One bit for each of these rows, set for NULL; null where none is.</summary>
    protected ulong[]? NullBits(int[] rows)
    {
        ulong[]? bits = null;
        for (var i = 0; i < rows.Length; i++)
        {
            if (IsNull(rows[i]))
            {
                bits ??= new ulong[(rows.Length + 63) >> 6];
                bits[i >> 6] |= 1UL << (i & 63);
            }
        }

        return bits;
    }

    /// <summary>The canonical text; null for NULL.</summary>
    public string? Canonical(int row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var text = new CanonicalText();
        Write(row, text);
        return System.Text.Encoding.UTF8.GetString(text.Utf8);
    }
}

sealed class TextValues(TextColumn column) : FieldValues
{
    public TextColumn Column { get; } = column;

    /// <summary>The same values, with the same faults, in another column.</summary>
    public TextValues With(TextColumn other)
    {
        var values = new TextValues(other);
        values.Faults.AddRange(Faults);
        return values;
    }

    public override bool IsNull(int row) => Column.IsNull(row);

    protected override void Take(FieldValues part, int start)
    {
    }

    public override Column Build(int[] rows) => AreAll(rows, Column.Count) ? Column : Column.InOrder(rows);

    public override void Write(int row, CanonicalText text) => text.Append(Column.Utf8(row));
}

sealed class DateValues(int count) : FieldValues
{
    const int NullDay = -1;

    readonly int[] _days = Filled(count);

    public override bool IsNull(int row) => _days[row] == NullDay;

    public void Set(int row, int dayNumber) => _days[row] = dayNumber;

    protected override void Take(FieldValues part, int start) => ((DateValues)part)._days.CopyTo(_days, start);

    public override Column Build(int[] rows)
    {
        var nulls = NullBits(rows);
        if (nulls is null && AreAll(rows, count))
        {
            return DateColumn.Of(_days, nulls);
        }

        var days = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            days[i] = IsNull(rows[i]) ? 0 : _days[rows[i]];
        }

        return DateColumn.Of(days, nulls);
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(DateOnly.FromDayNumber(_days[row]), "yyyy-MM-dd");

    static int[] Filled(int count)
    {
        var days = new int[count];
        Array.Fill(days, NullDay);
        return days;
    }
}

sealed class InstantValues(int count) : FieldValues
{
    const long NullTicks = -1;

    readonly long[] _ticks = Filled(count);

    public override bool IsNull(int row) => _ticks[row] == NullTicks;

    public void Set(int row, long utcTicks) => _ticks[row] = utcTicks;

    protected override void Take(FieldValues part, int start) => ((InstantValues)part)._ticks.CopyTo(_ticks, start);

    public override Column Build(int[] rows)
    {
        var nulls = NullBits(rows);
        if (nulls is null && AreAll(rows, count))
        {
            return InstantColumn.Of(_ticks, nulls);
        }

        var ticks = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            ticks[i] = IsNull(rows[i]) ? 0 : _ticks[rows[i]];
        }

        return InstantColumn.Of(ticks, nulls);
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(new DateTime(_ticks[row], DateTimeKind.Utc), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    static long[] Filled(int count)
    {
        var ticks = new long[count];
        Array.Fill(ticks, NullTicks);
        return ticks;
    }
}
