// What people matched by hand and took apart, in the rows of a run.
using System.Text;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Returning;

namespace Recon.Runs.Acting;

/// <summary>Records of one leg, by side.</summary>
/// <param name="Leg">Index of the leg.</param>
/// <param name="Rows">Of each side, ascending; none empty.</param>
sealed record LegRows(int Leg, int[][] Rows);

/// <param name="Pack">The pack, behind its own passes one for each leg on which people matched.</param>
/// <param name="Given">By the index of these passes: match by match the rows of each side.</param>
/// <param name="Apart">Sets of records that are not one event.</param>
/// <param name="NotTaken">Why a decision does not hold here, one line each.</param>
sealed record HandMatches(
    Pack Pack, IReadOnlyDictionary<int, IReadOnlyList<int[][]>> Given, IReadOnlyList<LegRows> Apart, IReadOnlyList<string> NotTaken)
{
    internal static HandMatches Of(ReturnedPostings returned, Decisions decisions, IReadOnlyList<NormalisedSource> sources, DateOnly businessDate)
    {
        var pack = returned.Pack;
        var (rows, taken, notTaken) = (new HandRows(returned, sources), new List<LegRows>(), new List<string>());
        foreach (var act in decisions.Matched)
        {
            if (rows.Of(act, out var why) is { } found && (why = rows.Take(found)) is null)
            {
                taken.Add(found);
            }
            else if (act.BusinessDate == businessDate || rows.AnyIsOpen(act))
            {
                notTaken.Add($"{Told(act)} is not matched here: {why}");
            }
        }

        var apart = new List<LegRows>();
        foreach (var act in decisions.Apart)
        {
            if (rows.Of(act, out var why) is { } found)
            {
                apart.Add(found);
            }
            else if (act.BusinessDate == businessDate || rows.AllAreOpen(act))
            {
                notTaken.Add($"{Told(act)} is not kept apart here: {why}");
            }
        }

        var legs = taken.GroupBy(match => match.Leg).OrderBy(leg => leg.Key).ToList();
        var passes = legs.Select((leg, i) => PassOn(pack, pack.Legs[leg.Key], pack.Passes.Count + i, BuiltInPasses.ByHandOn(i)));
        return new HandMatches(
            legs.Count == 0 ? pack : pack with { Passes = [.. pack.Passes, .. passes] },
            legs.Select((leg, i) => (pack.Passes.Count + i, leg.Select(match => match.Rows).ToList()))
                .ToDictionary(entry => entry.Item1, entry => (IReadOnlyList<int[][]>)entry.Item2),
            apart,
            notTaken);
    }

    static string Told(Act act) =>
        $"{string.Join(" ~ ", act.Detail.Records!)}, by {act.By} on {act.Day} ({act.Reason}),";

    static PassSpec PassOn(Pack pack, LegSpec leg, int index, string id) => new(
        id, index, leg, leg.Sources[0], leg.Sources[1], Cardinality.ManyToMany, [], HandComparisons.Of(pack, leg), TieRule.Ask, Hold: false, When: null,
        new Place("", 1, 1, 1, ""))
    {
        Kind = PassKind.ByHand,
    };
}

/// <summary>Finds the rows of records that acts name, and sees that none is taken twice.</summary>
sealed class HandRows(ReturnedPostings returned, IReadOnlyList<NormalisedSource> sources)
{
    readonly HashSet<(int Leg, int Side, int Row)> _taken = [];

    /// <param name="why">Why the act does not hold here; null where it does.</param>
    internal LegRows? Of(Act act, out string? why)
    {
        if (returned.Pack.LegOf(act.Detail.Leg!) is not { } leg)
        {
            why = $"the pack has no leg {string.Join(" ~ ", act.Detail.Leg!)}";
            return null;
        }

        var rows = new SortedSet<int>[leg.Sources.Count];
        for (var side = 0; side < rows.Length; side++)
        {
            rows[side] = [];
        }

        foreach (var (record, then) in act.Detail.Records!.Zip(act.Detail.Facts!))
        {
            var side = leg.SideOf(record.Source);
            var source = sources[leg.Sources[side].Index];
            var row = source.Records.RowOf(Encoding.UTF8.GetBytes(record.Id));
            if (row >= 0 && source.Records.Origins.IsJoined(row))
            {
                throw new JoinUndoneException($"people decided about {record}, which the server joined");
            }

            why = returned.Has(leg.Sources[side].Index, row) ? $"{record} is a posting of ours, or booked by one"
                : !IsOpen(leg, side, row) ? $"{record} is not open on {leg}"
                : !RecordContent.Is(source, row, then.Value) ? $"{record} was changed since"
                : null;
            if (why is not null)
            {
                return null;
            }

            rows[side].Add(row);
        }

        why = null;
        return new LegRows(leg.Index, [.. rows.Select(side => side.ToArray())]);
    }

    /// <summary>False where an earlier date settled every record on the leg: there is nothing left to match.</summary>
    internal bool AnyIsOpen(Act act) => returned.Pack.LegOf(act.Detail.Leg!) is not { } leg || act.Detail.Records!.Any(record => IsOpen(leg, record));

    /// <summary>False where an earlier date settled one of the records on the leg: no rule can find just these.</summary>
    internal bool AllAreOpen(Act act) => returned.Pack.LegOf(act.Detail.Leg!) is not { } leg || act.Detail.Records!.All(record => IsOpen(leg, record));

    bool IsOpen(LegSpec leg, RecordId record)
    {
        var side = leg.SideOf(record.Source);
        return IsOpen(leg, side, sources[leg.Sources[side].Index].Records.RowOf(Encoding.UTF8.GetBytes(record.Id)));
    }

    bool IsOpen(LegSpec leg, int side, int row) => row >= 0 && returned.Scope.SettledRows[leg.Index][side]?[row] != true;

    /// <summary>Why it cannot be taken; null where it is now.</summary>
    internal string? Take(LegRows match)
    {
        var places = match.Rows.SelectMany((rows, side) => rows.Select(row => (match.Leg, side, row))).ToList();
        if (places.Exists(_taken.Contains))
        {
            return "one of its records is in another match by hand";
        }

        _taken.UnionWith(places);
        return null;
    }
}
