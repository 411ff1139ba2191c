// Breaks of the opening state that this run does not find any more.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;
using Recon.Runs.Returning;

namespace Recon.Runs.Assembling;

static class ClosedBreaks
{
    /// <param name="breaks">Those of this run.</param>
    /// <returns>Sorted by break id.</returns>
    internal static IReadOnlyList<ClosedBreak> Of(MatchedRun run, IReadOnlyList<Break> breaks)
    {
        var standing = breaks.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var closed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var source = 0; source < run.Sources.Count; source++)
        {
            foreach (var fate in run.Sources[source].Fates)
            {
                foreach (var open in fate.Item.OpenLegs.Where(open => !standing.Contains(open.Break)))
                {
                    closed.TryAdd(open.Break, HowClosed(run, source, fate, open));
                }
            }
        }

        foreach (var (id, how) in MissingPostings.Closed(run).Where(entry => !standing.Contains(entry.Break)))
        {
            closed.TryAdd(id, how);
        }

        return [.. closed.Select(entry => new ClosedBreak(entry.Key, entry.Value))];
    }

    static string HowClosed(MatchedRun run, int source, CarriedFate fate, OpenLeg open)
    {
        var record = fate.Item.Record;
        if (fate.Row < 0 && !fate.IsHeld)
        {
            return $"{record} came again and is left out by where now";
        }

        var pack = run.Input.Request.Pack;
        return run.Sides[source].FirstOrDefault(leg => leg.Leg.Joins(open.Leg)) is { } state
            && fate.Row >= 0 && PassOf(run, state, fate.Row) is >= 0 and var pass && pack.Passes[pass].Kind != PassKind.Dedupe
            ? $"{record} matched by {pack.Passes[pass].Id}"
            : $"{record} stands in another break";
    }

    // Of this leg, or of another that took the record off it; −1 for none.
    static int PassOf(MatchedRun run, SideState state, int row) => state.MatchOf[row] is >= 0 and var match
        ? run.Matches.Legs[state.Leg.Index].PassOf(match)
        : state.Found.TakenBy(state.Side, row);
}
