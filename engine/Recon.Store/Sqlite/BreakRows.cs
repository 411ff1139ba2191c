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
        WHERE runs.pack_id = @pack_id AND NOT EXISTS (
            SELECT 1 FROM breaks AS standing WHERE standing.id = breaks.id AND standing.run = @current)
        AND NOT EXISTS (
            SELECT 1
            FROM breaks AS later JOIN runs AS later_runs ON later_runs.number = later.run
            WHERE later.id = breaks.id
                AND (later_runs.business_date, later_runs.revision) > (runs.business_date, runs.revision))
        ORDER BY runs.business_date DESC, runs.revision DESC, breaks.ordinal
        """;

    /// <summary>Breaks of the pack's runs that its current one has not, as the last run that had them says.</summary>
    public static List<BreakOfRun> Gone(Database database, string packId, long current) =>
        database.All(GoneBefore, Read, packId, current);

    const string ClosedText = """
        SELECT breaks.id, closing.number
        FROM runs AS closing JOIN breaks ON breaks.run = closing.opening_run
        WHERE closing.pack_id = @pack_id AND NOT EXISTS (
            SELECT 1 FROM breaks AS kept WHERE kept.id = breaks.id AND kept.run = closing.number)
        """;

    /// <summary>Each break with each run that began from a run with it and has it no more.</summary>
    public static List<(string Break, long Run)> Closings(Database database, string packId) =>
        database.All(ClosedText, row => (row.Text(0), row.Number(1)), packId);

    /// <inheritdoc cref="Closings"/>
    public static List<long> ClosingsOf(Database database, string packId, string id) =>
        database.All($"{ClosedText} AND breaks.id = @id", row => row.Number(1), packId, id);

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

    /// <summary>The newest that is not stale; the first date's runs never are.</summary>
    public RunRow Current { get; } = runs.Last(run => !run.Head.IsStale);

    /// <param name="closings">Runs that closed the break: the last that is not stale counts, else the last.</param>
    public StoredBreak Stored(BreakOfRun item, IEnumerable<long> closings, IReadOnlyList<BreakOfRun> life)
    {
        var run = Head(item.Run);
        var closedBy = closings.Select(Head).OrderBy(closing => !closing.IsStale)
            .ThenBy(closing => closing.BusinessDate).ThenBy(closing => closing.Revision).LastOrDefault();
        return new StoredBreak(
            item.Break,
            run.PackId,
            run.Id,
            run.BusinessDate,
            closedBy?.Id,
            [.. life.Select(Event)]);
    }

    RunHead Head(long number) => runs[_place[number]].Head;

    BreakEvent Event(BreakOfRun item)
    {
        var run = Head(item.Run);
        return new BreakEvent(run.BusinessDate, run.Id, item.Break.Class, item.Break.Status, item.Break.Tier);
    }
}
