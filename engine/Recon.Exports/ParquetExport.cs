// The front door of exports: one run as a folder of Parquet files, for whoever analyses large runs or many of them.
using Recon.Runs.Results;

namespace Recon.Exports;

/// <summary>
/// <c>matches</c> (a row a member), <c>truth</c>, <c>open</c> (a row a record and leg), <c>breaks</c> and <c>differences</c>,
/// each as <c>NAME.parquet</c>. Equal records give equal rows in equal order.
/// </summary>
/// <remarks>
/// Money is a decimal of 38 digits beside its currency, with as many behind the point as the file needs. An amount is NULL where there
/// is none, where it is in several currencies or where it needs more digits; the text beside it is exact in every case.
/// </remarks>
public static class ParquetExport
{
    /// <summary>Writes every file of the folder, which is made where it is missing; a file is replaced only by a whole one.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(RunRecord record, string directory)
    {
        Directory.CreateDirectory(directory);
        Write(directory, "matches", MatchRows.Members(record), MatchRows.MemberColumns());
        Write(directory, "truth", MatchRows.Truths(record), MatchRows.TruthColumns());
        Write(directory, "open", OpenItems.Of(record), BreakRows.OpenColumns());
        Write(directory, "breaks", record.Breaks, BreakRows.BreakColumns(record.Breaks));
        var differences = record.Breaks.SelectMany(item => item.Differences.Select(difference => (item, difference)));
        Write(directory, "differences", differences, BreakRows.DifferenceColumns(record.Breaks));
    }

    static void Write<TRow>(string directory, string name, IEnumerable<TRow> rows, IReadOnlyList<ExportColumn<TRow>> columns)
    {
        var path = Path.Combine(directory, $"{name}.parquet");
        var draft = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                ExportTable.WriteAsync(file, rows, columns).GetAwaiter().GetResult();
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
