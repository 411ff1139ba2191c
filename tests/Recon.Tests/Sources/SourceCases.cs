// The case files of the readers, and the texts they are compared with.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Controls;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources;

/// <summary>
/// A case is a file with an <c>.expected</c> text beside it; lines of that text that begin with # are the author's.
/// </summary>
static class SourceCases
{
    public static string Root { get; } = Path.Combine(Repository(), "tests", "cases", "sources");

    public static DateOnly Date { get; } = new(2026, 2, 27);

    /// <summary>All files below a folder that are cases: relative names with slashes, sorted.</summary>
    public static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".expected" or ".md"))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static SourceSpec Source(
        ReadFormat format, string path, CsvSpec? csv = null, params string[] columns) => new(
        "source", 0, SourceRole.External, new ReadSpec(format, path, false, csv), null, null, null,
        [.. columns.Select(Field)], "UTC", null, null, []);

    public static FieldSpec Field(string column) =>
        new(column, FieldKind.Text, true, column, null, null, [], null, null, null, null, null);

    public static CsvSpec Csv { get; } = new(',', '"', "utf-8", true, 0, null, Dialect.Canonical);

    public static RawTable Read(string inputs, SourceSpec source) =>
        new FileSourceReader(inputs).Read(source, new ReadRequest("pack", Date), CancellationToken.None);

    /// <summary>As <see cref="Read"/>, with rows that do not stay in memory.</summary>
    public static RawTable ReadElsewhere(string inputs, SourceSpec source) =>
        new FileSourceReader(inputs) { LargeBytes = 0, LargeWindow = 64 }.Read(
            source, new ReadRequest("pack", Date) { Intake = _ => { }, Threads = 2 }, CancellationToken.None);

    /// <summary>What reading gives, as text: the table, or the fault.</summary>
    public static string Outcome(Func<RawTable> read, Func<RawTable, string> render)
    {
        try
        {
            return render(read());
        }
        catch (ReconException fault)
        {
            return $"fault {fault.Kind}{(fault.IsTransient ? " (transient)" : "")}: {fault.Message}\n";
        }
    }

    /// <summary>The lines of the expectation that begin with #, without that.</summary>
    public static IReadOnlyList<string> Remarks(string name)
    {
        var path = Path.Combine(Root, name + ".expected");
        return File.Exists(path)
            ? [.. File.ReadAllLines(path).TakeWhile(l => l.StartsWith('#')).Select(l => l[1..].Trim())]
            : [];
    }

    /// <summary>Compares with the expectation beside the case; with RECON_UPDATE=1 rewrites it.</summary>
    public static void Compare(string name, string found)
    {
        var path = Path.Combine(Root, name + ".expected");
        var text = string.Concat(Remarks(name).Select(remark => $"# {remark}\n")) + found;
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }

        Assert.True(File.Exists(path),
            $"{name} has no .expected beside it; RECON_UPDATE=1 writes one:\n{text}");
        Assert.Equal(File.ReadAllText(path), text);
    }

    /// <summary>Statements with their verdict, rows by what they say, rejects.</summary>
    public static string Statements(RawTable table)
    {
        var text = new StringBuilder();
        for (var i = 0; i < table.Statements.Count; i++)
        {
            var statement = table.Statements[i];
            text.Append(CultureInfo.InvariantCulture, $"statement {i + 1}  line {statement.Line}  ")
                .Append("account '").Append(statement.Account)
                .Append("'  number '").Append(statement.Number)
                .Append("'\n  opening ").Append(Shown(statement.Opening))
                .Append("  movements ").Append(Shown(statement.Movements))
                .Append(CultureInfo.InvariantCulture, $" in {statement.Entries}")
                .Append("  closing ").Append(Shown(statement.Closing))
                .Append("\n  ").Append(Verdict(statement)).Append('\n');
        }

        for (var row = 0; row < table.Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"row  line {table.Line(row)}  statement {table.StatementOf![row] + 1}");
            text.Append(CultureInfo.InvariantCulture,
                $"  {Cell(table, "amount", row)} {Cell(table, "currency", row)}");
            text.Append(CultureInfo.InvariantCulture,
                $"  value {Cell(table, "value_date", row)}  booked {Cell(table, "booking_date", row)}\n");
            AppendOthers(text, table, row);
        }

        return text.Append(Pages(table)).Append(Rejects(table)).ToString();
    }

    /// <summary>Every cell of every row, trailer values, rejects.</summary>
    public static string Cells(RawTable table)
    {
        var text = new StringBuilder($"{table.Count} rows of {string.Join(" | ", table.ColumnNames)}\n");
        for (var row = 0; row < table.Count; row++)
        {
            var cells = table.Columns.Select(column => column.Text(row) is { } cell ? Escaped(cell) : "NULL");
            text.Append(CultureInfo.InvariantCulture,
                $"line {table.Line(row)}: {string.Join(" | ", cells)}\n");
        }

        foreach (var value in table.Trailer)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"trailer line {value.Line}: {value.Name} = {value.Text}\n");
        }

        return text.Append(Rejects(table))
            .Append(string.Concat(table.Notices.Select(notice => $"notice  {notice}\n"))).ToString();
    }

    static void AppendOthers(StringBuilder text, RawTable table, int row)
    {
        string[] shown = ["amount", "currency", "value_date", "booking_date", "account"];
        foreach (var name in table.ColumnNames.Except(shown))
        {
            if (table.Column(name)!.Text(row) is { } cell && !(name == "reversal" && cell == "false"))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}: {Escaped(cell)}\n");
            }
        }
    }

    static string Rejects(RawTable table) => string.Concat(table.Rejects.Select(reject =>
        $"reject  line {reject.Line}: {reject.Reason}\n  {reject.Content}\n"));

    static string Pages(RawTable table) => string.Concat(StatementPages.Check(table.Statements).Select(finding =>
        $"pages {finding.Outcome.ToString().ToLowerInvariant()}: {finding.Detail}\n"));

    // What a run says of it: the control itself is asked.
    static string Verdict(Statement statement)
    {
        var finding = BalanceControls.CheckMovements(statement);
        return finding.Outcome == ControlOutcome.Passed
            ? "foots"
            : $"{finding.Outcome.ToString().ToLowerInvariant()}: {finding.Detail}";
    }

    static string Shown(Balance? balance) =>
        balance is null ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{balance.Amount} on {balance.Date:yyyy-MM-dd}");

    static string Shown(Money? money) => money?.ToString() ?? "unknown";

    static string Cell(RawTable table, string column, int row) => table.Column(column)!.Text(row) ?? "none";

    static string Escaped(string cell) => string.Concat(cell.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Recon.sln")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException("no folder with Recon.sln above the tests");
        }

        return folder.FullName;
    }
}
