// From raw tables to a decided run: normalise, check, match, judge, assemble. Pure.
using Recon.Judging;
using Recon.Judging.Correcting;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Assembling;
using Recon.Runs.Controls;
using Recon.Runs.Identity;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs;

/// <summary>Everything a run decides from.</summary>
/// <param name="Inputs">One table a source, in the order of the pack.</param>
/// <param name="Earlier">Postings recorded before under the keys asked for.</param>
/// <param name="QueuedFor">Postings in the outbox for the breaks asked for.</param>
/// <param name="Queued">What earlier revisions of this pack and date queued.</param>
public sealed record RunChainInput(
    RunRequest Request,
    IReadOnlyList<RawTable> Inputs,
    OpeningState Opening,
    string Key,
    int Revision,
    Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> Earlier,
    Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, EarlierPosting>> QueuedFor,
    IReadOnlyList<QueuedPosting> Queued);

/// <summary>A decided run with the tables it was decided on, for explanations.</summary>
public sealed record DecidedRun(
    RunSubmission Submission,
    IReadOnlyList<RecordTable> Tables,
    MatchSet Matches,
    MatchScope Scope,
    MatchOptions Options)
{
    /// <summary>The same sources with the account of their rows, in the order of the pack.</summary>
    public required IReadOnlyList<NormalisedSource> Sources { get; init; }
}

public static class RunChain
{
    /// <exception cref="ReconException">A control failed (<see cref="FaultKind.InputWrong"/>) or a rule threw.</exception>
    public static DecidedRun Decide(
        RunChainInput input, StageClock stages, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var request = input.Request;
        var pack = request.Pack;
        var sources = stages.Measure(RunStage.Normalise, () => Normalise(input, progress, cancellation));
        var controls = Check(pack, input, sources);
        IReadOnlyList<RecordTable> tables = [.. sources.Select(source => source.Records)];
        var carried = input.Opening.Items.ToDictionary(item => item.Record);
        var scope = new MatchScope(LegScope.Of(pack, tables, carried));
        var options = new MatchOptions(
            request.Rules,
            request.Calendars,
            request.Threads,
            (pass, done) => progress?.Invoke(new StageProgress(RunStage.Match, pack.Passes[pass].Id, done, null)),
            request.HashSeed);
        var matches = stages.Measure(RunStage.Match, () => Matcher.Match(pack, tables, scope, options, cancellation));
        progress?.Invoke(new StageProgress(RunStage.Judge, pack.Id, null, null));
        var submission = stages.Measure(
            RunStage.Judge, () => Judged(input, sources, controls, matches, scope, cancellation));
        return new DecidedRun(submission, tables, matches, scope, options) { Sources = sources };
    }

    static NormalisedSource[] Normalise(
        RunChainInput input, Action<StageProgress>? progress, CancellationToken cancellation) =>
    [
        .. input.Request.Pack.Sources.Select(source =>
        {
            progress?.Invoke(new StageProgress(RunStage.Normalise, source.Name, null, null));
            return Normaliser.Normalise(
                new NormalisingInput(
                    source,
                    input.Inputs[source.Index],
                    [.. input.Opening.Items.Where(item => item.Record.Source == source.Name)],
                    [.. input.Opening.Settled.Where(settled => settled.Source == source.Name)],
                    input.Request.Rules,
                    input.Request.Threads),
                cancellation);
        }),
    ];

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

    static RunSubmission Judged(
        RunChainInput input, NormalisedSource[] sources, List<ControlResult> controls, MatchSet matches, MatchScope scope,
        CancellationToken cancellation)
    {
        var request = input.Request;
        var pack = request.Pack;
        IReadOnlyList<RecordTable> tables = [.. sources.Select(source => source.Records)];
        var flagged = controls.Exists(control => control.Outcome == ControlOutcome.Flagged);
        var (judgement, facts) = SideBySide.Run(
            request.Threads,
            () => Judge.Decide(
                new JudgingInput(
                    pack, tables, matches, scope.SettledRows, request.BusinessDate, request.Rules, request.Calendars,
                    EarlierBreaks(pack, input.Opening), request.Accounts, BarredBy(request, controls)),
                cancellation),
            () => MatchFacts.Of(input, sources, tables, matches, scope, cancellation));
        IReadOnlyList<Posting> postings = [.. judgement.Postings, .. Reversals.Of(judgement.Postings, input.Queued)];
        var reconciled = PostingHistory.Apply(postings, input);
        var breaks = PostingLedger.Escalate(judgement.Breaks, reconciled.Conflicts);
        var record = new RunRecord
        {
            Head = new RunIdentity(
                input.Key[..16], input.Key, input.Revision, pack.Id, pack.Version, RunKey.PackHash(pack),
                request.BusinessDate, flagged ? RunState.Flagged : RunState.Completed),
            Sources = facts.Sources,
            Passes = [.. pack.Passes.Select(pass => Summaries.OfPass(pass, matches.Legs[pass.Leg.Index]))],
            Matches = facts.Evidence,
            Breaks = [.. breaks, .. ControlBreaks.Of(pack.Id, request.BusinessDate, controls)],
            Rejects = [.. sources.SelectMany(source => source.Rejects)],
            Posts = reconciled.Postings,
            Exposure = judgement.Exposure,
            Controls = controls,
            Notices = [.. sources.SelectMany(source => source.Notices)],
            Closed = ClosedBreaks.Of(pack, input.Opening, breaks, tables, matches, facts.Legs),
        };
        return Submission(input, record, sources, facts, judgement.OpenIn);
    }

    static string? BarredBy(RunRequest request, List<ControlResult> controls) =>
        controls.Find(control => control.Outcome == ControlOutcome.Flagged) is { } failed
            ? $"control '{failed.Control}' of {failed.Source} failed"
            : request.QueuesPostings ? null : "--no-post";

    static RunSubmission Submission(
        RunChainInput input, RunRecord record, NormalisedSource[] sources, MatchFacts facts, OpenRowBreaks openIn)
    {
        var pack = input.Request.Pack;
        var carriedOf = new List<CarriedItem>[sources.Length];
        Parallel.For(0, sources.Length, new ParallelOptions { MaxDegreeOfParallelism = input.Request.Threads }, i =>
            carriedOf[i] = [.. ClosingState.Carried(sources[i], facts.Legs[i], record.Breaks, openIn)]);
        var carried = carriedOf.SelectMany(items => items).ToList();
        var closings = pack.Sources.SelectMany(source => StatementClosings.After(
            source.Name, input.Inputs[source.Index].Statements, input.Opening.Closings)).ToList();
        return new RunSubmission(
            record, input.Opening.RunId, input.Opening.Hash,
            ClosingHash.Of(input.Opening, record, carried, facts.Settled, closings, input.Request.Threads),
            carried, facts.Settled, closings, input.Request.At, input.Request.By);
    }

    static Dictionary<(int Leg, RecordId Record), EarlierBreak> EarlierBreaks(Pack pack, OpeningState opening)
    {
        var earlier = new Dictionary<(int Leg, RecordId Record), EarlierBreak>();
        foreach (var item in opening.Items)
        {
            foreach (var open in item.OpenLegs)
            {
                if (pack.Legs.FirstOrDefault(leg => leg.Names.SequenceEqual(open.Leg)) is LegSpec leg)
                {
                    earlier.Add((leg.Index, item.Record), new EarlierBreak(open.Break, open.Born, open.Class));
                }
            }
        }

        return earlier;
    }
}
