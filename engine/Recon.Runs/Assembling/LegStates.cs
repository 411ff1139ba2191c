// For each leg and side, which match each row stands in and which rows an earlier run took there.
using System.Collections;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;

namespace Recon.Runs.Assembling;

/// <summary>Rows of carried records that take no part on a leg, because an earlier run took them there.</summary>
public static class LegScope
{
    /// <remarks>A leg that keeps nothing open settles nothing: what its source has open elsewhere is offered to its passes.</remarks>
    /// <returns>[leg][side]: row → true where it is settled there; null where no row is.</returns>
    public static IReadOnlyList<bool[]?[]> Of(Pack pack, IReadOnlyList<NormalisedSource> sources) =>
    [
        .. pack.Legs.Select(leg => leg.Sources.Select(source =>
            pack.KeepsOpen(leg) ? SettledRows(leg, sources[source.Index]) : null).ToArray()),
    ];

    static bool[]? SettledRows(LegSpec leg, NormalisedSource source)
    {
        bool[]? settled = null;
        foreach (var fate in source.Fates)
        {
            if (fate is { Row: >= 0, IsReplaced: false } && fate.Item.IsTakenOn(leg))
            {
                settled ??= new bool[source.Records.Count];
                settled[fate.Row] = true;
            }
        }

        return settled;
    }
}

/// <summary>What became of each row of one side of a leg.</summary>
/// <param name="Matched">Row of the leg's table → true where it stands in a match of this run.</param>
/// <param name="Settled">Row → true where an earlier run matched it on this leg; null: none.</param>
/// <param name="Found">What matching found on the leg.</param>
sealed record SideState(LegSpec Leg, int Side, BitArray Matched, bool[]? Settled, LegMatches Found)
{
    int[]? _openRows;
    int[]? _matchOf;

    /// <summary>Row → match, −1 for none; made for those few who ask.</summary>
    internal int[] MatchOf => _matchOf ??= Found.MatchOfRow(Side, RowCount);

    /// <summary>The rows of the source that are open, ascending.</summary>
    internal ReadOnlySpan<int> OpenRows => _openRows ??= FindOpen();

    /// <summary>What this run left open of records of the source, with the rows of the leg's table.</summary>
    internal IEnumerable<(Residual Residual, int Row)> OpenResiduals =>
        Found.ResidualsOf(Side).Select((residual, i) => (residual, RowCount + i)).Where(left => IsOpen(left.Item2));

    int RowCount => Matched.Length - Found.ResidualsOf(Side).Count;

    internal bool IsEarlier(int row) => Settled is not null && row < Settled.Length && Settled[row];

    internal bool IsOpen(int row) => !Matched[row] && !IsEarlier(row) && Found.TakenBy(Side, row) < 0;

    /// <summary>The rows of a source that are open on a leg, ascending.</summary>
    internal static ReadOnlySpan<int> OpenAnywhere(IReadOnlyList<SideState> legs)
    {
        if (legs.Count == 0)
        {
            return [];
        }

        var open = legs[0].OpenRows;
        foreach (var leg in legs.Skip(1))
        {
            open = Either(open, leg.OpenRows);
        }

        return open;
    }

    // Both ascend, and so does what comes out.
    static int[] Either(ReadOnlySpan<int> rows, ReadOnlySpan<int> others)
    {
        var either = new List<int>(Math.Max(rows.Length, others.Length));
        for (var (i, j) = (0, 0); i < rows.Length || j < others.Length;)
        {
            var row = Math.Min(i < rows.Length ? rows[i] : int.MaxValue, j < others.Length ? others[j] : int.MaxValue);
            i += i < rows.Length && rows[i] == row ? 1 : 0;
            j += j < others.Length && others[j] == row ? 1 : 0;
            either.Add(row);
        }

        return [.. either];
    }

    int[] FindOpen()
    {
        var open = new List<int>();
        for (var row = 0; row < RowCount; row++)
        {
            if (IsOpen(row))
            {
                open.Add(row);
            }
        }

        return [.. open];
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
            states.Add(new SideState(leg, side, found.MatchedRows(side, table.Count), scope[leg.Index][side], found));
        }

        return states;
    }
}
