// Turns wall-clock times of a zone into moments.
namespace Recon.Runs.Normalising.Cells;

/// <summary>
/// A time that the clocks passed over does not exist. A time that they showed twice is the first of the two: the
/// offset that was in force before the change.
/// </summary>
/// <remarks>
/// Asks the zone for the offsets of moments only. What .NET says of local times knows summer time, but not a zone that takes
/// another offset for good: Caracas skipped half an hour in 2016, Apia a whole day in 2011.
/// </remarks>
sealed class LocalTimes(TimeZoneInfo zone)
{
    // Offsets lie within ±18 hours, so the moments of a local day lie in this window; asked hour by hour.
    const int HoursAround = 19;

    // The offsets that may be those of a local time of the day, the largest first; mostly it is one.
    readonly Dictionary<int, long[]> _offsetsOfDay = [];
    int _lastDay = -1;
    long[] _lastOffsets = [];

    public bool TryToUtc(long localTicks, out long utcTicks)
    {
        var day = (int)(localTicks / TimeSpan.TicksPerDay);
        if (day != _lastDay)
        {
            (_lastDay, _lastOffsets) = (day, OffsetsOfDay(day));
        }

        // The largest offset gives the earliest moment.
        foreach (var offset in _lastOffsets)
        {
            utcTicks = localTicks - offset;
            if (utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks
                && (_lastOffsets.Length == 1 || OffsetAt(utcTicks) == offset))
            {
                return true;
            }
        }

        utcTicks = 0;
        return false;
    }

    long[] OffsetsOfDay(int day)
    {
        if (!_offsetsOfDay.TryGetValue(day, out var offsets))
        {
            var start = day * TimeSpan.TicksPerDay;
            offsets =
            [
                .. Enumerable.Range(-HoursAround, 24 + HoursAround + HoursAround + 1)
                    .Select(hour => start + (hour * TimeSpan.TicksPerHour))
                    .Where(ticks => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
                    .Select(OffsetAt).Distinct().OrderDescending(),
            ];
            _offsetsOfDay.Add(day, offsets);
        }

        return offsets;
    }

    long OffsetAt(long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
}
