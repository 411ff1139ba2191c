// Notices currency codes that ISO 4217 does not know.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>A token such as USDT has such a code, and so has a currency that is misspelt. Their rows are records like others.</summary>
static class CurrencyNotices
{
    /// <summary>
    /// One line a code, sorted: <c>bank: 3 records are in EURO, which is not in ISO 4217; the first is A2</c>. The first is
    /// the one of the smallest id, wherever its row stands.
    /// </summary>
    public static IEnumerable<string> Of(RecordTable table)
    {
        var found = new SortedDictionary<Currency, (int Count, int First)>();
        var columns = table.Columns.OfType<MoneyColumn>()
            .Where(column => column.Currencies.Any(currency => IsoCurrencies.MinorUnits(currency) is null)).ToList();
        for (var row = 0; columns.Count > 0 && row < table.Count; row++)
        {
            // Carried records were noticed when they were read.
            if (table.Origins.IsCarried(row))
            {
                continue;
            }

            foreach (var currency in Unknown(columns, row))
            {
                var (count, first) = found.GetValueOrDefault(currency, (0, row));
                found[currency] = (count + 1, first);
            }
        }

        return found.Select(entry =>
        {
            var records = entry.Value.Count == 1
                ? "1 record is"
                : entry.Value.Count.ToString(CultureInfo.InvariantCulture) + " records are";
            var id = OneLine.Of(table.Id(entry.Value.First), 100);
            return $"{table.Name}: {records} in {entry.Key}, which is not in ISO 4217; the first is {id}";
        });
    }

    static HashSet<Currency> Unknown(List<MoneyColumn> columns, int row) =>
    [
        .. columns.Where(column => !column.IsNull(row)).Select(column => column.CurrencyOf(row))
            .Where(currency => IsoCurrencies.MinorUnits(currency) is null),
    ];
}
