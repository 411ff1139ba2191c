// Finds the breaks that a query asks for: those of the newest date, and what earlier dates left.
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

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
        var all = RunRows.OfPack(database, packId).FindAll(run => query.Knows(run.Head.BusinessDate));
        var runs = new PackRuns(all);
        if (runs.Standing.Count == 0)
        {
            return new BreakPage([], 0);
        }

        var work = new WorkedBreaks(ActRows.OfPack(database, packId).FindAll(act => query.Knows(act.BusinessDate)));
        var (standing, left) = Standing(runs, work);
        return new BreakPage([.. standing, .. Earlier(runs, work)], left);
    }

    /// <summary>Of the newest run, at least as many as are wanted, and how many more there are.</summary>
    (List<StoredBreak> Breaks, int Left) Standing(PackRuns runs, WorkedBreaks work)
    {
        var current = runs.Current.Number;
        var decided = BreakRows.PlacesOf(database, current, work.Decided);
        List<BreakPlace> places = query switch
        {
            { Label: { } label } => BreakRows.PlacesOf(database, current, work.Labelled(label)),
            { AssignedTo: not null } or { IsOverdue: true } => BreakRows.Gravest(database, current, query with { Limit = int.MaxValue }),
            _ => BreakRows.Gravest(database, current, query with { Limit = (int)Math.Min((long)query.Limit + decided.Count, int.MaxValue) }),
        };
        var recorded = BreakSegments.At(database, [.. places.Union(decided)]);
        var told = recorded.ConvertAll(item => Told(runs, work, runs.Stored(item, closedBy: null, [])));
        var asked = told.FindAll(Asks);
        if (query.Label is not null || query.AssignedTo is not null || query.IsOverdue)
        {
            return (asked, 0);
        }

        // The count is of what the run recorded: what people decided since is taken out of it, and counted as it stands now.
        var otherwise = Enumerable.Range(0, recorded.Count).Where(i => work.Decided.Contains(recorded[i].Break.Id)).ToList();
        var all = BreakRows.Count(database, current, query)
            - otherwise.Count(i => Asks(runs.Stored(recorded[i], closedBy: null, [])))
            + otherwise.Count(i => Asks(told[i]));
        return (asked, all - asked.Count);

        bool Asks(StoredBreak stored) => query.Asks(stored, runs.Current.Head.BusinessDate);
    }

    StoredBreak Told(PackRuns runs, WorkedBreaks work, StoredBreak recorded) =>
        work.Told(recorded, () => BreakRows.LifeOf(database, recorded.Break.Id).Life.Select(item => item.Break));

    /// <summary>What standing runs of earlier dates had last; of what is closed or was settled there, only if asked for.</summary>
    IEnumerable<StoredBreak> Earlier(PackRuns runs, WorkedBreaks work)
    {
        var gone = Gone(runs);
        if (gone.Count == 0)
        {
            return [];
        }

        var closings = new RecordedClosings(database, runs.Standing);
        var wanted = gone.Where(item => query.Closed || closings.Of(item, runs.Head(item.Place.Run)) is null).ToList();
        return BreakSegments.At(database, wanted.ConvertAll(item => item.Place))
            .Select((item, i) => Told(runs, work, runs.Stored(item, closings.Of(wanted[i], runs.Head(item.Run)), [])))
            .Where(stored => (query.Closed || !(stored.ClosedBy is not null || stored.Break.IsSettled))
                && query.Asks(stored, runs.Current.Head.BusinessDate));
    }

    // Of each break what the last standing run said that had it. What matched of itself is not matched again: it has no later life.
    List<GoneBreak> Gone(PackRuns runs)
    {
        var found = new Dictionary<string, GoneBreak>(StringComparer.Ordinal);
        for (var i = runs.Standing.Count - 2; i >= 0; i--)
        {
            var withSettled = query.Closed && query.WithSettled;
            foreach (var item in BreakRows.Gone(database, runs.Standing[i].Number, runs.Standing[i + 1].Number, withSettled))
            {
                found.TryAdd(item.Id, item);
            }
        }

        foreach (var (id, _) in BreakRows.Places(database, runs.Current.Number, found.Keys.ToHashSet(StringComparer.Ordinal)))
        {
            found.Remove(id);
        }

        return [.. found.Values];
    }
}

/// <summary>A break that the run of the next date does not have.</summary>
/// <param name="IsWithdrawn">It is of class <c>withdrawn</c>: no run takes it over, so none closes it.</param>
sealed record GoneBreak(string Id, BreakPlace Place, bool IsWithdrawn);

/// <summary>Which of the standing runs says that it closed a break.</summary>
/// <param name="standing">In the order of their dates.</param>
sealed class RecordedClosings(Database database, IEnumerable<RunRow> standing)
{
    readonly Dictionary<string, RunHead> _closings = standing
        .SelectMany(run => DocumentRows.Read(database, run, new MatchEvidence([]), []).Closed.Select(closed => (closed.Id, run.Head)))
        .GroupBy(closing => closing.Id, StringComparer.Ordinal)
        .ToDictionary(closings => closings.Key, closings => closings.Last().Head, StringComparer.Ordinal);

    /// <param name="last">The run that had it last.</param>
    public RunHead? Of(GoneBreak item, RunHead last) =>
        !item.IsWithdrawn && _closings.GetValueOrDefault(item.Id) is { } closing && closing.BusinessDate > last.BusinessDate ? closing : null;
}

/// <summary>The runs of a pack by number, in the order of their dates.</summary>
sealed class PackRuns(IReadOnlyList<RunRow> runs)
{
    readonly Dictionary<long, int> _place = runs.Select((run, i) => (run.Number, i)).ToDictionary();

    /// <summary>The run that stands for the newest date.</summary>
    public RunRow Current => Standing[^1];

    /// <summary>One a date, the newest last.</summary>
    public IReadOnlyList<RunRow> Standing { get; } = [.. runs.Where(run => run.Head.IsStanding)];

    public StoredBreak Stored(BreakOfRun item, RunHead? closedBy, IReadOnlyList<BreakOfRun> life)
    {
        var run = Head(item.Run);
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

    /// <summary>The break as the last standing run says that had it, else the last run, with its life.</summary>
    /// <param name="life">What each run said of it, oldest first; at least one.</param>
    public StoredBreak Told(Database database, IReadOnlyList<BreakOfRun> life)
    {
        var last = life.LastOrDefault(item => !Head(item.Run).IsSuperseded) ?? life[^1];
        var run = Head(last.Run);
        if (run.IsSuperseded)
        {
            return Stored(last, closedBy: null, life);
        }

        var gone = new GoneBreak(last.Break.Id, new BreakPlace(last.Run, 0), last.Break.Kind == BreakKind.Withdrawn);
        return Stored(last, new RecordedClosings(database, Standing.Where(later => later.Head.BusinessDate > run.BusinessDate)).Of(gone, run), life);
    }

    public RunHead Head(long number) => runs[_place[number]].Head;

    BreakEvent Event(BreakOfRun item)
    {
        var run = Head(item.Run);
        return new BreakEvent(run.BusinessDate, run.Id, item.Break.Class, item.Break.Status, item.Break.Tier) { IsSuperseded = run.IsSuperseded };
    }
}
