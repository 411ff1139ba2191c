// Reads a calendar of holidays from a CSV file.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Sources.Csv;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources;

/// <summary>Calendars other than the built-in ones come from files: weekends and the dates listed are no business days.</summary>
public static class CalendarFile
{
    const string DateColumn = "date";

    /// <summary>
    /// Reads a CSV file (UTF-8; comma or semicolon) with a column <c>date</c> in ISO form; other columns are passed over.
    /// </summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="name">Name of the calendar.</param>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputMissing"/>: no such file; <see cref="FaultKind.InputWrong"/>: no such table, or a line
    /// without a date.
    /// </exception>
    public static BusinessCalendar Read(string path, string name) => NamedTable.Read(
        path, $"calendar {name}", [DateColumn], (rows, table) => BusinessCalendar.FromHolidays(name, Dates(rows, table)));

    static List<DateOnly> Dates(CsvRows rows, TableBuilder table)
    {
        var column = NamedTable.Header(rows, table, [DateColumn]).Places[0];
        var dates = new List<DateOnly>();
        while (rows.Next())
        {
            dates.Add(Date(rows, column, table));
        }

        return dates;
    }

    static DateOnly Date(CsvRows rows, int column, TableBuilder table)
    {
        var text = column < rows.Count ? Encoding.UTF8.GetString(rows.Cell(column)).Trim() : "";
        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw table.Fault(rows.Line, $"'{Printable.Of(text)}' is no date; expected yyyy-MM-dd");
    }
}
