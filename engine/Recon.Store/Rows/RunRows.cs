// Runs by id, key and date: one row each.
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

/// <summary>A run as its row has it.</summary>
/// <param name="Number">Counts recorded runs and reinstatements of the store from 1; rows of other tables point to it.</param>
sealed record RunRow(long Number, RunHead Head, string OpeningHash, string ClosingHash);

static class RunRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "runs",
        "number id run_key pack_id pack_version business_date revision state opening_run opening_hash closing_hash recorded_at recorded_by "
            + "matches breaks posts",
        numbers: "number revision opening_run matches breaks posts", dates: "business_date", moments: "recorded_at");

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

    static RunRow Read(Row row) => new(
        row.Number(0),
        new RunHead(
            row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Date(5), row.Int(6), row.Choice<RunState>(7),
            row.Moment(8), row.Int(9), row.Int(10), row.Int(11), IsStale: false),
        row.Text(12),
        row.Text(13));

    public static RunRow? FindByKey(Database database, string key) => database.FirstOrNull(database.Sql["runs.by_key"], Read, key);

    public static RunRow? FindById(Database database, string id) => database.FirstOrNull(database.Sql["runs.by_id"], Read, id);

    /// <summary>An id is the beginning of its key, so one search serves both.</summary>
    public static RunRow? FindByPrefix(Database database, string prefix)
    {
        var range = HexPrefix.Range(prefix);
        return range is null
            ? null
            : HexPrefix.Only(prefix, "runs", database.All(database.Sql["runs.by_beginning"], Read, range.Value.From, range.Value.ToExclusive),
                row => row.Head.Id);
    }

    /// <summary>The newest recorded first.</summary>
    public static List<RunRow> NewestFirst(Database database, string? packId, int limit) =>
        database.All(database.Sql["runs.newest_first"], Read, packId, limit);

    /// <summary>All runs of a pack in the order of their business dates, the standing one of each last, stale ones marked.</summary>
    public static List<RunRow> OfPack(Database database, string packId) =>
        Marked(database, database.All(database.Sql["runs.of_pack"], Read, packId));

    /// <summary>The same runs in the same order, with their standing as it is now.</summary>
    public static List<RunRow> Marked(Database database, List<RunRow> runs)
    {
        var standings = new RunStandings(runs.Select(run => run.Head.PackId).Distinct(StringComparer.Ordinal)
            .Select(pack => database.All(database.Sql["runs.places"], ReadPlace, pack)));
        return runs.ConvertAll(run => run with { Head = standings.Marked(run.Head) });
    }

    static RunPlace ReadPlace(Row row) => new(
        row.Text(0), row.Date(1), row.Int(2), row.Number(3), row.TextOrNull(4), row.Choice<RunState>(5) == RunState.Undone);

    /// <summary>The revisions of a date in their order.</summary>
    public static List<RunRow> OfDate(Database database, string packId, DateOnly businessDate) =>
        database.All(database.Sql["runs.of_date"], Read, packId, businessDate);

    public static List<string> PackIds(Database database) => database.All(database.Sql["runs.packs"], row => row.Text(0));

    /// <summary>The standing run of the newest earlier date.</summary>
    public static RunRow? NewestBefore(Database database, string packId, DateOnly businessDate) =>
        database.FirstOrNull(database.Sql["runs.newest_before"], Read, packId, businessDate);

    public static int Revisions(Database database, string packId, DateOnly businessDate) =>
        database.All(database.Sql["runs.revisions"], row => row.Int(0), packId, businessDate)[0];

    /// <summary>The revision that counts for a date; null where it was not run, or was undone.</summary>
    public static RunRow? StandingOf(Database database, string packId, DateOnly businessDate) =>
        database.FirstOrNull(database.Sql["runs.standing"], Read, packId, businessDate);

    public static long NextNumber(Database database) => database.All(database.Sql["runs.last_number"], row => row.Number(0))[0] + 1;

    /// <summary>The run and those from whose closing states it began, one after the other, newest first.</summary>
    public static List<long> Chain(Database database, long run)
    {
        var chain = new List<long>();
        long? next = run;
        foreach (var (number, opening) in database.All(database.Sql["runs.openings"], row => (row.Number(0), row.NumberOrNull(1)), run))
        {
            if (number == next)
            {
                chain.Add(number);
                next = opening;
            }
        }

        return chain;
    }

    /// <summary>The first run that does not begin where its opening run ended; null where there is none.</summary>
    public static string? FirstWithWrongOpening(Database database) =>
        database.FirstOrNull(database.Sql["runs.wrong_opening"], row => row.Text(0), OpeningState.Empty.Hash);
}
