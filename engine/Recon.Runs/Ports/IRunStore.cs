// What a run needs from the place where runs are kept.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Acting;
using Recon.Runs.Results;

namespace Recon.Runs.Ports;

/// <summary>Keeps runs, open items, breaks, postings and the audit chain. Every change is an append.</summary>
/// <remarks>
/// Faults come as <see cref="ReconException"/> with <see cref="FaultKind.Storage"/> (transient where a retry may help)
/// or <see cref="FaultKind.Busy"/>.
/// </remarks>
public interface IRunStore : IDisposable
{
    /// <summary>
    /// Takes the right to run this pack and date; released when disposed, and by the death of the process.
    /// </summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: another process holds it.</exception>
    IDisposable Claim(string packId, DateOnly businessDate);

    /// <summary>
    /// The state from which a run of this pack and date begins: the closing state of the standing run of the newest earlier
    /// business date (the revision recorded or reinstated last); empty where there is none. A date that was undone counts as one
    /// that was not run.
    /// </summary>
    OpeningState Opening(string packId, DateOnly businessDate);

    /// <summary>The recorded run with this key, or null.</summary>
    StoredRun? FindByKey(string runKey);

    /// <summary>The number of recorded revisions of this pack and date.</summary>
    int Revisions(string packId, DateOnly businessDate);

    /// <summary>The run that stands for this pack and date; null where the date was not run.</summary>
    StandingRun? Standing(string packId, DateOnly businessDate);

    /// <summary>The postings recorded before under these keys, by key, whichever run made them.</summary>
    IReadOnlyDictionary<string, EarlierPosting> EarlierPostings(IReadOnlyCollection<string> keys);

    /// <summary>The first posting that earlier runs queued for each of these breaks, by break id; breaks without one are left out.</summary>
    IReadOnlyDictionary<string, EarlierPosting> QueuedFor(IReadOnlyCollection<string> breakIds);

    /// <summary>
    /// The postings that the recorded revisions of this pack and date wanted, once each state in their order, but for those that
    /// the standing run of another date wants with the same effect: where a match moves to another date, its posting stays. A
    /// queued one stays only where it is queued there too.
    /// </summary>
    IReadOnlyList<PostingOfDate> PostingsOfDate(string packId, DateOnly businessDate);

    /// <summary>
    /// What the engine posted by itself in the runs of this pack and date, whichever stands, in their order: queued, by the first run that
    /// asked for it, and not withdrawn since.
    /// </summary>
    IReadOnlyList<Posting> PostedOn(string packId, DateOnly businessDate);

    /// <summary>
    /// What the engine posted by itself in a run, in the one from whose closing state it began, and so on: the newest first, at most
    /// <paramref name="dates"/>.
    /// </summary>
    IReadOnlyList<PostedTotals> PostedUpTo(string runId, int dates);

    /// <summary>Every posting that runs of the pack asked for, as it stands now, in whatever order.</summary>
    IReadOnlyList<OwnPosting> OwnPostings(string packId);

    /// <summary>What the outbox holds for a break, in the order in which it came there; empty where it holds nothing.</summary>
    IReadOnlyList<OutboxEntry> PostingsFor(string breakId);

    /// <summary>What waits for people to approve it for a break, in the order in which it came into the outbox.</summary>
    IReadOnlyList<WaitingPosting> WaitingFor(string breakId);

    /// <summary>Writes the run, its open items, breaks, postings, evidence and audit entries in one transaction.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: the same key or revision was recorded meanwhile.</exception>
    StoredRun Record(RunSubmission submission);

    /// <summary>
    /// Makes a recorded run the standing one of its date again, by an event beside it: its inputs are back. False where it is
    /// the standing one already and there are no mentions.
    /// </summary>
    /// <param name="mentions">
    /// Postings of the outbox that the run does not name, in the state that they come to by this. What the run itself says of
    /// its postings counts again as if it had just been recorded.
    /// </param>
    bool Reinstate(string runId, IReadOnlyList<Posting> mentions, DateTimeOffset at, string by);

    /// <summary>Appends a failed attempt to the audit chain (a control that failed, a rule that threw).</summary>
    void RecordFailure(FailedAttempt attempt);

    /// <summary>Failed attempts, newest first; of all packs where <paramref name="packId"/> is null.</summary>
    IReadOnlyList<FailedAttempt> Failures(string? packId, int limit);

    /// <summary>Newest first; all packs where <paramref name="packId"/> is null.</summary>
    IReadOnlyList<RunHead> Runs(string? packId, int limit);

