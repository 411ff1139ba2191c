// Breaks as rows: what they are searched, listed and counted by.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Identity;
using Recon.Runs.Ports;

namespace Recon.Store.Rows;

static class BreakRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "breaks", "run id ordinal class status tier dated_from leg source record", numbers: "run ordinal", dates: "dated_from");

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

    /// <summary>The gravest breaks of a run that the query asks for, as many as it wants.</summary>
    public static List<BreakPlace> Gravest(Database database, long run, BreakQuery query) =>
        database.All(database.Sql["breaks.gravest"], ReadPlace, run, query.Class, query.Status?.ToString(), WithSettled(query), query.Limit);

    /// <summary>How many breaks of a run the query asks for.</summary>
    public static int Count(Database database, long run, BreakQuery query) =>
        database.All(database.Sql["breaks.count"], row => row.Int(0), run, query.Class, query.Status?.ToString(), WithSettled(query))[0];

    static int WithSettled(BreakQuery query) => query.WithSettled ? 1 : 0;

    /// <summary>The breaks of a run that the run of the next date does not have.</summary>
    public static List<GoneBreak> Gone(Database database, long run, long next, bool withSettled) => database.All(
        database.Sql["breaks.gone"], row => new GoneBreak(row.Text(0), new BreakPlace(row.Number(1), row.Int(2)), row.Int(3) == 1),
        BuiltInClasses.Withdrawn, run, withSettled ? 1 : 0, BuiltInClasses.Resolved, next);

    /// <summary>The places of those of a run's breaks that are asked for, by id.</summary>
    public static List<(string Break, BreakPlace Place)> Places(Database database, long run, IReadOnlySet<string> ids)
    {
        var places = new List<(string Break, BreakPlace Place)>();
        using var ofRun = database.Prepare(database.Sql["breaks.places"]);
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

    /// <summary>The places of breaks in a run, of those that it has; for a few of its breaks.</summary>
    public static List<BreakPlace> PlacesOf(Database database, long run, IEnumerable<string> ids)
    {
        using var find = database.Prepare(database.Sql["breaks.place"]);
        return [.. ids.Order(StringComparer.Ordinal).SelectMany(id => find.All(ReadPlace, run, id))];
    }

    /// <summary>The id that begins so; null where there is none.</summary>
    public static string? FindId(Database database, string prefix) => HexPrefix.Range(prefix) is { } range
        ? HexPrefix.Only(prefix, "breaks", database.All(database.Sql["breaks.by_beginning"], row => row.Text(0), range.From, range.ToExclusive), id => id)
        : null;

    /// <summary>What each run said about a break, oldest first, and of which pack it is.</summary>
    public static (string PackId, List<BreakOfRun> Life) LifeOf(Database database, string id)
    {
        var life = database.All(database.Sql["breaks.life"], row => (Pack: row.Text(2), Place: ReadPlace(row)), id);
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
