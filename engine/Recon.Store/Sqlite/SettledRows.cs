// Fingerprints of the records that runs settled.
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class SettledRows
{
    public static RunTable Table { get; } = new(
        "settled",
        "INSERT INTO settled (run, source, ordinal, sha256, data) VALUES (@run, @source, @ordinal, @sha256, @data)",
        "SELECT run, source, ordinal, sha256, data FROM settled WHERE run = @run ORDER BY source, ordinal");

    /// <remarks>Sources are sorted by name, as they are read again.</remarks>
    public static void Write(RunTableWriter rows, long number, IReadOnlyList<SettledRecords> settled)
    {
        foreach (var source in settled.OrderBy(source => source.Source, StringComparer.Ordinal))
        {
            var ordinal = 0;
            foreach (var data in Fingerprints.Write(source))
            {
                rows.Add(number, source.Source, ordinal++, StoreText.Sha256(data), data);
            }
        }
    }

    /// <summary>What a chain of runs settled: one entry a source, by name.</summary>
    public static List<SettledRecords> Read(Database database, IReadOnlyList<long> chain)
    {
        var bySource = new SortedDictionary<string, List<SettledRecords>>(StringComparer.Ordinal);
        using var ofRun = database.Prepare(Table.OfRun);
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

        Segment ReadSegment(Row row)
        {
            var segment = new Segment(row.Text(1), row.Text(3), row.Bytes(4));
            return StoreText.Sha256(segment.Data) == segment.Sha256 && segment.Data.Length % Fingerprints.Bytes == 0
                ? segment
                : throw StorageFault.Damaged(database.Path, $"the settled records of {segment.Source} are damaged");
        }
    }

    sealed record Segment(string Source, string Sha256, byte[] Data);
}
