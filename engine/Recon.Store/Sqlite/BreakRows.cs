// Breaks as rows: what they are searched, listed and counted by.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;

namespace Recon.Store.Sqlite;

static class BreakRows
{
    public static RunTable Table { get; } = new(
        "breaks",
        """
        INSERT INTO breaks (run, id, ordinal, class, status, tier, dated_from, leg, source, record)
        VALUES (@run, @id, @ordinal, @class, @status, @tier, @dated_from, @leg, @source, @record)
        """,
        """
        SELECT run, id, ordinal, class, status, tier, dated_from, leg, source, record
        FROM breaks WHERE run = @run ORDER BY id, ordinal
        """);

    public static void Write(RunTableWriter rows, long number, IReadOnlyList<Break> breaks)
    {
        var words = new BreakWords();
        foreach (var ordinal in Order(breaks))
        {
            var item = breaks[ordinal];
            rows.Add(
                number,
                item.Id,
                ordinal,
                item.Class,
                item.Status.ToString(),
                item.Tier.ToString(),
                words.Of(item.DatedFrom),
                words.Of(item.Leg),
                item.Records[0].Source,
                item.Records[0].Id);
        }
    }

    // Ordinals of the breaks in the order of the rows: by id.
    static int[] Order(IReadOnlyList<Break> breaks)
    {
        var ids = new string[breaks.Count];
        var ordinals = new int[breaks.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            (ids[i], ordinals[i]) = (breaks[i].Id, i);
        }

        Array.Sort(ids, ordinals, Comparer<string>.Create(string.CompareOrdinal));
        return ordinals;
    }

    const string Matching = """
        FROM breaks
        WHERE run = @run AND (@class IS NULL OR class = @class) AND (@status IS NULL OR status = @status)
            AND (@with_settled OR NOT (status = 'Settled' AND tier IN ('Auto', 'AutoFlag')))
        """;

    // The order of BreakOrder, in SQL.
    const string GravestFirst = $"""
        SELECT run, ordinal {Matching}
        ORDER BY
            CASE status WHEN 'Loss' THEN 0 WHEN 'Disputed' THEN 1 WHEN 'Suspicious' THEN 2 WHEN 'Expected' THEN 3 ELSE 4 END,
            dated_from, leg, source, record, ordinal
        LIMIT @limit
        """;

    /// <summary>The gravest breaks of a run that the query asks for, as many as it wants.</summary>
    public static List<BreakPlace> Gravest(Database database, long run, BreakQuery query) =>
        database.All(GravestFirst, ReadPlace, run, query.Class, query.Status?.ToString(), WithSettled(query), query.Limit);

    const string CountText = $"SELECT count(*) {Matching}";

    /// <summary>How many breaks of a run the query asks for.</summary>
    public static int Count(Database database, long run, BreakQuery query) =>
        database.All(CountText, row => row.Int(0), run, query.Class, query.Status?.ToString(), WithSettled(query))[0];

    static int WithSettled(BreakQuery query) => query.WithSettled ? 1 : 0;

    const string GoneText = """
        SELECT breaks.id, breaks.run, breaks.ordinal, breaks.class = @withdrawn FROM breaks
        WHERE breaks.run = @run AND (@with_settled OR NOT (breaks.status = 'Settled' AND breaks.tier IN ('Auto', 'AutoFlag')))
            AND NOT EXISTS (SELECT 1 FROM breaks AS kept WHERE kept.run = @next AND kept.id = breaks.id)
        ORDER BY breaks.id, breaks.ordinal
        """;

    /// <summary>The breaks of a run that the run of the next date does not have.</summary>
    public static List<GoneBreak> Gone(Database database, long run, long next, bool withSettled) => database.All(
        GoneText, row => new GoneBreak(row.Text(0), new BreakPlace(row.Number(1), row.Int(2)), row.Int(3) == 1),
        BuiltInClasses.Withdrawn, run, withSettled ? 1 : 0, next);

    const string IdsOfRun = "SELECT id, ordinal FROM breaks WHERE run = @run ORDER BY id, ordinal";

    /// <summary>The places of those of a run's breaks that are asked for, by id.</summary>
    public static List<(string Break, BreakPlace Place)> Places(Database database, long run, IReadOnlySet<string> ids)
    {
        var places = new List<(string Break, BreakPlace Place)>();
        using var ofRun = database.Prepare(IdsOfRun);
        ofRun.ForEach(
            row =>
            {
                if (ids.Contains(row.Text(0)))
                {
                    places.Add((row.Text(0), new BreakPlace(run, row.Int(1))));
                }
            },
            run);
        return places;
    }

    // One step down the tree for each run: the tree begins with the run.
    const string Ids = """
        SELECT DISTINCT breaks.id FROM runs CROSS JOIN breaks ON breaks.run = runs.number
        WHERE breaks.id >= @from AND breaks.id < @to_exclusive ORDER BY breaks.id LIMIT 6
        """;

    /// <summary>The id that begins so; null where there is none.</summary>
    public static string? FindId(Database database, string prefix) => HexPrefix.Range(prefix) is { } range
        ? HexPrefix.Only(prefix, "breaks", database.All(Ids, row => row.Text(0), range.From, range.ToExclusive), id => id)
        : null;

    const string Life = """
        SELECT breaks.run, breaks.ordinal, runs.pack_id
        FROM runs CROSS JOIN breaks ON breaks.run = runs.number
        WHERE breaks.id = @id
        ORDER BY runs.business_date, runs.revision
        """;

    /// <summary>What each run said about a break, oldest first, and of which pack it is.</summary>
    public static (string PackId, List<BreakOfRun> Life) LifeOf(Database database, string id)
    {
        var life = database.All(Life, row => (Pack: row.Text(2), Place: ReadPlace(row)), id);
        return (life[0].Pack, BreakSegments.At(database, [.. life.Select(item => item.Place)]));
    }

    static BreakPlace ReadPlace(Row row) => new(row.Number(0), row.Int(1));
}

/// <summary>Texts of values that many breaks share, each made once.</summary>
sealed class BreakWords
{
    readonly Dictionary<DateOnly, string> _dates = [];
    (IReadOnlyList<string> Names, string Text) _leg = ([], "");

    public string Of(DateOnly date)
    {
        if (!_dates.TryGetValue(date, out var text))
        {
            _dates.Add(date, text = StoreText.Of(date));
        }

        return text;
    }

    public string Of(IReadOnlyList<string> leg)
    {
        if (!ReferenceEquals(leg, _leg.Names))
        {
            _leg = (leg, string.Join('~', leg));
        }

        return _leg.Text;
    }
}
