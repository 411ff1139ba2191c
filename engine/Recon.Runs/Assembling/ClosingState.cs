// What a run leaves to the runs after it: open records with their raw rows, fingerprints of settled ones.
using Recon.Judging;
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class ClosingState
{
    /// <summary>The items of a source that are open on a leg: records in id order, then those without a record.</summary>
    /// <param name="source">Index of the source in the pack.</param>
    /// <param name="breaks">The judged breaks; those of held items stand last, in the order of the held items.</param>
    /// <param name="breakOf">Where among <paramref name="breaks"/> the break of an open record stands.</param>
    internal static IEnumerable<CarriedItem> Carried(
        MatchedRun run, int source, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        var (normalised, legs) = (run.Sources[source], run.Sides[source]);
        var heldOf = HeldLegs(run, breaks, source);
        var records = normalised.Records;
        foreach (var row in SideState.OpenAnywhere(legs).ToArray().Union(heldOf.Rows.Select(rows => rows.Key)).Order())
        {
            IReadOnlyList<OpenLeg> open = [.. legs.Where(leg => leg.IsOpen(row)).Select(leg => OpenOn(leg, row)), .. heldOf.Rows[row]];
            yield return normalised.CarriedItemOf(row, open) with
            {
                TakenLegs = TakenLegs(run, source, row),
                Value = RecordValue.Of(records, row),
            };
        }

        foreach (var item in heldOf.Items)
        {
            yield return item;
        }

        OpenLeg OpenOn(SideState leg, int row)
        {
            var item = breaks[breakOf.Of(leg.Leg.Index, leg.Side, row)];
            return new OpenLeg(leg.Leg.Names, item.Id, item.Born, item.Class) { DatedFrom = item.DatedFrom };
        }
    }

    /// <summary>Items of sources that the pack does not have any more.</summary>
    internal static IEnumerable<CarriedItem> OfSourcesGone(MatchedRun run, IReadOnlyList<Break> breaks) =>
        HeldLegs(run, breaks, source: -1).Items;

    /// <summary>Fingerprints of the records that stand matched on every leg of their source, sorted by id.</summary>
    internal static SettledRecords Settled(NormalisedSource source, IReadOnlyList<SideState> legs, IReadOnlyList<HeldPlace> held)
    {
        int[] kept = [.. SideState.OpenAnywhere(legs).ToArray().Union(held.Where(place => place.Row >= 0).Select(place => place.Row)).Order()];
        var rows = new int[source.Records.Count - kept.Length];
        var (row, count) = (0, 0);
        foreach (var next in kept)
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

    /// <summary>The open legs of held items, with the breaks that this run has for them: by record, and items without one.</summary>
    static (ILookup<int, OpenLeg> Rows, IEnumerable<CarriedItem> Items) HeldLegs(MatchedRun run, IReadOnlyList<Break> breaks, int source)
    {
        var first = breaks.Count - run.Held.Count;
        var held = run.Held.Index().Where(entry => entry.Item.Source == source)
            .Select(entry => (Place: entry.Item, Open: entry.Item.Open with { Break = breaks[first + entry.Index].Id }))
            .ToList();
        return (
            held.Where(entry => entry.Place.Row >= 0).ToLookup(entry => entry.Place.Row, entry => entry.Open),
            held.Where(entry => entry.Place.Row < 0).GroupBy(entry => entry.Place.Item)
                .Select(item => item.Key with { OpenLegs = [.. item.Select(entry => entry.Open)] }));
    }

    // Legs that took it on an earlier day stay taken, though the pack may not have them now.
    static IReadOnlyList<IReadOnlyList<string>> TakenLegs(MatchedRun run, int source, int row)
    {
        var pack = run.Input.Request.Pack;
        var now = run.Sides[source].Where(leg => !leg.IsOpen(row)).Select(leg => leg.Leg.Names);
        var before = run.Sources[source].CarriedOrigin(row)?.TakenLegs ?? [];
        return [.. now, .. before.Where(leg => pack.LegOf(leg) is null)];
    }
}
