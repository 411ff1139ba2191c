// Opens a CSV file that the workspace names beside the inputs: a calendar, labels, rates.
using Recon.Model;
using Recon.Sources.Csv;
using Recon.Sources.Files;

namespace Recon.Sources.Tables;

/// <summary>A small table with a header, UTF-8, whose separator is the first that its header has.</summary>
static class NamedTable
{
    static readonly byte[] Separators = [.. ",;\t|%"u8];

    /// <summary>Hands over the rows, none of them read yet; faults of the table name the file.</summary>
    /// <param name="kind">What the file is: <c>calendar BANK-NL</c>.</param>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputMissing"/>: no such file; <see cref="FaultKind.InputWrong"/>: no such table;
    /// <see cref="FaultKind.Storage"/>: it cannot be read.
    /// </exception>
    public static T Read<T>(string path, string kind, IReadOnlyList<string> columns, Func<CsvRows, TableBuilder, T> read)
    {
        var label = $"{kind} ({Path.GetFileName(path)})";
        if (!File.Exists(path))
        {
            throw new ReconException($"{kind}: no file '{path}'", FaultKind.InputMissing);
        }

        try
        {
            using var input = InputStream.Open(RealPath.Of(path), label, progress: null, default);
            var table = new TableBuilder(kind, columns, hasStatements: false);
            table.BeginFile(label);
            return ReadRows(input, table, read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{label}: cannot be read: {exception.Message}", FaultKind.Storage,
                inner: exception);
        }
    }

    /// <summary>Reads the header.</summary>
    /// <returns>The place of each wanted column.</returns>
    public static (int[] Places, string[] Names) Header(CsvRows rows, TableBuilder table, IReadOnlyList<string> wanted)
    {
        if (!rows.Next())
        {
            throw table.Fault(0, "no header line: all lines are blank");
        }

        var names = CsvHeader.Names(rows, table);
        WantedColumns.Require(wanted, names, $"{table.File}: line {rows.Line}: the header");
        return ([.. wanted.Select(name => Array.IndexOf(names, name))], names);
    }

    static T ReadRows<T>(InputStream input, TableBuilder table, Func<CsvRows, TableBuilder, T> read)
    {
        var header = FirstLine(input.Head());
        var separator = header.IndexOfAny(Separators) is var at and >= 0 ? header[at] : (byte)',';
        var rows = new CsvRows(CsvText.Of(input, "utf-8").Utf8, separator, (byte)'"', StayingWindows.For(input.Size));
        try
        {
            return read(rows, table);
        }
        catch (LongRowException exception)
        {
            throw exception.Fault(table.File);
        }
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart("\r\n"u8);
        return text.IndexOf((byte)'\n') is var end and >= 0 ? text[..end] : text;
    }
}
