// Finds the breaks that a query asks for, and who closed those that stand no more.
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

sealed class BreakSearch(Database database, BreakQuery query)
{
    /// <summary>Of the packs asked for, the gravest first.</summary>
    public BreakPage Find()
    {
        var packs = query.PackId is null ? RunRows.PackIds(database) : [query.PackId];
        var found = packs.Select(Find).ToList();
        var breaks = BreakOrder.GravestFirst(found.SelectMany(page => page.Breaks)).Take(query.Limit).ToList();
        return new BreakPage(breaks, found.Sum(page => page.Breaks.Count + page.Left) - breaks.Count);
    }

    BreakPage Find(string packId)
    {
        var all = RunRows.OfPack(database, packId);
        if (all.Count == 0)
        {
            return new BreakPage([], 0);
        }

        var runs = new PackRuns(all);
        var current = runs.Current.Number;
        var standing = BreakSegments.At(database, BreakRows.Gravest(database, current, query));
        var left = BreakRows.Count(database, current, query) - standing.Count;
        return new BreakPage([.. standing.Select(item => runs.Stored(item, [], [])), .. query.Closed ? Closed(packId, runs) : []], left);
    }

    IEnumerable<StoredBreak> Closed(string packId, PackRuns runs)
    {
        var closings = BreakRows.Closings(database, packId).ToLookup(item => item.Break, item => item.Run);
        var wanted = closings.Select(closing => closing.Key).ToHashSet(StringComparer.Ordinal);
        wanted.ExceptWith(BreakRows.Places(database, runs.Current.Number, wanted).Select(standing => standing.Break));
        return BreakSegments.At(database, LastPlaces(wanted, runs))
            .Where(item => query.Asks(item.Break))
            .Select(item => runs.Stored(item, closings[item.Break.Id], []));
    }

    /// <summary>Where the last run that had it says what each break was; empties <paramref name="wanted"/>.</summary>
    List<BreakPlace> LastPlaces(HashSet<string> wanted, PackRuns runs)
    {
        var places = new List<BreakPlace>();
        foreach (var run in runs.NewestFirst.TakeWhile(_ => wanted.Count > 0))
        {
            var found = BreakRows.Places(database, run.Number, wanted);
            wanted.ExceptWith(found.Select(item => item.Break));
            places.AddRange(found.Select(item => item.Place));
        }

        return places;
    }
}

/// <summary>The runs of a pack by number, in the order of their dates.</summary>
sealed class PackRuns(IReadOnlyList<RunRow> runs)
{
    readonly Dictionary<long, int> _place = runs.Select((run, i) => (run.Number, i)).ToDictionary();

    /// <summary>The run that stands for the newest date.</summary>
    public RunRow Current { get; } = runs[^1];

    public IEnumerable<RunRow> NewestFirst => runs.Reverse();

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
            [.. life.Select(Event)])
        {
            SupersededBy = run.IsSuperseded
                ? runs.First(other => other.Head.BusinessDate == run.BusinessDate && !other.Head.IsSuperseded).Head
                : null,
        };
    }

    public RunHead Head(long number) => runs[_place[number]].Head;

    BreakEvent Event(BreakOfRun item)
    {
        var run = Head(item.Run);
        return new BreakEvent(run.BusinessDate, run.Id, item.Break.Class, item.Break.Status, item.Break.Tier);
    }
}
