// What people ask of a schedule: a pause, a resumption, business dates that were missed.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Scheduling;

/// <summary>What became of a date that was asked for.</summary>
public enum BackfillAnswer
{
    Added,

    /// <summary>It had failed or been let go, and is due again.</summary>
    DueAgain,

    /// <summary>It is due or running anyway.</summary>
    WasDue,

    /// <summary>It has a recorded run.</summary>
    WasRun,
}

public static class Requests
{
    /// <summary>From now on no run of the pack begins; one that runs goes on. What is missed meanwhile falls under the misfire rule.</summary>
    /// <returns>False where it is paused already.</returns>
    public static bool Pause(IScheduleTurn turn, string packId, string by, Instant now)
    {
        var standing = StandingOf(turn, packId, now);
        if (!standing.IsPaused)
        {
            turn.Keep(standing with { PausedBy = by, PausedAt = now });
        }

        return !standing.IsPaused;
    }

    /// <returns>False where it is not paused.</returns>
    public static bool Resume(IScheduleTurn turn, string packId, Instant now)
    {
        var standing = StandingOf(turn, packId, now);
        if (standing.IsPaused)
        {
            turn.Keep(standing with { PausedBy = null, PausedAt = null });
        }

        return standing.IsPaused;
    }

    /// <summary>Makes business dates due that have no run; the roster takes them in their order.</summary>
    /// <param name="isRecorded">True where the pack has a recorded run of that date.</param>
    public static IReadOnlyList<(DateOnly Date, BackfillAnswer Answer)> Backfill(
        IScheduleTurn turn, string packId, IEnumerable<DateOnly> dates, Func<DateOnly, bool> isRecorded, Instant now) =>
        [.. dates.Select(date => (date, isRecorded(date) ? BackfillAnswer.WasRun : Backfill(turn, packId, date, now)))];

    static BackfillAnswer Backfill(IScheduleTurn turn, string packId, DateOnly date, Instant now)
    {
        var known = turn.Of(packId, date);
        if (known.Any(due => due.IsOpen))
        {
            return BackfillAnswer.WasDue;
        }

        if (known.Count > 0)
        {
            turn.Change(known[^1] with
            {
                State = DueState.Due,
                Cause = DueCause.Backfill,
                FoundAt = now,
                NotBefore = now,
                Faults = 0,
                Looks = 0,
                Lapses = 0,
                EndedAt = null,
                Detail = null,
            });
            return BackfillAnswer.DueAgain;
        }

        turn.Add(new DueRun(packId, date, Instant.From(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)))
        {
            Cause = DueCause.Backfill,
            FoundAt = now,
            NotBefore = now,
        });
        return BackfillAnswer.Added;
    }

    static PackStanding StandingOf(IScheduleTurn turn, string packId, Instant now) =>
        turn.Packs().FirstOrDefault(pack => pack.PackId == packId) ?? new PackStanding(packId, now, null, null);
}
