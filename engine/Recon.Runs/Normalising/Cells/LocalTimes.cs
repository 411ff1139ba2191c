// Turns wall-clock times of a zone into moments.
namespace Recon.Runs.Normalising.Cells;

/// <summary>
/// A time that the clocks passed over does not exist. A time that they showed twice is the first of the two: the
/// offset that was in force before the change.
/// </summary>
sealed class LocalTimes(TimeZoneInfo zone)
{
    // Offsets of days without a change nearby; null: ask for each time of that day.
    readonly Dictionary<int, long?> _offsetOfDay = [];
    int _lastDay = -1;
    long? _lastOffset;

    public bool TryToUtc(long localTicks, out long utcTicks)
    {
        var day = (int)(localTicks / TimeSpan.TicksPerDay);
        if (day != _lastDay)
        {
            (_lastDay, _lastOffset) = (day, OffsetOfDay(day));
        }

        utcTicks = 0;
        if (_lastOffset is { } offset)
        {
            utcTicks = localTicks - offset;
            return true;
        }

        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            return false;
        }

        var chosen = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        utcTicks = localTicks - chosen.Ticks;
        return utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks;
    }

    long? OffsetOfDay(int day)
    {
        if (!_offsetOfDay.TryGetValue(day, out var offset))
        {
            offset = ConstantOffset(day);
            _offsetOfDay.Add(day, offset);
        }

        return offset;
    }

    // Offsets lie within ±18 hours, so the moments of a local day lie in this window; asked hour by hour.
    long? ConstantOffset(int day)
    {
        if (day < 2 || day > DateOnly.MaxValue.DayNumber - 2)
        {
            return null;
        }

        var start = DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var offset = zone.GetUtcOffset(start);
        for (var hour = -19; hour <= 24 + 19; hour++)
        {
            if (zone.GetUtcOffset(start.AddHours(hour)) != offset)
            {
                return null;
            }
        }

        return offset.Ticks;
    }
}
