// One leg as judging sees it: its two tables, its matches and what earlier runs settled.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <param name="Tables">In the order of the leg's sources; their indexes are the sides.</param>
/// <param name="Settled">By side: row → true where an earlier run settled the record on this leg; null: none.</param>
sealed record LegView(
    LegSpec Leg, LegMatches Matches, IReadOnlyList<RecordTable> Tables, IReadOnlyList<bool[]?> Settled)
{
    public static LegView Of(
        LegMatches matches, IReadOnlyList<RecordTable> tables, IReadOnlyList<bool[]?> settled) =>
        new(matches.Leg, matches, [.. matches.Leg.Sources.Select((source, side) => matches.TableOf(side, tables[source.Index]))], settled)
        {
            Left = [.. matches.Leg.Sources.Select((_, side) => matches.ResidualsOf(side).ToDictionary(residual => residual.Split))],
        };

    // By side, by the row that was split.
    IReadOnlyList<Dictionary<int, Residual>> Left { get; init; } = [];

    /// <summary>True for a row that is matched in part: something of it is left open.</summary>
    public bool IsSplit(int side, int row) => side < Left.Count && Left[side].ContainsKey(row);

    /// <summary>What of a field of a record its match does not hold, because it is left open; null for nothing.</summary>
    public Money? LeftOf(int side, int row, string field) =>
        side < Left.Count && Left[side].TryGetValue(row, out var residual) && residual.Field == field ? residual.Amount : null;

    /// <summary>−1 where the source is not on this leg.</summary>
    public int SideOf(string source) => Leg.SideOf(source);

    public RecordId RecordOf(int side, int row) => new(Tables[side].Name, Tables[side].Id(row));

    /// <summary>The column of a field; <c>id</c> is the business key where no field has that name.</summary>
    public static Column ColumnOf(RecordTable table, string field) =>
        field == "id" && table.Source.Fields.All(declared => declared.Name != "id")
            ? table.Ids
            : table.Column(field);
}
