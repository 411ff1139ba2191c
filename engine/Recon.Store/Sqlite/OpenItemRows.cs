// The records that are open after a run, with their raw rows, in segments.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class OpenItemRows
{
    public static RunTable Table { get; } = new(
        "open_items",
        "INSERT INTO open_items (run, ordinal, sha256, data) VALUES (@run, @ordinal, @sha256, @data)",
        "SELECT run, ordinal, sha256, data FROM open_items WHERE run = @run ORDER BY ordinal");

    /// <exception cref="ReconException">A segment does not have its hash.</exception>
    public static List<CarriedItem> Read(Database database, long run)
    {
        var items = new List<CarriedItem>();
        foreach (var segment in database.All(Table.OfRun, Segment.Read, run))
        {
            items.AddRange(CarriedItemFormat.Read(segment.DataOf(database, "the open items of a run")));
        }

        return items;
    }
}
