// How a CSV file is written, told from its bytes: encoding, separator, header.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Sources.Profiling;

/// <param name="Encoding">A word of the pack language; a byte order mark in the file wins over it.</param>
public sealed record CsvLayout(string Encoding, char Separator, bool HasHeader)
{
    // As much as says it: some hundred rows.
    const int HeadBytes = 1 << 16;
    const int HeadLines = 200;

    static readonly char[] Separators = [',', ';', '\t', '|', '^', '~', '%', ':'];

    /// <summary>The layout of a file, by its first 64 KiB; the encoding by all of it.</summary>
    /// <exception cref="ReconException">The file cannot be read, or is empty.</exception>
    public static CsvLayout Of(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var encoding = EncodingOf(bytes);
            var lines = LinesOf(bytes, encoding);
            if (lines.Count == 0)
            {
                throw new ReconException($"{path}: the file is empty", FaultKind.InputWrong);
            }

            var separator = SeparatorOf(lines);
            return new CsvLayout(encoding, separator, IsHeader(Cells(lines[0], separator), [.. lines.Skip(1).Take(20).Select(line => Cells(line, separator))]));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{path}: {fault.Message}", FaultKind.Storage, inner: fault);
        }
    }

    /// <summary>As a pack reads it, every cell a text.</summary>
    internal CsvSpec ToSpec() => new(Separator, '"', Encoding, HasHeader, 0, null, Dialect.Canonical);

    static string EncodingOf(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return "utf-16";
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? "utf-8" : "windows-1252";
    }

    // Letters beyond ASCII say nothing about separators.
    static List<string> LinesOf(byte[] bytes, string encoding)
    {
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, HeadBytes));
        var text = encoding switch
        {
            "utf-16" => (bytes[0] == 0xFF ? System.Text.Encoding.Unicode : System.Text.Encoding.BigEndianUnicode).GetString(head),
            "utf-8" => System.Text.Encoding.UTF8.GetString(head),
            _ => System.Text.Encoding.Latin1.GetString(head),
        };
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
        return [.. lines.Take(Math.Clamp(bytes.Length > HeadBytes ? lines.Count - 1 : lines.Count, 1, HeadLines))];
    }

    // The one that cuts most lines into as many cells as the first, and into the most of them.
    static char SeparatorOf(List<string> lines) => Separators
        .Select((separator, order) => (Separator: separator, Order: order, Counts: lines.Select(line => Cells(line, separator).Count).ToList()))
        .Where(entry => entry.Counts[0] > 1)
        .OrderByDescending(entry => entry.Counts.Count(count => count == entry.Counts[0]) * 20 / entry.Counts.Count)
        .ThenByDescending(entry => entry.Counts[0])
        .ThenBy(entry => entry.Order)
        .Select(entry => entry.Separator)
        .FirstOrDefault(',');

    // A header names: most cells say something, none is a number or a day, and none stands in its own column.
    static bool IsHeader(List<string> first, List<List<string>> rows) =>
        first.Count(cell => cell.Trim().Length > 0) * 2 > first.Count
        && first.TrueForAll(cell => !cell.Any(char.IsAsciiDigit) | cell.Any(char.IsLetter))
        && !first.Index().Any(cell => cell.Item.Length > 0 && rows.Exists(row => cell.Index < row.Count && row[cell.Index] == cell.Item))
        && first.TrueForAll(cell => ValueForms.DateFormat([cell.Trim()]) is null && ValueForms.NumberForm([cell.Trim()]) is null);

    static List<string> Cells(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == separator && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
