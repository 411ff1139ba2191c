// Scheduled packs for tests: six o'clock UTC each day, for the day itself.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Model.Scheduling;
using Recon.Runs.Scheduling;

namespace Recon.Tests.Runs.Scheduling;

static class Daily
{
    public static ScheduledPack Pack(string id, Func<ScheduleSpec, ScheduleSpec>? change = null, TimeSpan missingWait = default)
    {
        var plain = new ScheduleSpec(
            CronExpression.Parse("0 0 6 * * ?", out _)!, "UTC", null, MisfireRule.CatchUp, TimeSpan.FromMinutes(5), [], TimeSpan.FromDays(1), null, [],
            new RetrySpec(2, TimeSpan.FromSeconds(30)));
        var schedule = change?.Invoke(plain) ?? plain;
        return new ScheduledPack(id, schedule, new Slots(schedule, null, new Dictionary<string, BusinessCalendar>()), missingWait);
    }

    public static IReadOnlyList<PackReference> Named(params string[] ids) =>
        [.. ids.Select(id => new PackReference(id, new Place("pack.yaml", 1, 1, 1, "")))];

    /// <summary>An hour of March 2026, UTC.</summary>
    public static Instant At(int day, double hour) => Instant.From(new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero).AddHours(hour));

    public static DateOnly Date(int day) => new(2026, 3, day);
}
