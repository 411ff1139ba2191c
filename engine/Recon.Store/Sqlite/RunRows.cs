// Runs by id, key and date: one row each.
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

/// <summary>A run as its row has it.</summary>
/// <param name="Number">Counts recorded runs of this file from 1; rows of other tables point to it.</param>
sealed record RunRow(long Number, RunHead Head, string OpeningHash, string ClosingHash);

static class RunRows
{
    public static RunTable Table { get; } = new(
        "runs",
        """
        INSERT INTO runs (
            number, id, run_key, pack_id, pack_version, business_date, revision, state, opening_run, opening_hash,
            closing_hash, recorded_at, recorded_by, matches, breaks, posts)
        VALUES (
            @number, @id, @run_key, @pack_id, @pack_version, @business_date, @revision, @state, @opening_run,
            @opening_hash, @closing_hash, @recorded_at, @recorded_by, @matches, @breaks, @posts)
        """,
        """
        SELECT
            number, id, run_key, pack_id, pack_version, business_date, revision, state, opening_run, opening_hash,
            closing_hash, recorded_at, recorded_by, matches, breaks, posts
        FROM runs WHERE number = @run
        """);

    public static void Write(RunTableWriter runs, long number, long? openingRun, RunSubmission submission)
    {
        var (record, head) = (submission.Record, submission.Record.Head);
        runs.Add(
            number,
            head.Id,
            head.Key,
            head.PackId,
            head.PackVersion,
            StoreText.Of(head.BusinessDate),
            head.Revision,
            head.State.ToString(),
            openingRun,
            submission.OpeningHash,
            submission.ClosingHash,
            StoreText.Of(submission.At),
            submission.By,
            record.Matches.Count,
            record.Breaks.Count,
            record.Posts.Count);
    }

    /// <summary>The number of the last event by which a run stands: its recording or its reinstatement.</summary>
    public const string Seat = """
        max(runs.number, coalesce((SELECT max(again.number) FROM reinstatements AS again WHERE again.run = runs.number), 0))
        """;

    /// <summary>As <see cref="Seat"/>, of a run that the query calls newer.</summary>
    public const string SeatOfNewer = """
        max(newer.number, coalesce((SELECT max(again.number) FROM reinstatements AS again WHERE again.run = newer.number), 0))
        """;

    const string Columns = """
        SELECT
            number, id, run_key, pack_id, pack_version, business_date, revision, state, recorded_at, matches, breaks,
            posts, opening_hash, closing_hash
        FROM runs
        """;

    static RunRow Read(Row row) => new(
        row.Number(0),
        new RunHead(
            row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Date(5), row.Int(6), row.Choice<RunState>(7),
            row.Moment(8), row.Int(9), row.Int(10), row.Int(11), IsStale: false),
        row.Text(12),
        row.Text(13));

    const string ByKey = $"{Columns} WHERE run_key = @run_key";

    public static RunRow? FindByKey(Database database, string key) => database.FirstOrNull(ByKey, Read, key);

    const string ById = $"{Columns} WHERE id = @id";

    public static RunRow? FindById(Database database, string id) => database.FirstOrNull(ById, Read, id);

    const string ByKeyRange = $"{Columns} WHERE run_key >= @from AND run_key < @to_exclusive ORDER BY run_key LIMIT 6";

    /// <summary>An id is the beginning of its key, so one search serves both.</summary>
    public static RunRow? FindByPrefix(Database database, string prefix)
    {
        var range = HexPrefix.Range(prefix);
        return range is null
            ? null
            : HexPrefix.Only(prefix, "runs", database.All(ByKeyRange, Read, range.Value.From, range.Value.ToExclusive),
                row => row.Head.Id);
    }

    const string Newest = $"""
        {Columns} WHERE @pack_id IS NULL OR pack_id = @pack_id
        ORDER BY number DESC LIMIT @limit
        """;

    /// <summary>The newest recorded first.</summary>
    public static List<RunRow> NewestFirst(Database database, string? packId, int limit) =>
        database.All(Newest, Read, packId, limit);

    const string InOrder = $"""
        {Columns} WHERE pack_id = @pack_id
        ORDER BY business_date, {Seat}
        """;

    /// <summary>All runs of a pack in the order of their business dates, the standing one of each last, stale ones marked.</summary>
    public static List<RunRow> OfPack(Database database, string packId) =>
        Marked(database, database.All(InOrder, Read, packId));

