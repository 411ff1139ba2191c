// A store that lasts as long as a test, or a plan.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Testing;

/// <summary>Keeps runs in memory, by the same rules as a store on disk. For one thread.</summary>
/// <param name="first">What the first run begins from; null: from nothing.</param>
/// <param name="posted">What was posted before the first run; null: nothing.</param>
public sealed class MemoryRunStore(OpeningState? first = null, IReadOnlyList<OwnPosting>? posted = null) : IRunStore
{
    readonly List<(RunSubmission Submission, StoredRun Stored)> _runs = [];
    readonly Dictionary<string, EarlierPosting> _postings = new(StringComparer.Ordinal);
    readonly HashSet<string> _approved = new(StringComparer.Ordinal);
    readonly Dictionary<string, DateOnly> _approvedOn = new(StringComparer.Ordinal);
    readonly List<FailedAttempt> _failures = [];
    readonly List<Act> _acts = [];

    // Ids of runs as they were recorded and reinstated: of those of one date the last stands.
    readonly List<string> _events = [];

    public IDisposable Claim(string packId, DateOnly businessDate) => new Unclaimed();

    public OpeningState Opening(string packId, DateOnly businessDate)
    {
        var newest = _runs
            .Where(run => run.Stored.Head.PackId == packId && run.Stored.Head.BusinessDate < businessDate && !IsUndone(run.Stored.Head))
            .OrderByDescending(run => run.Stored.Head.BusinessDate).ThenByDescending(run => _events.LastIndexOf(run.Stored.Head.Id))
            .Select(run => run.Submission).FirstOrDefault();
        if (newest is null)
        {
            return first ?? OpeningState.Empty;
        }

        var chain = Chain(newest).ToList();
        return new OpeningState(
            newest.ClosingHash,
            newest.Record.Head.Id,
            newest.Carried,
            [.. chain.SelectMany(run => run.Settled)],
            [.. chain.SelectMany(run => run.Closings).DistinctBy(closing => (closing.Source, closing.Account))])
        {
            AtRisk = OpeningExposure.Of(newest.Record.Exposure, newest.Record.Breaks),
        };
    }

    public StoredRun? FindByKey(string runKey) => All().FirstOrDefault(run => run.Head.Key == runKey);

    public int Revisions(string packId, DateOnly businessDate) =>
        _runs.Count(run => run.Stored.Head.PackId == packId && run.Stored.Head.BusinessDate == businessDate);

    public StandingRun? Standing(string packId, DateOnly businessDate)
    {
        var standing = _runs
            .Where(run => run.Stored.Head.PackId == packId && run.Stored.Head.BusinessDate == businessDate && !IsUndone(run.Stored.Head))
            .OrderBy(run => _events.LastIndexOf(run.Stored.Head.Id)).LastOrDefault();
        return standing.Stored is null ? null : new StandingRun(
            standing.Stored,
            _runs.Where(run => run.Stored.Head.Id == standing.Submission.OpeningRunId)
                .SelectMany(run => run.Submission.Carried).Select(item => item.Record).ToHashSet());
    }