    /// <summary>
    /// Later business dates of the pack whose newest revision is stale (<see cref="RunHead.IsStale"/>), in their order.
    /// </summary>
    IReadOnlyList<DateOnly> StaleAfter(string packId, DateOnly businessDate);

    /// <summary>The run with this id (or a unique beginning of it, at least 4 digits); null where there is none.</summary>
    StoredRun? FindRun(string idOrPrefix);

    /// <summary>
    /// Breaks of the run that stands for the newest business date, of each pack (of one pack where named), and what those of
    /// earlier dates left: what is not settled, is in no later run that stands, and is closed by none. The gravest first
    /// (<see cref="BreakOrder"/>). Runs may be stale: <see cref="StaleAfter"/> says so.
    /// </summary>
    BreakPage Breaks(BreakQuery query);

    /// <summary>The break with this id or unique beginning of it, with its history; null where there is none.</summary>
    StoredBreak? FindBreak(string idOrPrefix);

    /// <summary>
    /// Appends an act of a person, and an entry of the audit chain, in one transaction, with the posting that it puts into the outbox; gives
    /// what was recorded before where the same is asked again (<see cref="ActLedger"/>).
    /// </summary>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the key has another effect, or the act is not possible.</exception>
    ActOutcome Act(ActRequest request);

    /// <summary>The act under this key; null where there is none.</summary>
    Act? FindAct(string key);

    /// <summary>The acts of people on a pack, in their order.</summary>
    IReadOnlyList<Act> Acts(string packId);

    /// <summary>Checks the audit chain and every stored hash; the first fault found, or null where all is well.</summary>
    string? Verify();
}

/// <summary>Line of a list of runs.</summary>
/// <param name="IsStale">
/// As of now: its opening run is not the one that stands for the newest earlier business date, or is itself stale. Where the
/// run stands for its date, the date should be run again.
/// </param>
public sealed record RunHead(
    string Id, string Key, string PackId, string PackVersion, DateOnly BusinessDate, int Revision, RunState State,
    DateTimeOffset RecordedAt, int Matches, int Breaks, int Posts, bool IsStale)
{
    /// <summary>As of now: the revision that stands for its date; null where that is this one.</summary>
    public int? SupersededBy { get; init; }

    public bool IsSuperseded => SupersededBy is not null;

    /// <summary>It stands for its date, and decided something.</summary>
    public bool IsStanding => !IsSuperseded && State != RunState.Undone;

    /// <summary>Those that stand for their date, the newest date first; of one date in the order given.</summary>
    public static IEnumerable<RunHead> Standing(IEnumerable<RunHead> runs) => StandingFirst(runs).Where(run => run.IsStanding);

    /// <summary>Those that stand for their date, then the superseded ones: what counts comes before what counted once.</summary>
    /// <returns>In each part the newest date first; of one date in the order given.</returns>
    public static IEnumerable<RunHead> StandingFirst(IEnumerable<RunHead> runs) =>
        runs.OrderBy(run => run.IsSuperseded).ThenByDescending(run => run.BusinessDate);
}

/// <summary>A run as the store gives it back: equal to what was recorded, to the byte.</summary>
public sealed record StoredRun(RunHead Head, RunRecord Record);

/// <summary>A run that stands for its date.</summary>
/// <param name="Carried">The records that were open before it, as it took them over.</param>
public sealed record StandingRun(StoredRun Run, IReadOnlySet<RecordId> Carried);

/// <summary>A posting of an earlier run under a key that is asked about.</summary>
/// <param name="State">What the run said of it that meant the same effect and came to stand last.</param>
/// <param name="RunId">The first run that had it.</param>
public sealed record EarlierPosting(string Key, string Effect, PostingState State, string RunId, DateOnly BusinessDate)
{
    /// <summary>The books have it, or may have it: it was handed to its target, and that did not refuse it.</summary>
    public bool IsHandedOver { get; init; }
}

/// <summary>A posting as a run recorded it, and the run that was the first to have it.</summary>
public sealed record PostingOfDate(Posting Posting, string RunId)
{
    public bool IsQueued => Posting.State == PostingState.Queued;

    /// <summary>The same, as they stand now: what people approved is queued, and what an undone run queued is not; without those withdrawn.</summary>
    /// <param name="now">What is recorded under the keys now.</param>
    public static IEnumerable<PostingOfDate> AsNow(IEnumerable<PostingOfDate> entries, IReadOnlyDictionary<string, EarlierPosting> now) => entries
        .Select(entry => now.GetValueOrDefault(entry.Posting.Key) is { } known && known.Effect == entry.Posting.Effect
            && (entry.IsQueued || known.State == PostingState.Queued)
                ? entry with { Posting = entry.Posting with { State = known.State } }
                : entry)
        .Where(entry => entry.Posting.State != PostingState.Withdrawn)
        .DistinctBy(entry => (entry.Posting.Key, entry.Posting.Effect, entry.Posting.State));
}

