// Decides which run a node takes next, and what becomes of one that ended: the rules of a schedule, without clock or store.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;

namespace Recon.Runs.Scheduling;

/// <summary>
/// The runs of one pack are made one at a time, in the order of their business dates; packs do not wait for each other unless they
/// say so. Every method is one step of a turn of the store.
/// </summary>
/// <param name="packs">Those of the workspace that have a schedule.</param>
/// <param name="isRecorded">True where the pack has a recorded run of the date, whoever started it.</param>
public sealed class Roster(IReadOnlyList<ScheduledPack> packs, Func<string, DateOnly, bool> isRecorded)
{
    /// <summary>10: a run in which the service died so often does more harm than good.</summary>
    public const int MostLapses = 10;

    static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(5);

    // Older than this, the time up to which slots were found is written even where none was.
    static readonly TimeSpan OldestMark = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, ScheduledPack> _packs = packs.ToDictionary(pack => pack.Id, StringComparer.Ordinal);

    /// <summary>Adds what has become due. A pack that is new is known from now on; a paused one is not looked at.</summary>
    /// <returns>What was added, skipped ones included.</returns>
    public IReadOnlyList<DueRun> Look(IScheduleTurn turn, Instant now)
    {
        var known = turn.Packs().ToDictionary(pack => pack.PackId, StringComparer.Ordinal);
        var added = new List<DueRun>();
        foreach (var pack in packs)
        {
            if (!known.TryGetValue(pack.Id, out var standing))
            {
                turn.Keep(new PackStanding(pack.Id, now, null, null));
            }
            else if (!standing.IsPaused && now > standing.LookedUntil)
            {
                var found = AddFound(turn, pack, standing.LookedUntil, now);
                added.AddRange(found);
                if (found.Count > 0 || now - standing.LookedUntil >= OldestMark)
                {
                    turn.Keep(standing with { LookedUntil = now });
                }
            }
        }

        return added;
    }

    static List<DueRun> AddFound(IScheduleTurn turn, ScheduledPack pack, Instant lookedUntil, Instant now)
    {
        var added = new List<DueRun>();
        foreach (var (slot, isSkipped) in Lookout.Look(pack.Schedule, pack.Slots, lookedUntil, now))
        {
            // It was found before, or a later slot of the date was, which stands for it.
            if (turn.Of(pack.Id, slot.BusinessDate).Any(known => known.Slot == slot.At || (known.Cause == DueCause.Schedule && known.Slot > slot.At)))
            {
                continue;
            }

            var due = new DueRun(pack.Id, slot.BusinessDate, slot.At)
            {
                State = isSkipped ? DueState.Skipped : DueState.Due,
                FoundAt = now,
                NotBefore = slot.At,
                EndedAt = isSkipped ? now : null,
                Detail = isSkipped ? $"found {Text(now - slot.At)} after its slot" : null,
            };
            turn.Add(due);
            added.Add(due);
        }

        return added;
    }

    /// <summary>Takes the run that has waited longest among those that may run now; null where there is none.</summary>
    /// <param name="node">Who takes it.</param>
    /// <param name="lease">For how long it is taken, unless it is renewed.</param>
    public DueRun? Take(IScheduleTurn turn, string node, Instant now, TimeSpan lease)
    {
        var paused = turn.Packs().Where(pack => pack.IsPaused).Select(pack => pack.PackId).ToHashSet(StringComparer.Ordinal);
        var open = turn.Open();
        var held = open.Where(due => due.IsHeld(now)).Select(due => due.PackId).ToHashSet(StringComparer.Ordinal);
        var first = open.GroupBy(due => due.PackId, StringComparer.Ordinal).Select(ofPack => ofPack.MinBy(due => due.Place)!)
            .Where(due => due.NotBefore <= now && _packs.ContainsKey(due.PackId) && !paused.Contains(due.PackId) && !held.Contains(due.PackId))
            .OrderBy(due => due.NotBefore).ThenBy(due => due.PackId, StringComparer.Ordinal);
        foreach (var due in first.Where(due => !held.Any(other => Exclude(due.PackId, other))))
        {
            if (due.State == DueState.Running && due.Lapses >= MostLapses)
            {
                turn.Change(Ended(due, DueState.Failed, now) with { Detail = $"its node was gone {due.Lapses + 1} times" });
            }
            else if (IsHeldUp(turn, due, now) is { } waiting)
            {
                turn.Change(waiting);
            }
            else
            {
                var taken = due with
                {
                    State = DueState.Running,
                    Owner = node,
                    Epoch = due.Epoch + 1,
                    LeaseUntil = After(now, lease),
                    Lapses = due.Lapses + (due.State == DueState.Running ? 1 : 0),
                    Detail = null,
                };
                turn.Change(taken);
                return taken;
            }
        }

        return null;
    }

