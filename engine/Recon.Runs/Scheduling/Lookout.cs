// Which runs are due when somebody looks, and which of the missed ones are let go.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Scheduling;

/// <summary>A slot that was found.</summary>
/// <param name="IsSkipped">True where the misfire rule lets it go.</param>
public sealed record FoundSlot(Slot Slot, bool IsSkipped);

public static class Lookout
{
    /// <summary>What has become due since the last look.</summary>
    /// <remarks>
    /// Several slots of one business date that are found at one look are one run, that of the newest: they would read the same
    /// inputs. A slot older than the grace is missed, and the misfire rule decides.
    /// </remarks>
    /// <returns>By business date, then by slot: the order in which they must run.</returns>
    public static IReadOnlyList<FoundSlot> Look(ScheduleSpec schedule, Slots slots, Instant lookedUntil, Instant now)
    {
        var newest = new SortedDictionary<DateOnly, Slot>();
        foreach (var slot in slots.Between(lookedUntil, now))
        {
            newest[slot.BusinessDate] = slot;
        }

        var late = newest.Values.Where(slot => now - slot.At > schedule.Grace).ToList();
        var isAnyOnTime = late.Count < newest.Count;
        return
        [
            .. newest.Values.Select(slot => new FoundSlot(slot, late.Contains(slot) && schedule.Misfire switch
            {
                MisfireRule.CatchUp => false,
                MisfireRule.Once => isAnyOnTime || slot != late[^1],
                _ => true,
            })),
        ];
    }
}
