// Values of any kind as texts that can be compared byte by byte: equal values, equal texts.
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>Canonical texts do not depend on other rows: amounts have no zeros at their end, whatever the column's scale.</summary>
static class CanonicalColumn
{
    /// <summary>Of the rows named; NULL stays NULL.</summary>
    public static TextColumn Of(FieldValues values, int[] rows)
    {
        if (values is TextValues texts)
        {
            return (TextColumn)texts.Build(rows);
        }

        var builder = new TextColumnBuilder();
        var text = new CanonicalText();
        foreach (var row in rows)
        {
            text.Clear();
            if (values.IsNull(row))
            {
                builder.AppendNull();
            }
            else
            {
                values.Write(row, text);
                builder.Append(text.Utf8);
            }
        }

        return builder.Build();
    }

    /// <summary>Of a derived column.</summary>
    public static TextColumn Of(Column column) => column switch
    {
        TextColumn texts => texts,
        ScaledColumn amounts => TextColumn.Of(Enumerable.Range(0, column.Count).Select(row => Trimmed(amounts, row))),
        _ => TextColumn.Of(Enumerable.Range(0, column.Count).Select(column.Display)),
    };

    static string? Trimmed(ScaledColumn amounts, int row)
    {
        var number = amounts.Number(row).Trimmed();
        return amounts.IsNull(row) ? null
            : amounts is MoneyColumn money ? $"{number} {money.CurrencyOf(row)}"
            : number.ToString();
    }
}
