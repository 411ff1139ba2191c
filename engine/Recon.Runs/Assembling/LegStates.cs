// For each leg and side, which match each row stands in and which rows an earlier run settled there.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <summary>Rows of carried records that take no part on a leg, because an earlier run matched them there.</summary>
public static class LegScope
{
    /// <remarks>A leg that keeps nothing open settles nothing: what its source has open elsewhere is offered to its passes.</remarks>
    /// <returns>[leg][side]: row → true where it is settled there; null where no row is.</returns>
    public static IReadOnlyList<bool[]?[]> Of(
        Pack pack, IReadOnlyList<RecordTable> tables, IReadOnlyDictionary<RecordId, CarriedItem> carried) =>
    [
        .. pack.Legs.Select(leg => leg.Sources.Select(source =>
            pack.KeepsOpen(leg) ? SettledRows(leg, tables[source.Index], carried) : null).ToArray()),
    ];

    static bool[]? SettledRows(LegSpec leg, RecordTable table, IReadOnlyDictionary<RecordId, CarriedItem> carried)
    {
        bool[]? settled = null;
        for (var row = 0; carried.Count > 0 && row < table.Count; row++)
        {
            if (!table.Origins.Carried[row])
            {
                continue;
            }

            var item = carried[new RecordId(table.Name, table.Id(row))];
            if (!item.OpenLegs.Any(open => open.Leg.SequenceEqual(leg.Names)))
            {
                settled ??= new bool[table.Count];
                settled[row] = true;
            }
        }

        return settled;
    }
}

/// <summary>What became of each row of one side of a leg.</summary>
/// <param name="MatchOf">Row → match of this run, −1 for none.</param>
/// <param name="Settled">Row → true where an earlier run matched it on this leg; null: none.</param>
/// <param name="Found">What matching found on the leg.</param>
sealed record SideState(LegSpec Leg, int Side, int[] MatchOf, bool[]? Settled, LegMatches Found)
{
    /// <summary>What passes of this run left open of the source's records on the leg.</summary>
    internal IReadOnlyList<Residual> Residuals => Found.ResidualsOf(Side);

    internal bool IsEarlier(int row) => Settled is not null && row < Settled.Length && Settled[row];

    internal bool IsOpen(int row) => MatchOf[row] < 0 && !IsEarlier(row) && Found.TakenBy(Side, row) < 0;

    /// <summary>True where the row is open on a leg of its source.</summary>
    internal static bool IsOpenAnywhere(IReadOnlyList<SideState> legs, int row)
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

    /// <summary>The states of a source on all its legs, in the order of the pack's legs.</summary>
    internal static IReadOnlyList<SideState> Of(
        Pack pack, RecordTable table, MatchSet matches, IReadOnlyList<bool[]?[]> scope)
    {
        var states = new List<SideState>();
        foreach (var leg in pack.LegsOf(table.Source))
        {
            var side = leg.SideOf(table.Name);
            var found = matches.Legs[leg.Index];
            states.Add(new SideState(leg, side, found.MatchOfRow(side, table.Count), scope[leg.Index][side], found));
        }

        return states;
    }
}
