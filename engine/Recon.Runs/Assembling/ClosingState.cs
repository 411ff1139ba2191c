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
        var whole = Whole(source, legs, breaks, breakOf);
        return legs.All(leg => leg.Residuals.Count == 0)
            ? whole
            : whole.Concat(legs.SelectMany(leg => Left(source, leg, breaks, breakOf))).OrderBy(item => item.Record);
    }

    // What is left of a record is open on the leg where it was split, and nowhere else.
    static IEnumerable<CarriedItem> Left(
        NormalisedSource source, SideState leg, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        for (var i = 0; i < leg.Residuals.Count; i++)
        {
            var (residual, row) = (leg.Residuals[i], source.Records.Count + i);
            if (leg.IsOpen(row))
            {
                var table = leg.Found.TableOf(leg.Side, source.Records);
                yield return source.CarriedItemOf(residual.Root, [OpenOn(leg, row, breaks, breakOf)]) with
                {
                    Record = new RecordId(source.Records.Name, residual.Of.Id),
                    Residual = new CarriedResidual(
                        residual.Of, [.. residual.Of.Fields.Select(field => table.Money(field).Money(row))]),
                };
            }
        }
    }

    static IEnumerable<CarriedItem> Whole(
        NormalisedSource source, IReadOnlyList<SideState> legs, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        for (var row = 0; row < source.Records.Count; row++)
        {
            if (SideState.IsOpenAnywhere(legs, row))
            {
                yield return source.CarriedItemOf(row, [.. legs.Where(leg => leg.IsOpen(row)).Select(leg => OpenOn(leg, row, breaks, breakOf))]);
            }
        }
    }

    static OpenLeg OpenOn(SideState leg, int row, IReadOnlyList<Break> breaks, OpenRowBreaks breakOf)
    {
        var item = breaks[breakOf.Of(leg.Leg.Index, leg.Side, row)];
        return new OpenLeg(leg.Leg.Names, item.Id, item.Born, item.Class);
    }

    /// <summary>Fingerprints of the records that stand matched on every leg of their source, sorted by id.</summary>
    internal static SettledRecords Settled(NormalisedSource source, IReadOnlyList<SideState> legs)
    {
        var rows = new int[source.Records.Count];
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (!SideState.IsOpenAnywhere(legs, row))
            {
                rows[count++] = row;
            }
        }

        return source.SettledOf(rows.AsSpan(0, count));
    }
}
