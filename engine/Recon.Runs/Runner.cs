// One run from its inputs to its record, as one chain of values.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Acting;
using Recon.Runs.Assembling;
using Recon.Runs.Freezing;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Returning;

namespace Recon.Runs;

/// <summary>What a run gave back.</summary>
/// <param name="Stored">Null for a dry run.</param>
/// <param name="WasRecorded">True where the same key had been recorded before: nothing was done again.</param>
/// <param name="Stages">How long each stage took, in the order they ran; empty where no clock was given.</param>
public sealed record RunOutcome(
    RunRecord Record, StoredRun? Stored, bool WasRecorded, IReadOnlyList<(RunStage Stage, TimeSpan Took)> Stages)
{
    /// <summary>True where another revision stood for the date until now, and the recorded run stands again.</summary>
    public bool IsReinstated { get; init; }

    /// <summary>Reversals that became proposed or withdrawn because the recorded run stands for its date again.</summary>
    public IReadOnlyList<Posting> Reversals { get; init; } = [];

    /// <summary>Postings that waited for a person and wait no more, because the reinstated run does not want them.</summary>
    public IReadOnlyList<Posting> Withdrawn { get; init; } = [];

    /// <summary>Postings that later revisions queued and the reinstated run does not want; nothing was decided about them.</summary>
    public IReadOnlyList<PostingOfDate> Unwanted { get; init; } = [];
}

