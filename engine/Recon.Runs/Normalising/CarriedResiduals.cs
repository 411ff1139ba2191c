// What is left of records matched in part, bound again from the raw row of the whole record.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>
/// A carried residual is its record's raw row under the residual's id, with what is left in the place of its amounts. Its
/// derived fields and conditions are those of the whole record.
/// </summary>
static class CarriedResiduals
{
    /// <summary>The ids with those of residuals in their places.</summary>
    /// <param name="ids">By position, as the rows have them.</param>
    public static TextColumn Named(TextColumn ids, int[] rowAt, RawRows rows)
    {
        if (!rows.HasResiduals)
        {
            return ids;
        }

        var named = new TextColumnBuilder();
        for (var position = 0; position < rowAt.Length; position++)
        {
            if (ids.IsNull(position))
            {
                named.AppendNull();
            }
            else if (rows.Carried(rowAt[position])?.Residual is { } residual)
            {
                named.Append((residual.Of with { Record = ids.Text(position)! }).Id);
            }
            else
            {
                named.Append(ids.Utf8(position));
            }
        }

        return (TextColumn)named.Build();
    }

    /// <summary>Why the pack cannot hold what is left of a record any more; null where it can.</summary>
    public static string? Objection(SourceSpec source, CarriedResidual residual)
    {
        var lost = residual.Of.Fields.FirstOrDefault(name =>
            !source.Fields.Any(field => field.Name == name && field.Kind == FieldKind.Money));
        return lost is null
            ? null
            : $"it is what was left of {OneLine.Of(residual.Of.Record, 80)} in the money field '{lost}', which the pack does not have any more";
    }

    /// <summary>The records with what is left in the amounts of residuals.</summary>
    /// <param name="rowAt">Row of the table → raw row.</param>
    public static RecordTable Applied(RecordTable table, int[] rowAt, RawRows rows)
    {
        if (!rows.HasResiduals)
        {
            return table;
        }

        var residuals = new Dictionary<int, (ResidualOf Of, IReadOnlyList<Money> Amounts)>();
        for (var row = 0; row < rowAt.Length; row++)
        {
            if (rows.Carried(rowAt[row])?.Residual is { } residual)
            {
                var id = table.Id(row);
                var record = id[..id.LastIndexOf('/')];
                residuals.Add(row, (residual.Of with { Record = record }, residual.Amounts));
            }
        }

        var columns = table.Columns.Select((column, place) => Left(column, table.Source.Fields[place].Name)).ToList();
        return new RecordTable(table.Source, table.Ids, columns, table.Origins with
        {
            Residuals = residuals.ToDictionary(entry => entry.Key, entry => entry.Value.Of),
        });

        Column Left(Column column, string field) => residuals.Values.Any(each => each.Of.Fields.Contains(field))
            ? ResidualRows.Replaced((MoneyColumn)column, row => AmountOf(row, field))
            : column;

        Money? AmountOf(int row, string field) =>
            residuals.TryGetValue(row, out var each) && each.Of.Fields.Index().FirstOrDefault(name => name.Item == field) is { Item: not null } found
                ? each.Amounts[found.Index]
                : null;
    }
}
