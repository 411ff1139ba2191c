// From raw tables to a decided run: normalise, check, match, judge, assemble. Pure.
using Recon.Judging;
using Recon.Judging.Correcting;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Acting;
using Recon.Runs.Assembling;
using Recon.Runs.Controls;
using Recon.Runs.Identity;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Returning;

namespace Recon.Runs;

/// <summary>Everything a run decides from.</summary>
/// <param name="Inputs">One table a source, in the order of the pack.</param>
/// <param name="Earlier">Postings recorded before under the keys asked for.</param>
/// <param name="QueuedFor">Postings in the outbox for the breaks asked for.</param>
/// <param name="Before">What earlier revisions of this pack and date wanted to post and no other date holds.</param>
public sealed record RunChainInput(
    RunRequest Request,
    IReadOnlyList<RawTable> Inputs,
    OpeningState Opening,
    string Key,
    int Revision,
    Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> Earlier,
    Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> QueuedFor,
    IReadOnlyList<PostingOfDate> Before)
{
    /// <summary>What was read of each input while its rows came by; null where nobody took them.</summary>
    internal IReadOnlyList<TakenRows?> Taken { get; init; } = [.. Inputs.Select(_ => (TakenRows?)null)];

    /// <summary>The run that stands for this date until this one is recorded; null where there is none.</summary>
    public StandingRun? Superseded { get; init; }
}

/// <summary>A decided run with the tables it was decided on, for explanations.</summary>
public sealed record DecidedRun(
    RunSubmission Submission,
    IReadOnlyList<RecordTable> Tables,
    MatchSet Matches,
    MatchScope Scope,
    MatchOptions Options)
{
    /// <summary>True where its record is one that was recorded under the same key before.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The pack, behind its own passes those of what people matched by hand.</summary>
    public required Pack Pack { get; init; }

    /// <summary>The decisions of people from which it began.</summary>
    public required Decisions Decisions { get; init; }

    /// <summary>What concerned it of what the pack has posted.</summary>
    public OwnPostings Own { get; init; } = OwnPostings.None;

    internal ReturnedPostings? Returned { get; init; }

    /// <summary>The posting that a record of the books is, or by which an open record is booked; null where there is none.</summary>
    public OwnPosting? PostingOf(SourceSpec source, int row) => Returned?.PostingOf(source, row);

    /// <summary>The same sources with the account of their rows, in the order of the pack.</summary>
    public required IReadOnlyList<NormalisedSource> Sources { get; init; }
}

public static class RunChain
{
    /// <exception cref="ReconException">A control failed (<see cref="FaultKind.InputWrong"/>) or a rule threw.</exception>
    public static DecidedRun Decide(
        RunChainInput input, StageClock stages, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var matched = Match(input, stages, progress, cancellation);
        progress?.Invoke(new StageProgress(RunStage.Judge, input.Request.Pack.Id, null, null));
        var submission = stages.Measure(RunStage.Judge, () => Judged(matched.Input, matched, cancellation));
        return new DecidedRun(submission, matched.Tables, matched.Matches, matched.Scope, matched.Options)
        {
            Pack = matched.Input.Request.Pack,
            Decisions = input.Opening.Decisions,
            Own = input.Opening.Own,
            Returned = matched.Returned,
            Sources = matched.Sources,
        };
    }

    /// <summary>The first half of <see cref="Decide"/>: what matched and what is open, judged by nobody yet.</summary>
    /// <exception cref="ReconException">A control failed (<see cref="FaultKind.InputWrong"/>) or a rule threw.</exception>
    public static MatchedRun Match(
        RunChainInput input, StageClock stages, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var request = input.Request;
        var pack = request.Pack;
        var sources = stages.Measure(RunStage.Normalise, () => Normalise(input, progress, cancellation));
        GiveBack(input);
        ServerJoins.HoldRows(sources);
        var controls = Check(pack, input, sources);
        IReadOnlyList<RecordTable> tables = [.. sources.Select(source => source.Records)];
        var returned = ReturnedPostings.Of(request, input.Opening, sources);
        var scope = returned.Scope;
        var byHand = HandMatches.Of(returned, input.Opening.Decisions, sources, input.Request.BusinessDate);
        pack = byHand.Pack;
        var options = new MatchOptions(
            request.Rules,
            request.Calendars,
            request.Threads,
            (pass, done) => progress?.Invoke(new StageProgress(RunStage.Match, pack.Passes[pass].Id, done, null)),
            request.HashSeed)
        {
            Rates = request.Rates,
            PartitionBytes = request.Memory.PartitionBytes,
            IsSettled = record => input.Opening.Settled.Any(settled => settled.Has(record)),
            Given = returned.Given.Concat(byHand.Given).ToDictionary(),
        };
        (var matches, options) = stages.Measure(RunStage.Match, () => KeptApart.Match(pack, tables, scope, options, byHand.Apart, cancellation));
        ServerJoins.HoldMatches(pack, tables, matches);
        GiveBack(input);
        return new MatchedRun(input with { Request = request with { Pack = pack } }, sources, controls, tables, matches, scope, options)
        {
            NotTaken = byHand.NotTaken,
            Returned = returned,
        };
    }

