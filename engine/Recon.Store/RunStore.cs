// Keeps runs in a database, whichever server it is of.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Store.Evidence;
using Recon.Store.Purging;
using Recon.Store.Rows;

namespace Recon.Store;

/// <summary>What all stores do alike. The threads that share one instance wait for each other.</summary>
public abstract partial class RunStore : IRunStore
{
    readonly Lock _turn = new();

    private protected RunStore(Database database) => Database = database;

    internal Database Database { get; }

    /// <summary>
    /// Where the matches of large runs are kept as files; null: in the store, whatever their number. A store that is a file has a folder
    /// beside it.
    /// </summary>
    public EvidencePlace? Evidence { get; set; }

    public abstract IDisposable Claim(string packId, DateOnly businessDate);

    public OpeningState Opening(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
    {
        if (RunRows.NewestBefore(Database, packId, businessDate) is not { } run)
        {
            return OpeningState.Empty;
        }

        var chain = RunRows.Chain(Database, run.Number);
        return new OpeningState(
            run.ClosingHash,
            run.Head.Id,
            OpenItemRows.Read(Database, run.Number),
            SettledRows.Read(Database, chain),
            ClosingRows.Read(Database, chain))
        {
            AtRisk = OpeningExposure.Of(
                DocumentRows.Read(Database, run, new MatchEvidence([]), []).Exposure, BreakSegments.Read(Database, run)),
        };
    });

    public StoredRun? FindByKey(string runKey) => AskOfOneMoment(() => Load(RunRows.FindByKey(Database, runKey)));

    public int Revisions(string packId, DateOnly businessDate) =>
        Ask(() => RunRows.Revisions(Database, packId, businessDate));

    public StandingRun? Standing(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
        RunRows.StandingOf(Database, packId, businessDate) is not { } run ? null : new StandingRun(
            Load(run)!,
            RunRows.Chain(Database, run.Number) is [_, var opening, ..]
                ? OpenItemRows.Read(Database, opening).Select(item => item.Record).ToHashSet()
                : new HashSet<RecordId>()));

    public IReadOnlyDictionary<string, EarlierPosting> EarlierPostings(IReadOnlyCollection<string> keys) =>
        AskOfOneMoment(() => PostingRows.Earlier(Database, keys));

    public IReadOnlyDictionary<string, EarlierPosting> QueuedFor(IReadOnlyCollection<string> breakIds) =>
        AskOfOneMoment(() => PostingRows.QueuedFor(Database, breakIds));

    public IReadOnlyList<PostingOfDate> PostingsOfDate(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
    {
        var wanted = RunRows.OfDate(Database, packId, businessDate)
            .SelectMany(run => DocumentRows.Read(Database, run, new MatchEvidence([]), []).Posts
                .Where(post => post.State != PostingState.Withdrawn)
                .Select(post => new PostingOfDate(post, post.FirstRun ?? run.Head.Id)))
            .DistinctBy(entry => (entry.Posting.Key, entry.Posting.Effect, entry.Posting.State))
            .ToList();
        wanted = PostingRows.NotHeldElsewhere(Database, wanted, packId, businessDate);
        return PostingOfDate.AsNow(wanted, PostingRows.Earlier(Database, wanted.ConvertAll(entry => entry.Posting.Key))).ToList();
    });

    public IReadOnlyList<WaitingPosting> WaitingFor(string breakId) => AskOfOneMoment(() =>
    {
        var waiting = PostingRows.OfBreak(Database, breakId).FindAll(entry => entry.State.Waits());
        var effects = PostingRows.Earlier(Database, waiting.ConvertAll(entry => entry.Key));
        return waiting.ConvertAll(entry =>
        {
            var effect = effects[entry.Key].Effect;
            var run = RunRows.FindById(Database, PostingRows.SaidBy(Database, entry.Key, effect)!)!;
            var posting = DocumentRows.Read(Database, run, new MatchEvidence([]), []).Posts
                .First(post => (post.Key, post.Effect) == (entry.Key, effect));
            return new WaitingPosting(posting with { State = entry.State }, run.Head);
        });
    });

    public IReadOnlyList<Posting> PostedOn(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
    {
        var posted = RunRows.OfDate(Database, packId, businessDate)
            .SelectMany(run => DocumentRows.Read(Database, run, new MatchEvidence([]), []).Posts)
            .Where(post => post is { State: PostingState.Queued, FirstRun: null }).ToList();
        var now = PostingRows.Earlier(Database, posted.ConvertAll(post => post.Key));
        return posted.FindAll(post => now.GetValueOrDefault(post.Key)?.State == PostingState.Queued);
    });

    public IReadOnlyList<PostedTotals> PostedUpTo(string runId, int dates) => AskOfOneMoment(() =>
        RunRows.FindById(Database, runId) is not { } run ? [] : RunRows.Chain(Database, run.Number).Take(dates)
            .Select(number => PostedTotals.Of(PostingRows.Posted(Database, number))).ToList());

    public IReadOnlyList<OwnPosting> OwnPostings(string packId) => AskOfOneMoment(() => PostingRows.Own(Database, packId));

    public IReadOnlyList<OutboxEntry> PostingsFor(string breakId) => AskOfOneMoment(() => PostingRows.OfBreak(Database, breakId));

    public StoredRun Record(RunSubmission submission)
    {
        var files = Evidence is { } place ? FilesOf(submission, place) : null;
        return Ask(() => RunWriter.Record(Database, submission, files, (packId, date) =>
        {
            EvidenceFiles.DemandAll(Evidence, files);
            Guard(packId, date);
        }));
    }

