// From local times to instants, where clocks are put forward or back.
namespace Recon.Model.Scheduling;

/// <summary>The instants at which a cron expression fires in a zone.</summary>
/// <remarks>
/// Put forward: a local time that does not exist is due at the first moment after the gap. Put back: a local time that comes
/// twice is due the first time only; an expression that fires in every hour is due both times, because the hours go on.
/// </remarks>
public static class LocalClock
{
    // No zone is farther from UTC than 14 h; one hour to spare.
    static readonly TimeSpan FarthestZone = TimeSpan.FromHours(15);

    /// <returns>Ascending, each once: <paramref name="afterExclusive"/> &lt; instant ≤ <paramref name="untilInclusive"/>.</returns>
    public static IEnumerable<Instant> Between(CronExpression cron, TimeZoneInfo zone, Instant afterExclusive, Instant untilInclusive)
    {
        var found = new SortedSet<Instant>();
        var last = untilInclusive.DateIn(zone).AddDays(1);
        for (var date = afterExclusive.DateIn(zone).AddDays(-1); date <= last; date = date.AddDays(1))
        {
            if (cron.FiresOn(date))
            {
                AddTimes(cron, zone, date, found);
            }

            // What later dates bring is later than this, even where a clock goes back over midnight.
            var settled = Instant.From(new DateTimeOffset(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) - FarthestZone);
            while (found.Count > 0 && (found.Min < settled || date == last))
            {
                var instant = found.Min;
                found.Remove(instant);
                if (instant > afterExclusive && instant <= untilInclusive)
                {
                    yield return instant;
                }
            }
        }
    }

    static void AddTimes(CronExpression cron, TimeZoneInfo zone, DateOnly date, SortedSet<Instant> found)
    {
        var midnight = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(midnight.AddHours(-36)), zone.GetUtcOffset(midnight.AddHours(60)));
        foreach (var time in cron.Times)
        {
            var local = date.ToDateTime(time);
            if (before == after)
            {
                found.Add(At(local, before));
            }
            else
            {
                AddNearChange(local, before, after, cron.FiresInEveryHour, zone, found);
            }
        }
    }

    // A local time is one that the zone gives back for the instant that it names by the offset before or after the change.
    static void AddNearChange(DateTime local, TimeSpan before, TimeSpan after, bool bothTimes, TimeZoneInfo zone, SortedSet<Instant> found)
    {
        var (first, second) = (At(local, before), At(local, after));
        var (isFirst, isSecond) = (OffsetAt(first, zone) == before, OffsetAt(second, zone) == after);
        if (isFirst)
        {
            found.Add(first);
        }

        if (isSecond && (bothTimes || !isFirst))
        {
            found.Add(second);
        }

        if (!isFirst && !isSecond)
        {
            found.Add(ChangeBetween(second, first, before, zone));
        }
    }

    /// <summary>The first instant at which the offset is not that from before, to the second.</summary>
    static Instant ChangeBetween(Instant last, Instant next, TimeSpan before, TimeZoneInfo zone)
    {
        while (next - last > TimeSpan.FromSeconds(1))
        {
            var middle = new Instant(last.UtcTicks + ((next - last).Ticks / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond));
            (last, next) = OffsetAt(middle, zone) == before ? (middle, next) : (last, middle);
        }

        return next;
    }

    static TimeSpan OffsetAt(Instant instant, TimeZoneInfo zone) => zone.GetUtcOffset(instant.ToDateTimeOffset());

    static Instant At(DateTime local, TimeSpan offset) => Instant.From(new DateTimeOffset(local, offset));
}