    // What a stage has left is as large as what it made, and in few arrays: to find it costs a millisecond, and the next one takes memory that
    // was touched before instead of fresh memory.
    static void GiveBack(RunChainInput input)
    {
        if (input.Taken.Any(taken => taken is not null))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }

    // Side by side; of several faults the one of the source declared first is thrown.
    static NormalisedSource[] Normalise(
        RunChainInput input, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var request = input.Request;
        var sources = new NormalisedSource[request.Pack.Sources.Count];
        RowRanges.ForEach(sources.Length, RowRanges.Options(request.Threads, cancellation), i =>
        {
            var source = request.Pack.Sources[i];
            progress?.Invoke(new StageProgress(RunStage.Normalise, source.Name, null, null));
            sources[i] = Normaliser.Normalise(InputOf(source, input), cancellation);
        });
        return sources;
    }

    static NormalisingInput InputOf(SourceSpec source, RunChainInput input) => new(
        source,
        input.Inputs[source.Index],
        [.. input.Opening.Items.Where(item => item.Record.Source == source.Name)],
        [.. input.Opening.Settled.Where(settled => settled.Source == source.Name)],
        input.Request.Rules,
        input.Request.Threads)
    {
        Closings = [.. input.Opening.Closings.Where(closing => closing.Source == source.Name)],
        Taken = input.Taken[source.Index],
        Counted = PushDown.Counted(input.Request.Pack, source),
        Memory = input.Request.Memory.Columns,
    };

    static List<ControlResult> Check(Pack pack, RunChainInput input, NormalisedSource[] sources)
    {
        var results = pack.Sources.SelectMany(source => ControlChecks.Check(
            source,
            input.Inputs[source.Index],
            sources[source.Index],
            [.. input.Opening.Closings.Where(closing => closing.Source == source.Name)])).ToList();
        var failed = results.Where(result => result.Outcome == ControlOutcome.Failed).ToList();
        return failed.Count == 0 ? results : throw new ReconException(
            string.Join("\n", failed.Select(result => $"control failed: {result.Source}: {result.Control}: {result.Detail}")),
            FaultKind.InputWrong);
    }

