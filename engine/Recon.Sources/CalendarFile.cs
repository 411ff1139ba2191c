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
    public static BusinessCalendar Read(string path, string name)
    {
        var label = $"calendar {name} ({Path.GetFileName(path)})";
        if (!File.Exists(path))
        {
            throw new ReconException($"calendar {name}: no file '{path}'", FaultKind.InputMissing);
        }

        try
        {
            using var input = InputStream.Open(RealPath.Of(path), label, progress: null, default);
            var table = new TableBuilder(name, [DateColumn], hasStatements: false);
            table.BeginFile(label);
            return BusinessCalendar.FromHolidays(name, Dates(input, table));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{label}: cannot be read: {exception.Message}", FaultKind.Storage,
                inner: exception);
        }
    }

    static List<DateOnly> Dates(InputStream input, TableBuilder table)
    {
        var separator = input.Head().IndexOfAny((byte)',', (byte)';') is var at and >= 0
            ? input.Head()[at]
            : (byte)',';
        var rows = new CsvRows(CsvText.Of(input, "utf-8").Utf8, separator, (byte)'"', CsvRows.WindowFor(input.Size));
        var dates = new List<DateOnly>();
        try
        {
            var column = Column(rows, table);
            while (rows.Next())
            {
                dates.Add(Date(rows, column, table));
            }
        }
        catch (LongRowException exception)
        {
            throw exception.Fault(table.File);
        }

        return dates;
    }

    static int Column(CsvRows rows, TableBuilder table)
    {
        if (!rows.Next())
        {
            throw table.Fault(0, "no header line: all lines are blank");
        }

        var names = CsvHeader.Names(rows, table);
        WantedColumns.Require([DateColumn], names, $"{table.File}: line {rows.Line}: the header");
        return Array.IndexOf(names, DateColumn);
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
