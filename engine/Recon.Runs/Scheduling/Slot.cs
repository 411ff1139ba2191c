// The slots of a schedule: each firing with the business date that it is for.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Model.Scheduling;

namespace Recon.Runs.Scheduling;

/// <summary>One firing of a schedule.</summary>
public sealed record Slot(Instant At, DateOnly BusinessDate);

/// <summary>The slots of one pack.</summary>
/// <param name="rule">Null: the business date is the local date of the slot.</param>
/// <param name="calendars">By name; those that schedule and rule name.</param>
public sealed class Slots(ScheduleSpec schedule, BusinessDateSpec? rule, IReadOnlyDictionary<string, BusinessCalendar> calendars)
{
    // A rule of 31 business days reaches over six weeks and their holidays.
    const int FarthestDays = 62;

    readonly BusinessDateSpec _rule = rule ?? new BusinessDateSpec(0, null, null, schedule.Zone);

    /// <summary>Those with <paramref name="afterExclusive"/> &lt; at ≤ <paramref name="untilInclusive"/>, in their order.</summary>
    public IEnumerable<Slot> Between(Instant afterExclusive, Instant untilInclusive)
    {
        var (zone, calendar) = (schedule.TimeZone, schedule.Calendar is { } name ? calendars[name] : null);
        return LocalClock.Between(schedule.Cron, zone, afterExclusive, untilInclusive)
            .Where(at => calendar is null || calendar.IsBusinessDay(at.DateIn(zone)))
            .Select(at => new Slot(at, BusinessDates.At(_rule, at.ToDateTimeOffset(), calendars)));
    }

    /// <summary>The business dates that the schedule asks for, from the first to the last, both included.</summary>
    public IReadOnlyList<DateOnly> BusinessDatesBetween(DateOnly first, DateOnly last) =>
    [
        .. Between(MidnightOf(first.AddDays(-FarthestDays)), MidnightOf(last.AddDays(FarthestDays)))
            .Select(slot => slot.BusinessDate).Where(date => date >= first && date <= last).Distinct().Order(),
    ];

    static Instant MidnightOf(DateOnly date) => Instant.From(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero));
}
