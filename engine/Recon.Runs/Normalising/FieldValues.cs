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

    /// <summary>Values of one field for no rows yet.</summary>
    public static FieldValues Of(FieldKind kind, ColumnMemory memory) => kind switch
    {
        FieldKind.Money or FieldKind.Number => new AmountValues(kind, memory),
        FieldKind.Date => new DateValues(memory),
        FieldKind.Instant => new InstantValues(memory),
        _ => throw new InvalidOperationException($"bug: no values of kind {kind} by row"),
    };

    /// <summary>Rows that there is room for; what they hold means nothing before <see cref="Clear"/> or a value is written.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for so many rows, no fewer than before. Nothing may be written meanwhile.</summary>
    /// <param name="rows">Rows 0 to before this are there afterwards.</param>
    /// <param name="expected">How many there will be, perhaps: room for them is taken at once where more is needed.</param>
    public void Reserve(int rows, int expected)
    {
        if (rows > Capacity)
        {
            Capacity = (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(rows, expected), Capacity + (Capacity / 2L)));
            Resize(Capacity);
        }

        Count = Math.Max(Count, rows);
    }

    /// <summary>True where <see cref="Reserve"/> would find the room there.</summary>
    public bool HasRoom(int rows) => rows <= Capacity;

    protected int Capacity { get; private set; }

    /// <summary>Makes room for so many; what is there stays.</summary>
    protected abstract void Resize(int capacity);

    /// <summary>Makes rows NULL. Any number of threads may write other rows.</summary>
    public abstract void Clear(int from, int count);

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

sealed class TextValues : FieldValues
{
    public TextValues(TextColumn column)
    {
        Column = column;
        Reserve(column.Count, column.Count);
    }

    public TextColumn Column { get; }

    /// <summary>Values of one field, part behind part.</summary>
    /// <param name="parts">At least one.</param>
    public static TextValues Joined(IReadOnlyList<TextValues> parts)
    {
        var joined = new TextValues(TextColumn.Appended([.. parts.Select(part => part.Column)]));
        var start = 0;
        foreach (var part in parts)
        {
            joined.Faults.AddRange(part.Faults.Select(fault => fault with { Row = fault.Row + start }));
            start += part.Count;
        }

        return joined;
    }

    /// <summary>The same values, with the same faults, in another column.</summary>
    public TextValues With(TextColumn other)
    {
        var values = new TextValues(other);
        values.Faults.AddRange(Faults);
        return values;
    }

    public override bool IsNull(int row) => Column.IsNull(row);

    protected override void Resize(int capacity)
    {
    }

    public override void Clear(int from, int count)
    {
    }

    public override Column Build(int[] rows) => AreAll(rows, Column.Count) ? Column : Column.InOrder(rows);

    public override void Write(int row, CanonicalText text) => text.Append(Column.Utf8(row));
}

sealed class DateValues(ColumnMemory memory) : FieldValues
{
    const int NullDay = -1;

    Extent<int> _days;

    public override bool IsNull(int row) => _days[row] == NullDay;

    public void Set(int row, int dayNumber) => _days[row] = dayNumber;

    public override void Clear(int from, int count) => _days.Span.Slice(from, count).Fill(NullDay);

    protected override void Resize(int capacity) => _days = memory.Grown(_days, capacity);

    public override Column Build(int[] rows)
    {
        var nulls = NullBits(rows);
        if (nulls is null && AreAll(rows, Count))
        {
            return DateColumn.Of(_days, Count, nulls);
        }

        var days = memory.Take<int>(rows.Length);
        var target = days.Span;
        var own = _days.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = own[rows[i]] is var day && day == NullDay ? 0 : day;
        }

        return DateColumn.Of(days, days.Count, nulls);
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(DateOnly.FromDayNumber(_days[row]), "yyyy-MM-dd");
}

sealed class InstantValues(ColumnMemory memory) : FieldValues
{
    const long NullTicks = -1;

    Extent<long> _ticks;

    public override bool IsNull(int row) => _ticks[row] == NullTicks;

    public void Set(int row, long utcTicks) => _ticks[row] = utcTicks;

    public override void Clear(int from, int count) => _ticks.Span.Slice(from, count).Fill(NullTicks);

    protected override void Resize(int capacity) => _ticks = memory.Grown(_ticks, capacity);

    public override Column Build(int[] rows)
    {
        var nulls = NullBits(rows);
        if (nulls is null && AreAll(rows, Count))
        {
            return InstantColumn.Of(_ticks, Count, nulls);
        }

        var ticks = memory.Take<long>(rows.Length);
        var target = ticks.Span;
        var own = _ticks.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = own[rows[i]] is var tick && tick == NullTicks ? 0 : tick;
        }

        return InstantColumn.Of(ticks, ticks.Count, nulls);
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(new DateTime(_ticks[row], DateTimeKind.Utc), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
}