    bool Exclude(string one, string other) => Names(one, other) || Names(other, one);

    bool Names(string pack, string other) =>
        _packs.TryGetValue(pack, out var known) && known.Schedule.NotWith.Any(reference => reference.Id == other);

    // As it stands while a pack before it has no run of the date yet; null where nothing holds it up.
    DueRun? IsHeldUp(IScheduleTurn turn, DueRun due, Instant now)
    {
        var schedule = _packs[due.PackId].Schedule;
        return schedule.After.FirstOrDefault(pack => !isRecorded(pack.Id, due.BusinessDate)) is not { } missing
            ? null
            : Waiting(due, $"{missing.Id} has no run of {due.BusinessDate:yyyy-MM-dd}", schedule.Wait, now);
    }

    /// <summary>Keeps a run in hand. False where it is in other hands by now: what runs must stop.</summary>
    public static bool Renew(IScheduleTurn turn, DueRun taken, Instant now, TimeSpan lease)
    {
        if (Current(turn, taken) is not { } current)
        {
            return false;
        }

        turn.Change(current with { LeaseUntil = After(now, lease) });
        return true;
    }

    /// <summary>Writes down how an attempt ended. Null where the run was in other hands by then: nothing is written.</summary>
    /// <returns>The run as it stands now.</returns>
    public DueRun? End(IScheduleTurn turn, DueRun taken, DueEnd end, Instant now)
    {
        if (Current(turn, taken) is not { } current)
        {
            return null;
        }

        var ended = After(current, end, now);
        turn.Change(ended);
        return ended;
    }

    DueRun After(DueRun due, DueEnd end, Instant now)
    {
        var pack = _packs.GetValueOrDefault(due.PackId);
        switch (end)
        {
            case DueEnd.Recorded recorded:
                return Ended(due, DueState.Done, now) with { RunId = recorded.RunId, Detail = null };
            case DueEnd.Missing missing:
                return Waiting(due, missing.What, pack?.MissingWait ?? TimeSpan.Zero, now);
            case DueEnd.Fault { IsTransient: true } fault when pack is not null && due.Faults < pack.Schedule.Retry.Times:
                return Again(due, now, pack.Schedule.Retry.PauseAfter(due.Faults + 1)) with { Faults = due.Faults + 1, Detail = fault.What };
            case DueEnd.Fault fault:
                return Ended(due, DueState.Failed, now) with { Detail = fault.What };
            case DueEnd.Busy busy:
                return Again(due, now, FirstLook) with { Detail = busy.What };
            default:
                return Again(due, now, TimeSpan.Zero);
        }
    }

    static DueRun Waiting(DueRun due, string what, TimeSpan wait, Instant now)
    {
        var left = After(due.FoundAt, wait) - now;
        if (left <= TimeSpan.Zero)
        {
            return Ended(due, DueState.Failed, now) with { Detail = wait > TimeSpan.Zero ? $"{what}; it did not come within {Text(wait)}" : what };
        }

        var pause = RetrySpec.Doubling(FirstLook, due.Looks + 1, LongestLook);
        return Again(due, now, pause < left ? pause : left) with { Looks = due.Looks + 1, Detail = what };
    }

    static DueRun Again(DueRun due, Instant now, TimeSpan pause) =>
        due with { State = DueState.Due, LeaseUntil = null, NotBefore = After(now, pause) };

    static DueRun Ended(DueRun due, DueState state, Instant now) => due with { State = state, LeaseUntil = null, EndedAt = now };

    static DueRun? Current(IScheduleTurn turn, DueRun taken) => turn.Of(taken.PackId, taken.BusinessDate)
        .FirstOrDefault(due => due.Slot == taken.Slot && due.State == DueState.Running && due.Epoch == taken.Epoch);

    static Instant After(Instant instant, TimeSpan span) => new(instant.UtcTicks + span.Ticks);

    static string Text(TimeSpan span) => span.TotalHours >= 1 ? Text(span.TotalHours, "h")
        : span.TotalMinutes >= 1 ? Text(span.TotalMinutes, "min")
        : Text(Math.Ceiling(span.TotalSeconds), "s");

    static string Text(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}");
}
