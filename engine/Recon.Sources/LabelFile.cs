// Reads pairs that people have labelled as the same event from a CSV file.
using System.Text;
using Recon.Model;
using Recon.Runs.Assessing;
using Recon.Sources.Csv;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources;

/// <summary>Ground truth for a pair of sources: a run is measured against it, never decided by it.</summary>
public static class LabelFile
{
    /// <summary>
    /// Reads a CSV file (UTF-8; comma, semicolon, tab, <c>|</c> or <c>%</c>) with a row a pair and a column of ids for each of
    /// two sources, named as the source unless <paramref name="columns"/> says otherwise; other columns are passed over.
    /// </summary>
    /// <param name="columns">Source → column; empty where columns are named as their sources.</param>
    /// <param name="sources">The sources of the pack.</param>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputMissing"/>: no such file; <see cref="FaultKind.InputWrong"/>: no two columns of sources, or a
    /// row without an id.
    /// </exception>
    public static LabelledPairs Read(string path, IReadOnlyDictionary<string, string> columns, IReadOnlyList<string> sources)
    {
        if (columns.Keys.FirstOrDefault(source => !sources.Contains(source)) is { } stranger)
        {
            throw new ReconException($"labels: no source '{stranger}'; {NearestName.Hint(stranger, sources)}", FaultKind.InputWrong);
        }

        IReadOnlyList<string> named = [.. columns.Values];
        return NamedTable.Read(path, "labels", named, (rows, table) => Pairs(rows, table, columns, sources));
    }

    static LabelledPairs Pairs(
        CsvRows rows, TableBuilder table, IReadOnlyDictionary<string, string> columns, IReadOnlyList<string> sources)
    {
        var (_, names) = NamedTable.Header(rows, table, [.. columns.Values]);
        var sides = sources.Select(source => (Source: source, Place: Array.IndexOf(names, columns.GetValueOrDefault(source, source))))
            .Where(side => side.Place >= 0).ToList();
        if (sides.Count != 2)
        {
            throw table.Fault(rows.Line, $"ids of two sources are needed, one column each named as its source; this names "
                + (sides.Count == 0 ? "none" : string.Join(", ", sides.Select(side => side.Source)))
                + $" of {string.Join(", ", sources)}");
        }

        var pairs = new List<(string Left, string Right)>();
        while (rows.Next())
        {
            pairs.Add((Id(rows, sides[0].Place, table), Id(rows, sides[1].Place, table)));
        }

        return new LabelledPairs(sides[0].Source, sides[1].Source, pairs);
    }

    static string Id(CsvRows rows, int place, TableBuilder table)
    {
        var id = place < rows.Count ? Encoding.UTF8.GetString(rows.Cell(place)) : "";
        return id.Trim().Length > 0 ? id : throw table.Fault(rows.Line, $"a pair without an id: {Printable.Of(rows.Row)}");
    }
}
