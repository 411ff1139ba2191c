// What a run leaves to the runs after it: open records with their raw rows, fingerprints of settled ones.
using Recon.Judging;
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class ClosingState
{
    /// <summary>The records of a source that are open on a leg, in id order.</summary>
    /// <param name="breakOf">Where among <paramref name="breaks"/> the break of an open record stands.</param>
    internal static IEnumerable<CarriedItem> Carried(
        NormalisedSource source, IReadOnlyList<SideState> legs, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        foreach (var row in SideState.OpenAnywhere(legs).ToArray())
        {
            yield return source.CarriedItemOf(row, [.. legs.Where(leg => leg.IsOpen(row)).Select(leg => OpenOn(leg, row))]);
        }

        OpenLeg OpenOn(SideState leg, int row)
        {
            var item = breaks[breakOf.Of(leg.Leg.Index, leg.Side, row)];
            return new OpenLeg(leg.Leg.Names, item.Id, item.Born, item.Class);
        }
    }

    /// <summary>Fingerprints of the records that stand matched on every leg of their source, sorted by id.</summary>
    internal static SettledRecords Settled(NormalisedSource source, IReadOnlyList<SideState> legs)
    {
        var open = SideState.OpenAnywhere(legs);
        var rows = new int[source.Records.Count - open.Length];
        var (row, count) = (0, 0);
        foreach (var next in open)
        {
            for (; row < next; row++)
            {
                rows[count++] = row;
            }

            row++;
        }

        for (; count < rows.Length; row++)
        {
            rows[count++] = row;
        }

        return source.SettledOf(rows);
    }
}
