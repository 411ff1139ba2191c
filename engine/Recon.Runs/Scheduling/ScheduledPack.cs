// A pack that runs by itself, as the roster needs it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Scheduling;

/// <param name="MissingWait">How long its runs wait for an input that is missing; zero: not at all.</param>
public sealed record ScheduledPack(string Id, ScheduleSpec Schedule, Slots Slots, TimeSpan MissingWait)
{
    /// <summary>Null where the pack has no schedule.</summary>
    public static ScheduledPack? Of(Pack pack, IReadOnlyDictionary<string, BusinessCalendar> calendars) => pack.Schedule is { } schedule
        ? new ScheduledPack(
            pack.Id, schedule, new Slots(schedule, pack.BusinessDate, calendars),
            pack.Sources.Max(source => source.Read.Wait) ?? TimeSpan.Zero)
        : null;
}