    public bool Reinstate(string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by) =>
        Ask(() => ReinstatementRows.Add(Database, runId, mentions, at, by, Guard), isRepeatable: false);

    public void RecordFailure(FailedAttempt attempt) => Ask(() =>
    {
        using var transaction = Database.BeginWrite();
        AuditRows.Append(
            Database, attempt.At, attempt.By, AuditChain.Action.AttemptFailed, AttemptPayload.Of(attempt));
        transaction.Commit();
        return true;
    }, isRepeatable: false);

    public IReadOnlyList<FailedAttempt> Failures(string? packId, int limit) =>
        Ask(() => AuditRows.Failures(Database, packId, limit));

    public IReadOnlyList<RunHead> Runs(string? packId, int limit) =>
        AskOfOneMoment(() => RunRows.Marked(Database, RunRows.NewestFirst(Database, packId, limit)).ConvertAll(run => run.Head));

    public IReadOnlyList<DateOnly> StaleAfter(string packId, DateOnly businessDate) => AskOfOneMoment(() =>
        RunRows.OfPack(Database, packId).Select(run => run.Head).Where(run => run.BusinessDate > businessDate)
            .GroupBy(run => run.BusinessDate).Where(date => date.Last().IsStale).Select(date => date.Key).ToList());

    public StoredRun? FindRun(string idOrPrefix) => AskOfOneMoment(() => Load(RunRows.FindByPrefix(Database, idOrPrefix)));

    public BreakPage Breaks(BreakQuery query) => AskOfOneMoment(() => new BreakSearch(Database, query).Find());

    public StoredBreak? FindBreak(string idOrPrefix) => AskOfOneMoment(() =>
    {
        if (BreakRows.FindId(Database, idOrPrefix) is not { } id)
        {
            return null;
        }

        var (pack, life) = BreakRows.LifeOf(Database, id);
        var found = new PackRuns(RunRows.OfPack(Database, pack)).Told(Database, life);
        return new WorkedBreaks(ActRows.OfPack(Database, pack)).Told(found, () => life.Select(item => item.Break));
    });

    public ActOutcome Act(ActRequest request) => Ask(() => ActRows.Record(Database, request, Guard));

    public Act? FindAct(string key) => Ask(() => ActRows.UnderKey(Database, key));

    public IReadOnlyList<Act> Acts(string packId) => AskOfOneMoment(() => ActRows.OfPack(Database, packId));

    /// <summary>The runs whose matches were purged, in the order in which they were recorded.</summary>
    public IReadOnlyList<PurgedRun> Purged() => AskOfOneMoment(() => PurgeRows.All(Database)
        .ConvertAll(purge => new PurgedRun(RunRows.FindById(Database, purge.Run)!.Head, purge.Bytes)));

    public string? Verify() => Ask(() => Verification.FirstFault(Database, Evidence));

    /// <summary>The last entry of the audit chain; null where nothing was recorded.</summary>
    public AuditHead? LastAudit() => Ask(() => AuditRows.Last(Database));

    /// <summary>What is missing or other since somebody kept a head; null where the chain still has it. <see cref="Verify"/> proves the chain.</summary>
    public string? FaultSince(AuditHead kept) => Ask(() => AuditRows.FaultSince(Database, kept));

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Call it last in a transaction that writes: refuses the write of a process that has lost its claim.</summary>
    private protected virtual void Guard(string packId, DateOnly businessDate)
    {
    }

    StoredRun? Load(RunRow? run) => run is null
        ? null
        : new StoredRun(
            RunRows.Marked(Database, [run])[0].Head,
            Told(DocumentRows.Read(Database, run, EvidenceRows.Read(Database, run, Evidence), BreakSegments.Read(Database, run))));

    // Whoever reads the run learns what is not there any more.
    static RunRecord Told(RunRecord record) => record.Matches.Purged is { } purged
        ? record with { Notices = [.. record.Notices, $"{purged}: what is listed of them are breaks"] }
        : record;

    /// <summary>
    /// Writes the matches as files where there are many; null where they go into the store. First it removes what earlier tries of this
    /// date left behind: whoever records has claimed it, so that none of them is at work.
    /// </summary>
    IReadOnlyList<EvidenceFile>? FilesOf(RunSubmission submission, EvidencePlace place)
    {
        var head = submission.Record.Head;
        foreach (var left in Ask(() => AttemptRows.WithoutRun(Database, head.PackId, head.BusinessDate)))
        {
            EvidenceFiles.Remove(place.Folder, left);
        }

        if (submission.Record.Matches.Count < place.From)
        {
            return null;
        }

        var attempt = EvidenceAttempt.Of(head);
        Ask(() =>
        {
            AttemptRows.Add(Database, attempt, submission.At);
            return true;
        }, isRepeatable: false);
        return EvidenceFiles.Write(place.Folder, attempt, submission.Record);
    }

    /// <summary>A question of several queries: a run that is recorded meanwhile is in all of their answers, or in none.</summary>
    internal T AskOfOneMoment<T>(Func<T> question) => Ask(() =>
    {
        using var moment = Database.BeginRead();
        return question();
    });

    /// <summary>One call at a time; what the server says becomes a fault that names the store.</summary>
    internal T Ask<T>(Func<T> question, bool isRepeatable = true)
    {
        lock (_turn)
        {
            return Database.Attempt(question, isRepeatable);
        }
    }
}
