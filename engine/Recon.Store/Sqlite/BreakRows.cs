// Breaks as rows: what people list and ask for one by one.
using System.Text;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class BreakRows
{
    public static RunTable Table { get; } = new(
        "breaks",
        """
        INSERT INTO breaks (run, ordinal, id, kind, leg, class, status, tier, assign, born, due, document)
        VALUES (@run, @ordinal, @id, @kind, @leg, @class, @status, @tier, @assign, @born, @due, @document)
        """,
        """
        SELECT run, ordinal, id, kind, leg, class, status, tier, assign, born, due, document
        FROM breaks WHERE run = @run ORDER BY ordinal
        """);

    public static void Write(RunTableWriter rows, long number, IReadOnlyList<Break> breaks)
    {
        for (var i = 0; i < breaks.Count; i++)
        {
            var item = breaks[i];
            rows.Add(
                number,
                i,
                item.Id,
                item.Kind.ToString(),
                string.Join('~', item.Leg),
                item.Class,
                item.Status.ToString(),
                item.Tier.ToString(),
                item.Assign,
                StoreText.Of(item.Born),
                item.Due is { } due ? StoreText.Of(due) : null,
                Encoding.UTF8.GetString(RunRecordJson.WriteBreak(item)));
        }
    }

    const string OfRun = "SELECT run, document FROM breaks WHERE run = @run ORDER BY ordinal";

    /// <summary>The breaks of a run in the order of its result.</summary>
    public static List<BreakOfRun> Standing(Database database, long run) => database.All(OfRun, Read, run);

    const string GoneBefore = """
        SELECT breaks.run, breaks.document
        FROM breaks JOIN runs ON runs.number = breaks.run
        WHERE runs.pack_id = @pack_id AND runs.number <> @newest AND NOT EXISTS (
            SELECT 1
            FROM breaks AS later JOIN runs AS later_runs ON later_runs.number = later.run
            WHERE later.id = breaks.id
                AND (later_runs.business_date, later_runs.revision) > (runs.business_date, runs.revision))
        ORDER BY runs.business_date DESC, runs.revision DESC, breaks.ordinal
        """;

    /// <summary>Breaks of the pack's earlier runs that its newest has not, as the last run that had them says.</summary>
    public static List<BreakOfRun> Gone(Database database, string packId, long newest) =>
        database.All(GoneBefore, Read, packId, newest);

    const string Ids = "SELECT DISTINCT id FROM breaks WHERE id >= @from AND id < @to_exclusive ORDER BY id LIMIT 6";

    /// <summary>The id that begins so; null where there is none.</summary>
    public static string? FindId(Database database, string prefix) => HexPrefix.Range(prefix) is { } range
        ? HexPrefix.Only(prefix, "breaks", database.All(Ids, row => row.Text(0), range.From, range.ToExclusive), id => id)
        : null;

    const string Life = """
        SELECT breaks.run, breaks.document, runs.pack_id
        FROM breaks JOIN runs ON runs.number = breaks.run
        WHERE breaks.id = @id
        ORDER BY runs.business_date, runs.revision
        """;

    /// <summary>What each run said about a break, oldest first, and of which pack it is.</summary>
    public static (string PackId, List<BreakOfRun> Life) LifeOf(Database database, string id)
    {
        var life = database.All(Life, row => (Pack: row.Text(2), Break: Read(row)), id);
        return (life[0].Pack, [.. life.Select(item => item.Break)]);
    }

    static BreakOfRun Read(Row row) => new(row.Number(0), RunRecordJson.ReadBreak(Encoding.UTF8.GetBytes(row.Text(1))));
}

/// <summary>A break as the run of that number judged it.</summary>
sealed record BreakOfRun(long Run, Break Break);

/// <summary>The runs of a pack by number, in the order of their dates.</summary>
sealed class PackRuns(IReadOnlyList<RunRow> runs)
{
    readonly Dictionary<long, int> _place = runs.Select((run, i) => (run.Number, i)).ToDictionary();

    public RunRow Newest => runs[^1];

    public StoredBreak Stored(BreakOfRun item, IReadOnlyList<BreakOfRun> life)
    {
        var run = Head(item.Run);
        var next = _place[item.Run] + 1;
        return new StoredBreak(
            item.Break,
            run.PackId,
            run.Id,
            run.BusinessDate,
            next < runs.Count ? runs[next].Head.Id : null,
            [.. life.Select(Event)]);
    }

    RunHead Head(long number) => runs[_place[number]].Head;

    BreakEvent Event(BreakOfRun item)
    {
        var run = Head(item.Run);
        return new BreakEvent(run.BusinessDate, run.Id, item.Break.Class, item.Break.Status, item.Break.Tier);
    }
}
