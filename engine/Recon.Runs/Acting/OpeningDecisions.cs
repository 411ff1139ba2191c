// Which acts of people a run begins from.
using Recon.Model.Acts;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

static class OpeningDecisions
{
    /// <summary>
    /// Decisions that the store has, whatever clock they were made by, about what the run of their own date had, and about what is
    /// carried into this one: the break in which an item stands, or one of the records. What was decided on a later date is not
    /// known yet.
    /// </summary>
    internal static Decisions Of(IReadOnlyList<Act> acts, OpeningState opening, DateOnly businessDate)
    {
        var known = acts.Where(act => act.IsDecision && act.BusinessDate <= businessDate).ToList();
        var earlier = known.FindAll(act => act.BusinessDate < businessDate);
        if (earlier.Count == 0)
        {
            return new Decisions(known);
        }

        var breaks = earlier.Select(act => act.Subject).ToHashSet(StringComparer.Ordinal);
        var records = earlier.SelectMany(act => act.Detail.Records ?? []).ToHashSet();
        var carried = opening.Items.SelectMany(item => item.OpenLegs).Select(open => open.Break).Where(breaks.Contains)
            .ToHashSet(StringComparer.Ordinal);
        var carriedRecords = opening.Items.Select(item => item.Record).Where(records.Contains).ToHashSet();
        return new Decisions(known.Where(act => act.BusinessDate == businessDate || carried.Contains(act.Subject)
            || (act.Detail.Records ?? []).Any(carriedRecords.Contains)));
    }
}
