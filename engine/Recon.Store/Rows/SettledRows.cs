// Fingerprints of the records that runs settled.
using Recon.Runs.Results;

namespace Recon.Store.Rows;

static class SettledRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "settled", "run source ordinal sha256 data", numbers: "run ordinal", bytes: "data");

    /// <summary>In the order of the sources' names, each made when it is asked for.</summary>
    public static IEnumerable<SettledSegment> Segments(IReadOnlyList<SettledRecords> settled) => settled
        .OrderBy(source => source.Source, StringComparer.Ordinal)
        .SelectMany(source => Fingerprints.Write(source)
            .Select((data, ordinal) => new SettledSegment(source.Source, ordinal, StoreText.Sha256(data), data)));

    public static void Write(RunTableWriter rows, long number, IEnumerable<SettledSegment> segments)
    {
        foreach (var segment in segments)
        {
            rows.Add(number, segment.Source, segment.Ordinal, segment.Sha256, segment.Data);
        }
    }

    /// <summary>What a chain of runs settled: one entry a source, by name.</summary>
    public static List<SettledRecords> Read(Database database, IReadOnlyList<long> chain)
    {
        var bySource = new SortedDictionary<string, List<SettledRecords>>(StringComparer.Ordinal);
        using var ofRun = database.Prepare(Table.OfRun(database));
        foreach (var run in chain)
        {
            foreach (var source in ofRun.All(ReadSegment, run).GroupBy(segment => segment.Source))
            {
                if (!bySource.TryGetValue(source.Key, out var ofSource))
                {
                    bySource.Add(source.Key, ofSource = []);
                }

                ofSource.Add(Fingerprints.Read(source.Key, [.. source.Select(segment => segment.Data)]));
            }
        }

        return [.. bySource.Values.Select(Fingerprints.Merge)];

        SettledSegment ReadSegment(Row row)
        {
            var segment = new SettledSegment(row.Text(1), row.Int(2), row.Text(3), row.Bytes(4));
            return StoreText.Sha256(segment.Data) == segment.Sha256
                ? segment
                : throw database.Damaged($"the settled records of {segment.Source} are damaged");
        }
    }
}

/// <summary>A part of the fingerprints of a source.</summary>
sealed record SettledSegment(string Source, int Ordinal, string Sha256, byte[] Data);
