// Notices amounts with more decimals than their currency has.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>
/// Amounts that need more digits behind the point than ISO 4217 gives their currency; zeros at the end need none. They
/// are records like others.
/// </summary>
static class DecimalNotices
{
    /// <summary>One line a currency, sorted by code: <c>bank: 3 amounts in EUR have more than 2 decimals</c>.</summary>
    public static IEnumerable<string> Of(RecordTable table)
    {
        var counts = new SortedDictionary<Currency, int>();
        foreach (var column in table.Columns.OfType<MoneyColumn>())
        {
            Count(column, table.Origins, counts);
        }

        return counts.Select(entry =>
        {
            var amounts = entry.Value == 1
                ? "1 amount"
                : entry.Value.ToString(CultureInfo.InvariantCulture) + " amounts";
            var have = entry.Value == 1 ? "has" : "have";
            var digits = IsoCurrencies.MinorUnits(entry.Key);
            return $"{table.Name}: {amounts} in {entry.Key} {have} more than {digits} decimals";
        });
    }

    // Carried records were noticed when they were read.
    static void Count(MoneyColumn column, RowOrigins origins, SortedDictionary<Currency, int> counts)
    {
        var units = column.Currencies.Select(currency => UnitsOfMinor(column, currency)).ToArray();
        if (Array.TrueForAll(units, unit => unit == 1))
        {
            return;
        }

        for (var row = 0; row < column.Count; row++)
        {
            var unit = units[column.CurrencyIndex(row)];
            if (unit != 1 && !origins.IsCarried(row) && !column.IsNull(row) && column.Units(row) % unit != 0)
            {
                counts[column.CurrencyOf(row)] = counts.GetValueOrDefault(column.CurrencyOf(row)) + 1;
            }
        }
    }

    // 1 where every digit of the column is a digit of the currency.
    static Int128 UnitsOfMinor(MoneyColumn column, Currency currency) =>
        IsoCurrencies.MinorUnits(currency) is { } digits && digits < column.Scale
            ? ExactNumber.PowerOfTen(column.Scale - digits)
            : 1;
}
