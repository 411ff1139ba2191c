// What a run leaves to the runs after it: open records with their raw rows, fingerprints of settled ones.
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class ClosingState
{
    /// <summary>The records of a source that are open on a leg, in id order.</summary>
    internal static IEnumerable<CarriedItem> Carried(
        NormalisedSource source, IReadOnlyList<SideState> legs, IReadOnlyDictionary<(int Leg, RecordId Record), Break> breakOf)
    {
        var table = source.Records;
        for (var row = 0; row < table.Count; row++)
        {
            List<OpenLeg>? open = null;
            foreach (var leg in legs)
            {
                if (leg.IsOpen(row))
                {
                    var item = breakOf[(leg.Leg.Index, new RecordId(table.Name, table.Id(row)))];
                    (open ??= []).Add(new OpenLeg(leg.Leg.Names, item.Id, item.Born, item.Class));
                }
            }

            if (open is not null)
            {
                yield return source.CarriedItemOf(row, open);
            }
        }
    }

    /// <summary>Fingerprints of the records that stand matched on every leg of their source, sorted by id.</summary>
    internal static SettledRecords Settled(NormalisedSource source, IReadOnlyList<SideState> legs)
    {
        var rows = new List<int>();
        for (var row = 0; row < source.Records.Count; row++)
        {
            if (!IsOpenAnywhere(legs, row))
            {
                rows.Add(row);
            }
        }

        return source.SettledOf(rows);
    }

    static bool IsOpenAnywhere(IReadOnlyList<SideState> legs, int row)
    {
        for (var i = 0; i < legs.Count; i++)
        {
            if (legs[i].IsOpen(row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Breaks by the leg and the open record that stands in them.</summary>
    internal static IReadOnlyDictionary<(int Leg, RecordId Record), Break> BreakOfRecord(
        IEnumerable<Break> breaks, IReadOnlyList<Recon.Model.Rules.LegSpec> legs) => breaks
        .Where(item => item.Kind is BreakKind.Open or BreakKind.Ambiguous)
        .SelectMany(item => item.Records.Select(record =>
            (Key: (legs.First(leg => leg.Names.SequenceEqual(item.Leg)).Index, record), item)))
        .ToDictionary(entry => entry.Key, entry => entry.item);
}