    static RunSubmission Judged(RunChainInput input, MatchedRun matched, CancellationToken cancellation)
    {
        var request = input.Request;
        var pack = request.Pack;
        var (_, sources, controls, tables, matches, scope, _) = matched;
        var flagged = controls.Any(control => control.Outcome == ControlOutcome.Flagged);
        var (judgement, facts) = SideBySide.Run(
            request.Threads,
            () => Judge.Decide(
                new JudgingInput(
                    pack, tables, matches, scope.SettledRows, request.BusinessDate, request.Rules, request.Calendars,
                    EarlierBreaks(pack, sources), request.Accounts, BarredBy(request, controls))
                {
                    Decisions = input.Opening.Decisions,
                    Held = [.. matched.Held.Select(place => place.ForJudging())],
                    Altered = matched.Returned.Altered(),
                    Missing = MissingPostings.Of(matched),
                    Rates = request.Rates,
                },
                cancellation),
            () => MatchFacts.Of(matched, cancellation));
        IReadOnlyList<Posting> postings = [.. judgement.Postings, .. Reversals.Of(judgement.Postings, input.Before)];
        var reconciled = PostingHistory.Apply(postings, input);
        var restrained = RestrainedPostings.Of(reconciled.Postings, pack, input.Opening);
        var breaks = PostingLedger.Escalate(judgement.Breaks, [.. reconciled.Conflicts, .. restrained.Escalated], judgement.Sharing);
        var withdrawn = WithdrawnRecords.Of(matched);
        IReadOnlyList<Posting> posts = [.. restrained.Postings, .. Reversals.Withdrawn(restrained.Postings, input.Before, input.Earlier)];
        var record = new RunRecord
        {
            Head = new RunIdentity(
                input.Key[..16], input.Key, input.Revision, pack.Id, pack.Version, RunKey.PackHash(pack),
                request.BusinessDate, flagged ? RunState.Flagged : RunState.Completed),
            Sources = facts.Sources,
            Duplicates = matched.Duplicates(),
            Passes = matched.PassSummaries(),
            Matches = facts.Evidence,
            Breaks =
            [
                .. breaks,
                .. ControlBreaks.Of(pack.Id, request.BusinessDate, controls).Concat(withdrawn.Breaks).Select(input.Opening.Decisions.Applied),
            ],
            Rejects = [.. sources.SelectMany(source => source.Rejects), .. HeldItems.Rejects(matched.Held)],
            Posts = [.. posts, .. WithdrawnProposals.Of(posts, input.Before, input.Earlier)],
            Exposure = judgement.Exposure,
            RollForward = RollForward.Of(matched, breaks, judgement.Exposure),
            Controls = controls,
            Notices =
            [
                .. sources.SelectMany(source => source.Notices), .. HeldItems.Notices(matched.Held), .. withdrawn.Notices,
                .. matched.NotTaken, .. restrained.Notices, .. RollForward.Notices(input.Opening),
            ],
            Closed = ClosedBreaks.Of(matched, breaks),
            RuleCosts = request.Rules.Costs.Asked(),
        };
        return Submission(input, record, matched, facts, judgement);
    }

    static string? BarredBy(RunRequest request, IReadOnlyList<ControlResult> controls) =>
        controls.FirstOrDefault(control => control.Outcome == ControlOutcome.Flagged) is { } failed
            ? $"control '{failed.Control}' of {failed.Source} failed"
            : request.QueuesPostings ? null : "--no-post";

    static RunSubmission Submission(
        RunChainInput input, RunRecord record, MatchedRun matched, MatchFacts facts, Judgement judgement)
    {
        var pack = input.Request.Pack;
        var carriedOf = new List<CarriedItem>[matched.Sources.Count];
        RowRanges.ForEach(carriedOf.Length, RowRanges.Options(input.Request.Threads, CancellationToken.None), i =>
            carriedOf[i] = [.. ClosingState.Carried(matched, i, judgement.Breaks, judgement.OpenIn)]);
        List<CarriedItem> carried =
        [
            .. carriedOf.SelectMany(items => items), .. ClosingState.OfSourcesGone(matched, judgement.Breaks),
            .. MissingPostings.Carried(matched, judgement.Breaks),
        ];
        IReadOnlyList<SettledRecords> settled =
            matched.Returned.Settled(matched.Sources) is { } seen ? [.. facts.Settled, seen] : facts.Settled;
        var closings = pack.Sources.SelectMany(source => StatementClosings.After(
            source.Name, input.Inputs[source.Index].Statements, input.Opening.Closings)).ToList();
        return new RunSubmission(
            record, input.Opening.RunId, input.Opening.Hash,
            ClosingHash.Of(input.Opening, record, carried, settled, closings, input.Request.Threads),
            carried, settled, closings, input.Request.At, input.Request.By);
    }

    static Dictionary<(int Leg, RecordId Record), EarlierBreak> EarlierBreaks(
        Pack pack, IReadOnlyList<NormalisedSource> sources)
    {
        var earlier = new Dictionary<(int Leg, RecordId Record), EarlierBreak>();
        foreach (var source in sources)
        {
            foreach (var fate in source.Fates.Where(fate => fate.Row >= 0))
            {
                var record = new RecordId(source.Records.Name, source.Records.Id(fate.Row));
                foreach (var open in fate.Item.OpenLegs)
                {
                    if (pack.LegOf(open.Leg) is { } leg)
                    {
                        earlier.TryAdd((leg.Index, record), new EarlierBreak(open.Break, open.Born, open.Class));
                    }
                }
            }
        }

        return earlier;
    }
}
