// What is left open of a record that a pass matched in part.
using Recon.Model.Columns;

namespace Recon.Model;

/// <summary>Of which record something is left.</summary>
/// <param name="Record">Id of the record as it was read.</param>
/// <param name="Number">The residual's id is <c>Record/Number</c>: the first number that no record of the source has.</param>
/// <param name="Depth">How often the record was split, from 1.</param>
/// <param name="Fields">Money fields that hold what is left instead of what was read, in the order of their splits.</param>
public sealed record ResidualOf(string Record, int Number, int Depth, IReadOnlyList<string> Fields)
{
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Record}/{Number}");

    /// <summary>The id of the record in an id that may be that of a residual; null in any other.</summary>
    public static string? RecordIn(string id) =>
        id.LastIndexOf('/') is > 0 and var slash && slash + 1 < id.Length && !id.AsSpan(slash + 1).ContainsAnyExceptInRange('0', '9')
            ? id[..slash]
            : null;
}

/// <summary>A residual that a pass made on a leg: a row behind those of the source, as all but its amount is kept.</summary>
/// <param name="Root">Row of the source's table that it comes from.</param>
/// <param name="Split">Row of the leg that was matched in part: the root, or a residual of it.</param>
/// <param name="Amount">What is left in the last of the fields of <paramref name="Of"/>.</param>
/// <param name="Pass">Index of the pass that made it.</param>
public sealed record Residual(int Root, int Split, ResidualOf Of, Money Amount, int Pass)
{
    /// <summary>The field of <see cref="Amount"/>.</summary>
    public string Field => Of.Fields[^1];
}

/// <summary>The residuals of one side of a leg.</summary>
/// <param name="Rows">In the order of their rows.</param>
/// <param name="Table">The source's table with them behind its own rows; null where there are none.</param>
public sealed record ResidualsOfSide(IReadOnlyList<Residual> Rows, RecordTable? Table);

public static class ResidualRows
{
    /// <summary>The table with the residuals as further rows, in their order; rows before keep their places.</summary>
    public static RecordTable With(this RecordTable table, IReadOnlyList<Residual> residuals)
    {
        int[] rows = [.. Enumerable.Range(0, table.Count), .. residuals.Select(residual => residual.Split)];
        var ids = new TextColumnBuilder();
        for (var row = 0; row < table.Count; row++)
        {
            ids.Append(table.Ids.Utf8(row));
        }

        foreach (var residual in residuals)
        {
            ids.Append(residual.Of.Id);
        }

        var origins = table.Origins;
        var named = new Dictionary<int, ResidualOf>(origins.Residuals);
        var columns = table.Columns.Select(column => column.Gather(rows)).ToArray();
        for (var i = 0; i < residuals.Count; i++)
        {
            named.Add(table.Count + i, residuals[i].Of);
        }

        foreach (var field in residuals.Select(residual => residual.Field).Distinct(StringComparer.Ordinal))
        {
            var place = table.Source.Fields.Index().First(each => each.Item.Name == field).Index;
            columns[place] = Replaced((MoneyColumn)columns[place], row => row < table.Count ? null : Left(residuals[row - table.Count], field));
        }

        return new RecordTable(table.Source, (TextColumn)ids.Build(), columns, new RowOrigins(
            origins.Raw,
            origins.RawTableOf is { } tableOf ? [.. rows.Select(row => tableOf[row])] : null,
            [.. rows.Select(row => origins.RawRowOf[row])],
            origins.Carried is null ? null : [.. rows.Select(origins.IsCarried)])
        {
            Residuals = named,
        });
    }

    /// <summary>The column with other amounts in some rows.</summary>
    /// <param name="amountOf">The amount of a row; null where it stays as it is.</param>
    public static MoneyColumn Replaced(MoneyColumn column, Func<int, Money?> amountOf)
    {
        var amounts = new AmountColumnBuilder(FieldKind.Money);
        for (var row = 0; row < column.Count; row++)
        {
            if (amountOf(row) is { } other)
            {
                amounts.Append(other.Number, other.CurrencyCode);
            }
            else if (column.IsNull(row))
            {
                amounts.AppendNull();
            }
            else
            {
                amounts.Append(column.Number(row), column.CurrencyOf(row));
            }
        }

        return (MoneyColumn)amounts.Build();
    }

    static Money? Left(Residual residual, string field) => residual.Field == field ? residual.Amount : null;
}