/// <summary>Runs packs: reads through one port, keeps through the other, decides in between without either.</summary>
/// <param name="clock">Measures the stages; without one, none is measured.</param>
public sealed class Runner(
    ISourceReader reader, IRunStore store, Action<StageProgress>? progress = null, TimeProvider? clock = null)
{
    /// <summary>Runs the pack and records the result, or returns what was recorded under the same key before.</summary>
    /// <exception cref="ReconException">An input, a control, a rule or the store; nothing was recorded.</exception>
    public RunOutcome Run(RunRequest request, CancellationToken cancellation)
    {
        using var claim = store.Claim(request.Pack.Id, request.BusinessDate);
        try
        {
            return JoinedOrWhole(request, asked => RunClaimed(asked, cancellation));
        }
        catch (ReconException fault) when (fault.Kind is FaultKind.InputWrong or FaultKind.RuleFailed)
        {
            store.RecordFailure(new FailedAttempt(request.Pack.Id, request.BusinessDate, fault.Message, request.At, request.By));
            throw;
        }
    }

    /// <summary>Gives what a run would give, and records nothing: under a key that is recorded, its record.</summary>
    public RunOutcome DryRun(RunRequest request, CancellationToken cancellation) =>
        JoinedOrWhole(request, asked => DryRunOf(asked, cancellation));

    /// <summary>Decides as a run would and gives the tables it was decided on, for explanations; records nothing.</summary>
    public DecidedRun Explore(RunRequest request, CancellationToken cancellation) =>
        JoinedOrWhole(request, asked => Explored(asked, cancellation));

    /// <summary>Reads, normalises, checks and matches as a run does, and stops there: nothing is judged or recorded.</summary>
    /// <exception cref="ReconException">An input, a control or a rule.</exception>
    public (MatchedRun Run, IReadOnlyList<(RunStage Stage, TimeSpan Took)> Stages) Match(RunRequest request, CancellationToken cancellation) =>
        JoinedOrWhole(request, asked => Matched(asked, cancellation));

    /// <summary>
    /// Decides as if nothing had been run for the date: from the same opening state, without what its revisions posted. So two versions of
    /// a pack are compared by their rules alone. Records nothing.
    /// </summary>
    /// <exception cref="ReconException">An input, a control or a rule.</exception>
    public RunRecord Plan(RunRequest request, CancellationToken cancellation) => JoinedOrWhole(request, asked => Planned(asked, cancellation));

    /// <summary>
    /// Decides what a recorded run began from once more, as <see cref="Plan"/> does: its inputs, the state before it and what people had decided
    /// by then. Records nothing.
    /// </summary>
    /// <exception cref="ReconException">An input or a rule; <see cref="FaultKind.InputWrong"/>: what it began from is not there any more.</exception>
    public RunRecord Replay(RunRequest request, StoredRun recorded, CancellationToken cancellation) =>
        JoinedOrWhole(request, asked => Replayed(asked, recorded, cancellation));

    /// <summary>
    /// Takes what a run of the date would begin from, and what it would decide as <see cref="Plan"/> does. Whole rows are taken, also where a
    /// server could join them; decisions of people and what was posted are not.
    /// </summary>
    /// <exception cref="ReconException">An input, a control or a rule.</exception>
    public (FrozenInputs Inputs, DecidedRun Decided) Freeze(RunRequest request, CancellationToken cancellation)
    {
        request = request with { NotJoined = "a snapshot has whole rows" };
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation, isRecorded: false);
        opening = new OpeningState(
            opening.Hash, null, [.. opening.Items.Where(item => !OwnPosting.Is(item.Record))], opening.Settled, opening.Closings)
        {
            AtRisk = null,
        };
        return (
            new FrozenInputs(request.Pack.Id, request.BusinessDate, [.. inputs.Select(input => input.Table)], opening),
            RunChain.Decide(PlanInput(request, inputs, opening, key), stages, progress, cancellation));
    }

    // What a server joined may turn out to need what stayed behind: then all is read once more, as of one new moment.
    static T JoinedOrWhole<T>(RunRequest request, Func<RunRequest, T> run)
    {
        try
        {
            return run(request);
        }
        catch (JoinUndoneException undone)
        {
            return run(request with { NotJoined = undone.Message });
        }
    }

    RunOutcome DryRunOf(RunRequest request, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation);
        if (store.FindByKey(key) is StoredRun earlier)
        {
            return new RunOutcome(earlier.Record, Stored: null, WasRecorded: true, stages.Taken);
        }

        var decided = Decide(request, inputs, opening, key, stages, cancellation);
        return new RunOutcome(decided.Submission.Record, Stored: null, WasRecorded: false, stages.Taken);
    }

    DecidedRun Explored(RunRequest request, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation);
        if (store.FindByKey(key) is not { } recorded)
        {
            return Decide(request, inputs, opening, key, stages, cancellation);
        }

        // Decided again, a run would meet its own postings and its own revision: nothing of it is compared with what it stands for.
        var input = ChainInput(request, inputs, opening, key, superseded: null);
        var decided = RunChain.Decide(input, stages, progress, cancellation);
        var record = recorded.Record.Matches.Purged is null ? recorded.Record : recorded.Record with { Matches = decided.Submission.Record.Matches };
        return decided with { Submission = decided.Submission with { Record = record }, IsRecorded = true };
    }

    RunRecord Planned(RunRequest request, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation);
        return RunChain.Decide(PlanInput(request, inputs, opening, key), stages, progress, cancellation).Submission.Record;
    }

    RunRecord Replayed(RunRequest request, StoredRun recorded, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation, decidedBy: recorded.Head.RecordedAt);
        RecordedInputs.Demand(recorded, [.. inputs.Select(input => input.Table)]);
        var input = PlanInput(request, inputs, opening, key) with
        {
            Earlier = keys => OfEarlierDates(store.EarlierPostings(keys), request.BusinessDate),
            QueuedFor = breaks => OfEarlierDates(store.QueuedFor(breaks), request.BusinessDate),
        };
        return RunChain.Decide(input, stages, progress, cancellation).Submission.Record;
    }

    static Dictionary<string, EarlierPosting> OfEarlierDates(IReadOnlyDictionary<string, EarlierPosting> earlier, DateOnly date) =>
        earlier.Where(entry => entry.Value.BusinessDate < date).ToDictionary(StringComparer.Ordinal);

    RunChainInput PlanInput(RunRequest request, ReadInput[] inputs, OpeningState opening, string key) =>
        ChainInput(request, inputs, opening with { PostedOfDate = [] }, key, superseded: null) with
        {
            Revision = 1,
            Earlier = keys => OfOtherDates(store.EarlierPostings(keys), request.BusinessDate),
            QueuedFor = breaks => OfOtherDates(store.QueuedFor(breaks), request.BusinessDate),
            Before = [],
        };

    static Dictionary<string, EarlierPosting> OfOtherDates(IReadOnlyDictionary<string, EarlierPosting> earlier, DateOnly date) =>
        earlier.Where(entry => entry.Value.BusinessDate != date).ToDictionary(StringComparer.Ordinal);

    (MatchedRun Run, IReadOnlyList<(RunStage Stage, TimeSpan Took)> Stages) Matched(RunRequest request, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation, isRecorded: false);
        var input = ChainInput(request, inputs, opening, key, Superseded(request));
        return (RunChain.Match(input, stages, progress, cancellation), stages.Taken);
    }

    RunOutcome RunClaimed(RunRequest request, CancellationToken cancellation)
    {
        var stages = new StageClock(clock);
        var (inputs, opening, key) = Prepare(request, stages, cancellation);
        request.Reviewed?.DemandKey(key, RunKey.PackHash(request.Pack));
        if (store.FindByKey(key) is StoredRun earlier)
        {
            return Reinstated(earlier, request) with { Stages = stages.Taken };
        }

        DemandOpen(request);
        var decided = Decide(request, inputs, opening, key, stages, cancellation);
        request.Reviewed?.DemandPostings(decided.Submission.Record.Posts);
        progress?.Invoke(new StageProgress(RunStage.Record, request.Pack.Id, null, null));
        cancellation.ThrowIfCancellationRequested();
        var stored = stages.Measure(RunStage.Record, () => store.Record(decided.Submission));
        return new RunOutcome(stored.Record, stored, WasRecorded: false, stages.Taken);
    }

    // Before the work, and once more by the store when it is recorded.
    void DemandOpen(RunRequest request)
    {
        if (new SignedPeriods(store.Acts(request.Pack.Id)).ObjectionTo(request.BusinessDate) is { } objection)
        {
            throw new ReconException(objection, FaultKind.InputWrong);
        }
    }

    RunOutcome Reinstated(StoredRun run, RunRequest request)
    {
        if (run.Head.IsSuperseded)
        {
            DemandOpen(request);
        }

        var before = store.PostingsOfDate(run.Head.PackId, run.Head.BusinessDate);
        var reversals = Reversals.Reinstated(run.Record, before, store.EarlierPostings);
        var withdrawn = WithdrawnProposals.Of(run.Record.Posts, before, store.EarlierPostings);
        var wanted = run.Record.Posts.Select(posting => (posting.Key, posting.Effect)).ToHashSet();
        return new RunOutcome(run.Record, run, WasRecorded: true, [])
        {
            IsReinstated = store.Reinstate(run.Head.Id, [.. reversals, .. withdrawn], request.At, request.By),
            Reversals = reversals,
            Withdrawn = withdrawn,
            Unwanted = [.. before.Where(entry => entry.IsQueued && !wanted.Contains((entry.Posting.Key, entry.Posting.Effect)))],
        };
    }

    (ReadInput[] Inputs, OpeningState Opening, string Key) Prepare(
        RunRequest request, StageClock stages, CancellationToken cancellation, bool isRecorded = true, DateTimeOffset? decidedBy = null)
    {
        request.Rules.Costs.Begin();
        var inputs = stages.Measure(RunStage.Read, () => ReadAll(request, isRecorded, cancellation));
        var opening = store.Opening(request.Pack.Id, request.BusinessDate);
        opening = opening with
        {
            Decisions = OpeningDecisions.Of(
                [.. store.Acts(request.Pack.Id).Where(act => decidedBy is null || act.At <= decidedBy)], opening, request.BusinessDate),
        };
        opening = PostedSoFar(request, opening);
        opening = opening with
        {
            Own = OwnPostings.Of(request, [.. inputs.Select(input => input.Table)], opening, () => store.OwnPostings(request.Pack.Id)),
        };
        return (inputs, opening, RunKey.Of(request, [.. inputs.Select(input => input.Table)], opening));
    }

    // Asked of packs that post by themselves: nobody else has a limit to keep.
    OpeningState PostedSoFar(RunRequest request, OpeningState opening) =>
        !request.Pack.Resolutions.Any(rule => rule.PostsByItself) ? opening : opening with
        {
            PostedOfDate = store.PostedOn(request.Pack.Id, request.BusinessDate),
            PostedBefore = request.Pack.Breaker is { } breaker && opening.RunId is { } run ? store.PostedUpTo(run, breaker.Dates) : [],
        };

    DecidedRun Decide(
        RunRequest request, ReadInput[] inputs, OpeningState opening, string key, StageClock stages,
        CancellationToken cancellation) =>
        RunChain.Decide(
            ChainInput(request, inputs, opening, key, Superseded(request)), stages, progress, cancellation);

    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: which records the run before had cannot be told any more.</exception>
    StandingRun? Superseded(RunRequest request)
    {
        var standing = store.Standing(request.Pack.Id, request.BusinessDate);
        return standing?.Run.Record.Matches.Purged is not { } purged ? standing : throw new ReconException(
            $"{request.Pack.Id} {request.BusinessDate:yyyy-MM-dd} cannot be run again with other inputs or from another state: {purged}, "
                + $"and without them nobody can tell which records of run {standing.Run.Head.Id} are not delivered any more",
            FaultKind.NotFound);
    }

    RunChainInput ChainInput(RunRequest request, ReadInput[] inputs, OpeningState opening, string key, StandingRun? superseded) => new(
        request, [.. inputs.Select(input => input.Table)], opening, key, store.Revisions(request.Pack.Id, request.BusinessDate) + 1,
        store.EarlierPostings, store.QueuedFor,
        store.PostingsOfDate(request.Pack.Id, request.BusinessDate))
    {
        Taken = [.. inputs.Select(input => input.Taken)],
        Superseded = superseded,
    };

    ReadInput[] ReadAll(RunRequest request, bool isRecorded, CancellationToken cancellation)
    {
        using var session = reader.Begin(request.Pack.Sources, new ReadRequest(request.Pack.Id, request.BusinessDate), cancellation);
        return new InputReading(session, request, isRecorded, progress, cancellation).All();
    }
}
