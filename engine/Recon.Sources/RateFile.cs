// Reads exchange rates from a CSV file as the European Central Bank publishes them.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Sources.Csv;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources;

/// <summary>Rates come from files that the workspace names, one a publisher.</summary>
public static class RateFile
{
    const string DateColumn = "Date";

    // What publishers write where there is no rate on a day.
    static readonly string[] None = ["", "N/A", "-"];

    /// <summary>
    /// Reads a CSV file of the form of <c>eurofxref-hist.csv</c>: a column <c>Date</c> in ISO form, and for each currency a column named
    /// as it, with its units for one unit of the base; an empty cell or <c>N/A</c> is no rate. Columns without a name are passed over.
    /// </summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputMissing"/>: no such file; <see cref="FaultKind.InputWrong"/>: no such table, two rows of one day, or a
    /// cell that is no rate.
    /// </exception>
    public static RateTable Read(string path, string name, Currency baseCurrency) => NamedTable.Read(
        path, $"rates {name}", [DateColumn], (rows, table) => new RateTable(name, baseCurrency, Rates(rows, table, baseCurrency)));

    static List<PublishedRate> Rates(CsvRows rows, TableBuilder table, Currency baseCurrency)
    {
        var (places, names) = NamedTable.Header(rows, table, [DateColumn]);
        var columns = Columns(names, rows, table, baseCurrency);
        var rates = new List<PublishedRate>();
        var days = new HashSet<DateOnly>();
        while (rows.Next())
        {
            var day = Day(Cell(rows, places[0]), rows, table);
            if (!days.Add(day))
            {
                throw table.Fault(rows.Line, $"{day:yyyy-MM-dd} stands there twice");
            }

            foreach (var (place, currency) in columns)
            {
                if (Cell(rows, place) is var cell && !None.Contains(cell))
                {
                    rates.Add(new PublishedRate(currency, day, RateOf(cell, currency, rows, table)));
                }
            }
        }

        return rates;
    }

    static List<(int Place, Currency Currency)> Columns(string[] names, CsvRows rows, TableBuilder table, Currency baseCurrency)
    {
        var columns = new List<(int Place, Currency Currency)>();
        for (var place = 0; place < names.Length; place++)
        {
            if (names[place] == DateColumn || names[place].StartsWith('#'))
            {
                continue;
            }

            if (!Currency.TryParse(names[place], out var currency))
            {
                throw table.Fault(rows.Line, $"the column '{Printable.Of(names[place])}' is no currency; expected three capital letters");
            }

            if (currency == baseCurrency)
            {
                throw table.Fault(rows.Line, $"{currency} is the base of these rates: it has no rate of its own");
            }

            columns.Add((place, currency));
        }

        return columns;
    }

    static string Cell(CsvRows rows, int place) => place < rows.Count ? Encoding.UTF8.GetString(rows.Cell(place)).Trim() : "";

    static DateOnly Day(string text, CsvRows rows, TableBuilder table) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw table.Fault(rows.Line, $"'{Printable.Of(text)}' is no date; expected yyyy-MM-dd");

    static ExactNumber RateOf(string text, Currency currency, CsvRows rows, TableBuilder table) =>
        ExactNumber.TryParse(text, out var rate) && rate.Sign > 0
            ? rate
            : throw table.Fault(rows.Line, $"'{Printable.Of(text)}' is no rate of {currency}; expected a number above 0, or N/A");
}
