// Reads the header of a CSV file, and says what is wrong with it.
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Recon.Model.Rules;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Csv;

static class CsvHeader
{
    /// <summary>Names of the columns, trimmed; a column without a name is called by its position, <c>#n</c>.</summary>
    /// <exception cref="Model.ReconException">Unreadable, or two columns of one name.</exception>
    public static string[] Names(CsvRows rows, TableBuilder table)
    {
        if (rows.IsQuoteOpen || rows.IsMisquoted)
        {
            throw table.Fault(rows.Line,
                $"the quotes of the header cannot be read: {Printable.Of(rows.Row)}");
        }

        if (rows.Row.IndexOf((byte)0) >= 0 || !Utf8.IsValid(rows.Row))
        {
            throw table.Fault(rows.Line,
                $"the header {CsvDefect.OfBytes(rows.Row)}: {Printable.Of(rows.Row)}");
        }

        var names = new string[rows.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = Encoding.UTF8.GetString(rows.Cell(i)).Trim();
            names[i] = name.Length > 0 ? name : Position(i);
        }

        var twice = names.CountBy(name => name, StringComparer.Ordinal)
            .Where(name => name.Value > 1).ToList();
        return twice.Count == 0
            ? names
            : throw table.Fault(rows.Line, "the header names a column twice: "
                + string.Join(", ", twice.Select(name => $"'{Printable.Of(name.Key)}'")));
    }

    /// <summary><c>#1</c> to <c>#n</c>, for a file without header.</summary>
    public static string[] Positions(int count) => [.. Enumerable.Range(0, count).Select(Position)];

    /// <summary>Throws where the file lacks one of the columns that fields read.</summary>
    public static void Require(
        IReadOnlyList<string> wanted, string[] names, CsvSpec spec, CsvRows rows, TableBuilder table)
    {
        ThrowIfSeparatorIsOther(wanted, names, spec, rows, table);
        var first = spec.HasHeader ? "the header" : "the first row";
        WantedColumns.Require(wanted, names, $"{table.File}: line {rows.Line}: {first}");
    }

    static void ThrowIfSeparatorIsOther(
        IReadOnlyList<string> wanted, string[] names, CsvSpec spec, CsvRows rows, TableBuilder table)
    {
        if (names.Length > 1 || wanted.All(names.Contains))
        {
            return;
        }

        const string Separators = ";,\t|";
        foreach (var other in Separators.Where(c => c != spec.Separator && rows.Row.Contains((byte)c)))
        {
            throw table.Fault(rows.Line,
                $"one cell only, with {Shown(other)} in it; the source says separator: "
                + $"{Shown(spec.Separator)}. Say separator: {Shown(other)}? "
                + $"The line: {Printable.Of(rows.Row)}");
        }
    }

    static string Shown(char separator) => separator == '\t' ? "\"\\t\"" : $"\"{separator}\"";

    static string Position(int index) => "#" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