    const string Places = $"""
        SELECT runs.id, runs.business_date, runs.revision, {Seat}, opening.id
        FROM runs LEFT JOIN runs AS opening ON opening.number = runs.opening_run
        WHERE runs.pack_id = @pack_id
        """;

    /// <summary>The same runs in the same order, with their standing as it is now.</summary>
    public static List<RunRow> Marked(Database database, List<RunRow> runs)
    {
        var standings = new RunStandings(runs.Select(run => run.Head.PackId).Distinct(StringComparer.Ordinal)
            .Select(pack => database.All(Places, ReadPlace, pack)));
        return runs.ConvertAll(run => run with { Head = standings.Marked(run.Head) });
    }

    static RunPlace ReadPlace(Row row) => new(row.Text(0), row.Date(1), row.Int(2), row.Number(3), row.TextOrNull(4));

    const string OfOneDate = $"""
        {Columns} WHERE pack_id = @pack_id AND business_date = @business_date
        ORDER BY revision
        """;

    /// <summary>The revisions of a date in their order.</summary>
    public static List<RunRow> OfDate(Database database, string packId, DateOnly businessDate) =>
        database.All(OfOneDate, Read, packId, StoreText.Of(businessDate));

    const string Packs = "SELECT DISTINCT pack_id FROM runs ORDER BY pack_id";

    public static List<string> PackIds(Database database) => database.All(Packs, row => row.Text(0));

    const string Before = $"""
        {Columns} WHERE pack_id = @pack_id AND business_date < @business_date
        ORDER BY business_date DESC, {Seat} DESC LIMIT 1
        """;

    /// <summary>The standing run of the newest earlier date.</summary>
    public static RunRow? NewestBefore(Database database, string packId, DateOnly businessDate) =>
        database.FirstOrNull(Before, Read, packId, StoreText.Of(businessDate));

    const string HighestRevision = """
        SELECT coalesce(max(revision), 0) FROM runs WHERE pack_id = @pack_id AND business_date = @business_date
        """;

    public static int Revisions(Database database, string packId, DateOnly businessDate) =>
        database.All(HighestRevision, row => row.Int(0), packId, StoreText.Of(businessDate))[0];

    const string StandingOfDate = $"""
        {Columns} WHERE pack_id = @pack_id AND business_date = @business_date
        ORDER BY {Seat} DESC LIMIT 1
        """;

    /// <summary>The revision that counts for a date that was run.</summary>
    public static RunRow Standing(Database database, RunHead run) => StandingOf(database, run.PackId, run.BusinessDate)!;

    /// <summary>The revision that counts for a date; null where it was not run.</summary>
    public static RunRow? StandingOf(Database database, string packId, DateOnly businessDate) =>
        database.FirstOrNull(StandingOfDate, Read, packId, StoreText.Of(businessDate));

    // Runs and reinstatements are numbered together, in the order in which they happened.
    const string NextNumberText = """
        SELECT max(
            (SELECT coalesce(max(number), 0) FROM runs), (SELECT coalesce(max(number), 0) FROM reinstatements)) + 1
        """;

    public static long NextNumber(Database database) => database.All(NextNumberText, row => row.Number(0))[0];

    const string ChainText = """
        WITH RECURSIVE chain (number, opening_run) AS (
            SELECT number, opening_run FROM runs WHERE number = @run
            UNION ALL
            SELECT runs.number, runs.opening_run
            FROM runs JOIN chain ON runs.number = chain.opening_run
            WHERE runs.number < chain.number)
        SELECT number FROM chain ORDER BY number DESC
        """;

    /// <summary>The run and those from whose closing states it began, one after the other, newest first.</summary>
    public static List<long> Chain(Database database, long run) => database.All(ChainText, row => row.Number(0), run);

    const string BrokenOpening = """
        SELECT runs.id
        FROM runs LEFT JOIN runs AS opening ON opening.number = runs.opening_run
        WHERE runs.opening_hash <> coalesce(opening.closing_hash, @none)
        ORDER BY runs.number LIMIT 1
        """;

    /// <summary>The first run that does not begin where its opening run ended; null where there is none.</summary>
    public static string? FirstWithWrongOpening(Database database) =>
        database.FirstOrNull(BrokenOpening, row => row.Text(0), OpeningState.Empty.Hash);
}
