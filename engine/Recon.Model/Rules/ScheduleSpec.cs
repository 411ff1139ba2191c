// What a pack says about the hours at which it runs by itself.
using Recon.Model.Scheduling;

namespace Recon.Model.Rules;

/// <summary>When a pack runs by itself, and what happens where it cannot. It decides nothing about the result of a run.</summary>
/// <param name="Zone">The zone in which <paramref name="Cron"/> is read.</param>
/// <param name="Calendar">Only on its business days, by the local date; null: on every day.</param>
/// <param name="Grace">A slot that is found later than this is missed, at least 1 s.</param>
/// <param name="After">Packs that must have a recorded run of the same business date first.</param>
/// <param name="Wait">How long after its slot a run waits for them.</param>
/// <param name="TimeLimit">After this a run is cancelled; null: never.</param>
/// <param name="NotWith">Packs that never run at the same time as this one.</param>
public sealed record ScheduleSpec(
    CronExpression Cron,
    string Zone,
    string? Calendar,
    MisfireRule Misfire,
    TimeSpan Grace,
    IReadOnlyList<PackReference> After,
    TimeSpan Wait,
    TimeSpan? TimeLimit,
    IReadOnlyList<PackReference> NotWith,
    RetrySpec Retry)
{
    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);
}

/// <summary>What becomes of slots that nobody took in time, because no service was up.</summary>
public enum MisfireRule
{
    /// <summary>Every missed business date is run, the oldest first.</summary>
    CatchUp,

    /// <summary>No missed business date is run.</summary>
    Skip,

    /// <summary>Only the newest missed business date is run, and none where a slot is on time.</summary>
    Once,
}

/// <summary>Another pack of the workspace, by its id.</summary>
public sealed record PackReference(string Id, Place Place);

/// <summary>How often a run that met a transient fault is tried again; the pause doubles each time.</summary>
/// <param name="Times">0 to 20.</param>
public sealed record RetrySpec(int Times, TimeSpan FirstPause)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <param name="failed">How many attempts have failed, at least 1.</param>
    public TimeSpan PauseAfter(int failed) => Doubling(FirstPause, failed, LongestPause);

    /// <summary>The pause after so many vain attempts: <paramref name="first"/>, twice that, and so on up to the longest.</summary>
    public static TimeSpan Doubling(TimeSpan first, int failed, TimeSpan longest)
    {
        var pause = first;
        for (var i = 1; i < failed && pause < longest; i++)
        {
            pause += pause;
        }

        return pause < longest ? pause : longest;
    }
}
