// The records that are open after a run, with their raw rows, in segments.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

static class OpenItemRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "open_items", "run ordinal sha256 data", numbers: "run ordinal", bytes: "data");

    /// <exception cref="ReconException">A segment does not have its hash.</exception>
    public static List<CarriedItem> Read(Database database, long run)
    {
        var items = new List<CarriedItem>();
        foreach (var segment in database.All(Table.OfRun(database), Segment.Read, run))
        {
            items.AddRange(CarriedItemFormat.Read(segment.DataOf(database, "the open items of a run")));
        }

        return items;
    }
}