/// <summary>A posting that waits for people.</summary>
/// <param name="Run">The run that spoke of it last, whose words it has.</param>
public sealed record WaitingPosting(Posting Posting, RunHead Run);

/// <summary>A posting of the outbox.</summary>
/// <param name="State">As of now, whatever its run said then.</param>
/// <param name="RunId">The run that put it there.</param>
public sealed record OutboxEntry(
    string Key, PostingState State, string RunId, DateOnly BusinessDate, string To, string Debit, string Credit, Money Amount)
{
    /// <summary>Of one that is in the outbox.</summary>
    public DeliveryState Delivery { get; init; }

    /// <summary>The word for where it is, as <see cref="OutboxPosting.Word"/>.</summary>
    public string Word => OutboxPosting.WordOf(State, Delivery);
}

/// <summary>Which breaks are asked for.</summary>
/// <param name="PackId">Null: of all packs.</param>
/// <param name="Class">Null: of every class.</param>
/// <param name="Status">Null: of every status.</param>
/// <param name="Closed">Also those that a later run closed or an earlier date settled, as the last standing run that had them says.</param>
/// <param name="Limit">How many, at least 1.</param>
public sealed record BreakQuery(string? PackId, string? Class, Status? Status, bool Closed, int Limit)
{
    /// <summary>Also what is settled (<see cref="Break.IsSettled"/>).</summary>
    public bool WithSettled { get; init; } = true;

    /// <summary>As if no later date had been run, and nobody had decided on one; null: as of now.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>True where what a run or an act of this date says counts.</summary>
    public bool Knows(DateOnly businessDate) => AsOf is not { } last || businessDate <= last;

    /// <summary>Null: whoever works on it (<see cref="BreakWork"/>).</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Null: with any label or none.</summary>
    public string? Label { get; init; }

    /// <summary>Only what has missed a deadline and is not settled.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Every break that stands.</summary>
    public static BreakQuery All { get; } = new(null, null, null, Closed: false, int.MaxValue);

    /// <summary>True where it is one of those asked for.</summary>
    /// <param name="newest">The newest business date of its pack.</param>
    public bool Asks(StoredBreak stored, DateOnly newest) => stored.Break is var item
        && (Class is null || item.Class == Class) && (Status is null || item.Status == Status)
        && (WithSettled || !item.IsSettled || (Closed && item.Class == BuiltInClasses.Resolved))
        && (AssignedTo is null || (stored.AssignedTo ?? BreakWork.Nobody) == AssignedTo)
        && (Label is null || stored.Labels.Contains(Label))
        && (!IsOverdue || (!item.IsSettled && stored.ClosedBy is null && (item.WasDue ?? item.Due) < newest));
}

/// <summary>The first of the breaks that were asked for.</summary>
/// <param name="Left">How many more there are.</param>
public sealed record BreakPage(IReadOnlyList<StoredBreak> Breaks, int Left);

/// <summary>A break with its life so far.</summary>
/// <param name="ClosedBy">
/// Id of the standing run of a later date that says it closed the break (<see cref="RunRecord.Closed"/>); null while it stands,
/// and for what no run takes over: what was settled by its own run, or withdrawn.
/// </param>
/// <param name="History">Oldest first; empty in a list of breaks.</param>
public sealed record StoredBreak(
    Break Break, string PackId, string RunId, DateOnly BusinessDate, string? ClosedBy, IReadOnlyList<BreakEvent> History)
{
    /// <summary>What people did about it, in their order.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Null for nobody.</summary>
    public string? AssignedTo => BreakWork.AssigneeOf(Break, Acts);

    /// <summary>Sorted.</summary>
    public IReadOnlyCollection<string> Labels => BreakWork.LabelsOf(Acts);

    /// <summary>The run that stands for the date of the run that had it last; null where that is this run itself.</summary>
    public RunHead? SupersededBy { get; init; }
}

/// <summary>What one run said about a break.</summary>
public sealed record BreakEvent(DateOnly BusinessDate, string RunId, string Class, Status Status, Tier Tier)
{
    /// <summary>As of now: another revision stands for its date.</summary>
    public bool IsSuperseded { get; init; }
}

/// <summary>A run that ended before it had a result.</summary>
public sealed record FailedAttempt(string PackId, DateOnly BusinessDate, string Reason, DateTimeOffset At, string By);
