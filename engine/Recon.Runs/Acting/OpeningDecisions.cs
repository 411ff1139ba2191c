// Which acts of people a run begins from.
using Recon.Model.Acts;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

static class OpeningDecisions
{
    /// <summary>
    /// Decisions up to a moment about breaks of the run's own date, and about breaks of earlier dates in which an item that is carried
    /// into it stands. What was decided on a later date is not known yet.
    /// </summary>
    internal static Decisions Of(IReadOnlyList<Act> acts, OpeningState opening, DateOnly businessDate, DateTimeOffset at)
    {
        var known = acts.Where(act => act.IsDecision && act.At <= at && act.BusinessDate <= businessDate).ToList();
        var asked = known.Where(act => act.BusinessDate < businessDate).Select(act => act.Subject).ToHashSet(StringComparer.Ordinal);
        if (asked.Count == 0)
        {
            return new Decisions(known);
        }

        var carried = opening.Items.SelectMany(item => item.OpenLegs).Select(open => open.Break).Where(asked.Contains)
            .ToHashSet(StringComparer.Ordinal);
        return new Decisions(known.Where(act => act.BusinessDate == businessDate || carried.Contains(act.Subject)));
    }
}