    public IReadOnlyDictionary<string, EarlierPosting> EarlierPostings(IReadOnlyCollection<string> keys) =>
        keys.Where(_postings.ContainsKey).ToDictionary(key => key, key => _postings[key], StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EarlierPosting> QueuedFor(IReadOnlyCollection<string> breakIds) =>
        _runs.SelectMany(run => run.Submission.Record.Posts)
            .Where(post => breakIds.Contains(post.Break) && _postings[post.Key].State == PostingState.Queued)
            .GroupBy(post => post.Break, StringComparer.Ordinal)
            .ToDictionary(posts => posts.Key, posts => _postings[posts.First().Key], StringComparer.Ordinal);

    public IReadOnlyList<PostingOfDate> PostingsOfDate(string packId, DateOnly businessDate) =>
    [
        .. PostingOfDate.AsNow(_runs.Select(run => run.Stored.Record)
            .Where(run => run.Head.PackId == packId && run.Head.BusinessDate == businessDate)
            .SelectMany(run => run.Posts
                .Where(post => post.State != PostingState.Withdrawn)
                .Select(post => new PostingOfDate(post, post.FirstRun ?? run.Head.Id)))
            .DistinctBy(entry => (entry.Posting.Key, entry.Posting.Effect, entry.Posting.State))
            .Where(entry => !IsHeldElsewhere(entry.Posting, packId, businessDate)),
        _postings),
    ];

    public IReadOnlyList<Posting> PostedOn(string packId, DateOnly businessDate) =>
    [
        .. _runs.Select(run => run.Stored.Record)
            .Where(run => run.Head.PackId == packId && run.Head.BusinessDate == businessDate)
            .SelectMany(run => run.Posts)
            .Where(post => post is { State: PostingState.Queued, FirstRun: null } && _postings[post.Key].State == PostingState.Queued),
    ];

    public IReadOnlyList<OwnPosting> OwnPostings(string packId) =>
    [
        .. posted ?? [],
        .. _runs.Select(run => run.Stored.Record).Where(run => run.Head.PackId == packId).SelectMany(run => run.Posts)
            .Where(post => _postings[post.Key].Effect == post.Effect).DistinctBy(post => post.Key, StringComparer.Ordinal)
            .Select(post => new OwnPosting(
                post.Key, post.Rule, post.To, post.Debit, post.Credit, post.Amount, OwnState(_postings[post.Key].State),
                Later(_postings[post.Key].BusinessDate, _approvedOn.GetValueOrDefault(post.Key)))
            {
                For = post.Break,
            }),
    ];

    static OwnPostingState OwnState(PostingState state) => state switch
    {
        PostingState.Queued => OwnPostingState.Awaited,
        PostingState.Withdrawn => OwnPostingState.Withdrawn,
        _ => OwnPostingState.NotAwaited,
    };

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    public IReadOnlyList<PostedTotals> PostedUpTo(string runId, int dates) =>
    [
        .. Chain(_runs.Select(run => run.Submission).First(run => run.Record.Head.Id == runId)).Take(dates)
            .Select(run => PostedTotals.Of(run.Record.Posts
                .Where(post => post is { State: PostingState.Queued, FirstRun: null }).Select(post => post.Amount))),
    ];

    bool IsHeldElsewhere(Posting posting, string packId, DateOnly businessDate) => _runs.Select(run => run.Stored.Record)
        .Where(run => run.Head.PackId == packId && run.Head.BusinessDate != businessDate)
        .GroupBy(run => run.Head.BusinessDate)
        .Any(date => date.MaxBy(run => _events.LastIndexOf(run.Head.Id))!.Posts.Any(
            post => Holds(post.State, posting.State) && post.Key == posting.Key && post.Effect == posting.Effect));

    static bool Holds(PostingState there, PostingState here) =>
        here == PostingState.Queued ? there == PostingState.Queued : there != PostingState.Withdrawn;

    public StoredRun Record(RunSubmission submission)
    {
        var record = submission.Record;
        var head = new RunHead(
            record.Head.Id, record.Head.Key, record.Head.PackId, record.Head.PackVersion, record.Head.BusinessDate,
            record.Head.Revision, record.Head.State, submission.At, record.Matches.Count, record.Breaks.Count, record.Posts.Count,
            IsStale: false);
        var stored = new StoredRun(head, record);
        _runs.Add((submission, stored));
        _events.Add(head.Id);
        foreach (var posting in record.Posts)
        {
            var own = new EarlierPosting(posting.Key, posting.Effect, posting.State, record.Head.Id, record.Head.BusinessDate);
            if (!_postings.TryAdd(posting.Key, own) && _postings[posting.Key] is var first && first.Effect == posting.Effect)
            {
                SayState(posting);
            }
        }

        return stored;
    }

    public IReadOnlyList<OutboxEntry> PostingsFor(string breakId) =>
    [
        .. _runs.SelectMany(run => run.Submission.Record.Posts).Where(post => post.Break == breakId)
            .DistinctBy(post => post.Key)
            .Select(post => new OutboxEntry(
                post.Key, _postings[post.Key].State, _postings[post.Key].RunId, _postings[post.Key].BusinessDate,
                post.To, post.Debit, post.Credit, post.Amount)),
    ];

    public bool Reinstate(string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by)
    {
        var (head, record) = FindRun(runId)!;
        var standing = _runs.Select(run => run.Stored.Head)
            .Where(run => run.PackId == head.PackId && run.BusinessDate == head.BusinessDate)
            .MaxBy(run => _events.LastIndexOf(run.Id))!;
        if (standing.Id == head.Id && mentions.Count == 0)
        {
            return false;
        }

        _events.Add(head.Id);
        foreach (var posting in record.Posts.Concat(mentions).Where(posting => _postings[posting.Key].Effect == posting.Effect))
        {
            SayState(posting);
        }

        return true;
    }

    // What people approved is queued, whatever runs say.
    void SayState(Posting posting)
    {
        if (!_approved.Contains(posting.Key))
        {
            _postings[posting.Key] = _postings[posting.Key] with { State = posting.State };
        }
    }

    public IReadOnlyList<WaitingPosting> WaitingFor(string breakId) =>
    [
        .. PostingsFor(breakId).Where(entry => entry.State.Waits()).Select(entry =>
        {
            var effect = _postings[entry.Key].Effect;
            var run = _runs.Find(run => run.Stored.Head.Id == SaidBy(entry.Key, effect)).Stored;
            return new WaitingPosting(
                run.Record.Posts.First(post => (post.Key, post.Effect) == (entry.Key, effect)) with { State = entry.State }, run.Head);
        }),
    ];

    string? SaidBy(string key, string effect) => _runs.Select(run => run.Stored.Record)
        .Where(run => run.Posts.Any(post => (post.Key, post.Effect) == (key, effect)))
        .MaxBy(run => _events.LastIndexOf(run.Head.Id))?.Head.Id;

    public void RecordFailure(FailedAttempt attempt) => _failures.Add(attempt);

    public IReadOnlyList<FailedAttempt> Failures(string? packId, int limit) =>
        [.. _failures.Where(attempt => packId is null || attempt.PackId == packId).Reverse().Take(limit)];

    public IReadOnlyList<RunHead> Runs(string? packId, int limit) =>
        [.. All().Select(run => run.Head).Where(run => packId is null || run.PackId == packId).Reverse().Take(limit)];

    public IReadOnlyList<DateOnly> StaleAfter(string packId, DateOnly businessDate) =>
    [
        .. All().Select(run => run.Head).Where(run => run.PackId == packId && run.BusinessDate > businessDate)
            .GroupBy(run => run.BusinessDate).OrderBy(date => date.Key)
            .Where(date => date.MaxBy(run => _events.LastIndexOf(run.Id))!.IsStale).Select(date => date.Key),
    ];

    public StoredRun? FindRun(string idOrPrefix) =>
        All().SingleOrDefault(run => run.Head.Id.StartsWith(idOrPrefix, StringComparison.Ordinal));

    public BreakPage Breaks(BreakQuery query)
    {
        var found = Packs().Where(runs => query.PackId is null || runs.Key == query.PackId)
            .Where(runs => runs.Any(run => run.Head.IsStanding && query.Knows(run.Head.BusinessDate)))
            .SelectMany(runs => BreaksOf(runs, query).Of(query));
        var all = BreakOrder.GravestFirst(found).ToList();
        return new BreakPage([.. all.Take(query.Limit)], Math.Max(all.Count - query.Limit, 0));
    }

    public StoredBreak? FindBreak(string idOrPrefix) => Breaks(BreakQuery.All with { Closed = true }).Breaks
        .SingleOrDefault(item => item.Break.Id.StartsWith(idOrPrefix, StringComparison.Ordinal)) ?? Superseded(idOrPrefix);

    // A break that no run has which stands: in the words of the last one that had it.
    StoredBreak? Superseded(string idOrPrefix)
    {
        var found = All().SelectMany(run => run.Record.Breaks.Select(item => (run.Head, Break: item)))
            .Where(entry => entry.Break.Id.StartsWith(idOrPrefix, StringComparison.Ordinal))
            .OrderBy(entry => entry.Head.BusinessDate).ThenBy(entry => entry.Head.Revision).LastOrDefault();
        return found.Break is not { } item ? null : new WorkedBreaks(Acts(found.Head.PackId)).Told(
            new StoredBreak(item, found.Head.PackId, found.Head.Id, found.Head.BusinessDate, ClosedBy: null, History: [])
            {
                SupersededBy = Standing(found.Head.PackId, found.Head.BusinessDate)?.Run.Head,
            },
            () => [item]);
    }

    public ActOutcome Act(ActRequest request)
    {
        var outcome = ActLedger.Decide(
            request,
            request.Key is { } key ? FindAct(key) : null,
            Acts(request.Act.PackId),
            _acts.Count + 1);
        if (outcome.WasRecorded)
        {
            return outcome;
        }

        if (request.Move is { } move && move.Objection(_postings.GetValueOrDefault(move.Key), SaidBy(move.Key, move.Effect)) is { } objection)
        {
            throw new ReconException(objection, FaultKind.InputWrong);
        }

        if (request.ObjectionOfRuns(Runs(request.Act.PackId, int.MaxValue)) is { } refused)
        {
            throw new ReconException(refused, FaultKind.InputWrong);
        }

        if (request.Undoing is { } undoing)
        {
            undoing.Demand(_postings);
            _approved.ExceptWith(undoing.Withdrawn.Select(posting => posting.Key));
            Record(undoing.Submission);
        }

        _acts.Add(outcome.Act);
        if (request.Move?.IsDue(Acts(outcome.Act.PackId)) == true)
        {
            _approved.Add(request.Move.Key);
            _approvedOn[request.Move.Key] = DateOnly.FromDateTime(outcome.Act.At.UtcDateTime);
            _postings[request.Move.Key] = _postings[request.Move.Key] with { State = PostingState.Queued };
        }

        return outcome;
    }

    public Act? FindAct(string key) => _acts.Find(act => act.Key == key);

    public IReadOnlyList<Act> Acts(string packId) => _acts.FindAll(act => act.PackId == packId);

    public string? Verify() => null;

    public void Dispose()
    {
    }

    /// <summary>In the order in which they were recorded, stale ones marked.</summary>
    IEnumerable<StoredRun> All()
    {
        var standings = new RunStandings(_runs.GroupBy(run => run.Stored.Head.PackId, run => PlaceOf(run.Stored.Head, run.Submission)));
        return _runs.Select(run => run.Stored with { Head = standings.Marked(run.Stored.Head) });
    }

    RunPlace PlaceOf(RunHead run, RunSubmission submission) =>
        new(run.Id, run.BusinessDate, run.Revision, _events.LastIndexOf(run.Id), submission.OpeningRunId, run.State == RunState.Undone);

    // By a run of its date that was recorded after it came to stand, or by itself.
    bool IsUndone(RunHead run) => _runs.Select(entry => entry.Stored.Head).Any(undoing => undoing.State == RunState.Undone
        && undoing.PackId == run.PackId && undoing.BusinessDate == run.BusinessDate && _events.LastIndexOf(undoing.Id) >= _events.LastIndexOf(run.Id));

    IEnumerable<IGrouping<string, StoredRun>> Packs() => All().GroupBy(run => run.Head.PackId);

    MemoryBreaks BreaksOf(IGrouping<string, StoredRun> runs, BreakQuery query) => new(
        [.. runs.Where(run => run.Head.IsStanding && query.Knows(run.Head.BusinessDate)).OrderBy(run => run.Head.BusinessDate)],
        [.. runs.Where(run => query.Knows(run.Head.BusinessDate))],
        new WorkedBreaks([.. Acts(runs.Key).Where(act => query.Knows(act.BusinessDate))]));

    IEnumerable<RunSubmission> Chain(RunSubmission? run)
    {
        while (run is not null)
        {
            yield return run;
            var parent = run.OpeningRunId;
            run = _runs.Select(entry => entry.Submission).FirstOrDefault(entry => entry.Record.Head.Id == parent);
        }
    }

    sealed class Unclaimed : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
