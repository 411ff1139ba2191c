// Dates as day numbers, instants as ticks.
using System.Globalization;

namespace Recon.Model.Columns;

/// <summary>Dates as <see cref="DateOnly.DayNumber"/> (0 = 0001-01-01).</summary>
public sealed class DateColumn : Column
{
    readonly Extent<int> _days;

    internal DateColumn(int count, Extent<int> days, ulong[]? nulls)
        : base(count, nulls) => _days = days;

    public override FieldKind Kind => FieldKind.Date;

    /// <summary>A column over values that are there already; it keeps them.</summary>
    /// <param name="days">Day numbers by row, 0 for NULL; may be longer than <paramref name="count"/>.</param>
    /// <param name="nulls">One bit a row, set for NULL; null where there is none.</param>
    public static DateColumn Of(Extent<int> days, int count, ulong[]? nulls) => new(count, days, nulls);

    /// <summary>Day number of a row; 0 for NULL.</summary>
    public int DayNumber(int row) => _days[row];

    public DateOnly Date(int row) => DateOnly.FromDayNumber(_days[row]);

    public override string? Display(int row) =>
        IsNull(row) ? null : Date(row).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        IsNull(row) == other.IsNull(otherRow) && _days[row] == ((DateColumn)other)._days[otherRow];

    public override DateColumn Gather(ReadOnlySpan<int> rows)
    {
        var days = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            days[i] = _days[rows[i]];
        }

        return new DateColumn(rows.Length, Extent.Of(days), GatherNulls(rows));
    }
}

/// <summary>Instants as UTC ticks.</summary>
public sealed class InstantColumn : Column
{
    readonly Extent<long> _ticks;

    internal InstantColumn(int count, Extent<long> ticks, ulong[]? nulls)
        : base(count, nulls) => _ticks = ticks;

    public override FieldKind Kind => FieldKind.Instant;

    /// <summary>A column over values that are there already; it keeps them.</summary>
    /// <param name="ticks">UTC ticks by row, 0 for NULL; may be longer than <paramref name="count"/>.</param>
    /// <param name="nulls">One bit a row, set for NULL; null where there is none.</param>
    public static InstantColumn Of(Extent<long> ticks, int count, ulong[]? nulls) => new(count, ticks, nulls);

    /// <summary>UTC ticks of a row; 0 for NULL.</summary>
    public long Ticks(int row) => _ticks[row];

    public Instant Instant(int row) => new(_ticks[row]);

    public override string? Display(int row) => IsNull(row) ? null : Instant(row).ToString();

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        IsNull(row) == other.IsNull(otherRow) && _ticks[row] == ((InstantColumn)other)._ticks[otherRow];

    public override InstantColumn Gather(ReadOnlySpan<int> rows)
    {
        var ticks = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            ticks[i] = _ticks[rows[i]];
        }

        return new InstantColumn(rows.Length, Extent.Of(ticks), GatherNulls(rows));
    }
}

/// <summary>Builds a <see cref="DateColumn"/> row by row.</summary>
public sealed class DateColumnBuilder : ColumnBuilder
{
    readonly List<int> _days = [];

    public void Append(DateOnly date)
    {
        _days.Add(date.DayNumber);
        Added(isNull: false);
    }

    public override void AppendNull()
    {
        _days.Add(0);
        Added(isNull: true);
    }

    public override DateColumn Build() => new(Count, Extent.Of<int>([.. _days]), Nulls);
}

/// <summary>Builds an <see cref="InstantColumn"/> row by row.</summary>
public sealed class InstantColumnBuilder : ColumnBuilder
{
    readonly List<long> _ticks = [];

    public void Append(Instant instant)
    {
        _ticks.Add(instant.UtcTicks);
        Added(isNull: false);
    }

    public override void AppendNull()
    {
        _ticks.Add(0);
        Added(isNull: true);
    }

    public override InstantColumn Build() => new(Count, Extent.Of<long>([.. _ticks]), Nulls);
}
