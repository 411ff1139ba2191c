// Breaks of the opening state that this run does not find any more.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class ClosedBreaks
{
    /// <param name="legs">[source][leg of the source]: what became of each row.</param>
    /// <returns>Sorted by break id.</returns>
    internal static IReadOnlyList<ClosedBreak> Of(
        Pack pack,
        OpeningState opening,
        IReadOnlyList<Break> breaks,
        IReadOnlyList<RecordTable> tables,
        MatchSet matches,
        IReadOnlyList<IReadOnlyList<SideState>> legs)
    {
        var standing = breaks.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var closed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in opening.Items)
        {
            foreach (var open in item.OpenLegs.Where(open => !standing.Contains(open.Break)))
            {
                closed.TryAdd(open.Break, HowClosed(pack, item.Record, open, tables, matches, legs));
            }
        }

        return [.. closed.Select(entry => new ClosedBreak(entry.Key, entry.Value))];
    }

    static string HowClosed(
        Pack pack,
        RecordId record,
        OpenLeg open,
        IReadOnlyList<RecordTable> tables,
        MatchSet matches,
        IReadOnlyList<IReadOnlyList<SideState>> legs)
    {
        var source = pack.Sources.FirstOrDefault(source => source.Name == record.Source);
        var state = source is null ? null : legs[source.Index].FirstOrDefault(leg => leg.Leg.Names.SequenceEqual(open.Leg));
        if (state is null)
        {
            return $"the pack has no leg {string.Join(" ~ ", open.Leg)} any more";
        }

        var row = tables[source!.Index].RowOf(Encoding.UTF8.GetBytes(record.Id));
        if (row < 0)
        {
            return $"{record} is not read any more under this pack";
        }

        var pass = state.MatchOf[row] >= 0
            ? matches.Legs[state.Leg.Index].PassOf(state.MatchOf[row])
            : state.Found.TakenBy(state.Side, row);
        return pass >= 0 && pack.Passes[pass].Kind != PassKind.Dedupe
            ? $"{record} matched by {pack.Passes[pass].Id}"
            : $"{record} stands in another break";
    }
}
