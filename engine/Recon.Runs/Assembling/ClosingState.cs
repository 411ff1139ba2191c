// What a run leaves to the runs after it: open records with their raw rows, fingerprints of settled ones.
using System.Collections;
using Recon.Judging;
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class ClosingState
{
    /// <summary>
    /// The items of a source that are open on a leg: records and what is left of records in id order, then those without a record.
    /// </summary>
    /// <param name="source">Index of the source in the pack.</param>
    /// <param name="breaks">The judged breaks; those of held items stand last, in the order of the held items.</param>
    /// <param name="breakOf">Where among <paramref name="breaks"/> the break of an open record stands.</param>
    internal static IEnumerable<CarriedItem> Carried(
        MatchedRun run, int source, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        var heldOf = HeldLegs(run, breaks, source);
        var left = Left(run, source, breaks, breakOf).ToList();
        var whole = Whole(run, source, breaks, breakOf, heldOf.Rows);
        return (left.Count == 0 ? whole : whole.Concat(left).OrderBy(item => item.Record)).Concat(heldOf.Items);
    }

    static IEnumerable<CarriedItem> Whole(
        MatchedRun run, int source, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf, ILookup<int, OpenLeg> held)
    {
        var (normalised, legs) = (run.Sources[source], run.Sides[source]);
        var records = normalised.Records;
        foreach (var row in SideState.OpenAnywhere(legs).ToArray().Union(held.Select(rows => rows.Key)).Order())
        {
            IReadOnlyList<OpenLeg> open =
                [.. legs.Where(leg => leg.IsOpen(row)).Select(leg => OpenOn(leg, row, breaks, breakOf)), .. held[row]];
            yield return normalised.CarriedItemOf(row, open) with
            {
                TakenLegs = records.Origins.Residuals.ContainsKey(row) ? null : TakenLegs(run, source, row),
                Value = RecordValue.Of(records, row),
            };
        }
    }

    // What is left of a record is open on the leg where it was split, and was never open elsewhere.
    static IEnumerable<CarriedItem> Left(MatchedRun run, int source, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        var normalised = run.Sources[source];
        foreach (var leg in run.Sides[source])
        {
            var table = leg.Found.TableOf(leg.Side, normalised.Records);
            foreach (var (residual, row) in leg.OpenResiduals)
            {
                yield return normalised.CarriedItemOf(residual.Root, [OpenOn(leg, row, breaks, breakOf)]) with
                {
                    Record = new RecordId(table.Name, residual.Of.Id),
                    Residual = new CarriedResidual(residual.Of, [.. residual.Of.Fields.Select(field => table.Money(field).Money(row))]),
                    TakenLegs = null,
                    Value = RecordValue.Of(table, row),
                };
            }
        }
    }

    static OpenLeg OpenOn(SideState leg, int row, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        var item = breaks[breakOf.Of(leg.Leg.Index, leg.Side, row)];
        return new OpenLeg(leg.Leg.Names, item.Id, item.Born, item.Class) { DatedFrom = item.DatedFrom };
    }

    /// <summary>Items of sources that the pack does not have any more.</summary>
    internal static IEnumerable<CarriedItem> OfSourcesGone(MatchedRun run, IReadOnlyList<Break> breaks) =>
        HeldLegs(run, breaks, source: -1).Items;

    /// <summary>
    /// Fingerprints of the records that stand matched on every leg of their source, sorted by id. What was left of a record comes in no
    /// file again.
    /// </summary>
    internal static SettledRecords Settled(
        NormalisedSource source, IReadOnlyList<SideState> legs, IReadOnlyList<HeldPlace> held, BitArray? pushed)
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

        var residuals = source.Records.Origins.Residuals;
        return source.SettledOf(residuals.Count == 0 ? rows : Array.FindAll(rows, settled => !residuals.ContainsKey(settled)), pushed);
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
