// recon run: one run of every pack of a workspace, recorded.
using System.CommandLine;
using System.Security.Cryptography;
using Recon.Cli.Confining;
using Recon.Cli.Outputs;
using Recon.Cli.Waiting;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Assessing;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Sandbox;
using Recon.Store;

namespace Recon.Cli.Commands;

static class RunCommand
{
    static readonly Argument<string> Target = CommonOptions.Workspace();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly PackOpener Packs = new();
    static readonly Option<string[]> Outputs = CommonOptions.Outputs();
    static readonly Option<string> Matches = CommonOptions.Matches();
    static readonly Option<string?> Labels = CommonOptions.Labels();
    static readonly Option<int> Threads = CommonOptions.Threads();
    static readonly Option<bool> NoPost = new("--no-post") { Description = "Decide, but queue no posting: all of them wait for a person" };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Decide and show, record nothing" };
    static readonly Option<bool> Wait = new("--wait") { Description = "Where an input is missing, look again for up to 4 hours" };
    static readonly Option<string?> WaitLimit = new("--wait-limit") { Description = "As --wait, for at most so long: 90s, 10m or 4h" };
    static readonly Option<bool> Timings = new("--timings") { Description = "Say on stderr how long each stage took" };
    static readonly Option<string[]> FailOn = new("--fail-on")
    {
        Description = "rejects: exit 2 where a row was rejected; warning: exit 3 where a pack has warnings",
    };

    static readonly Option<string[]> FailOnBreaks = new("--fail-on-breaks")
    {
        Description = "Exit 2 where a break has this class or status; repeatable",
    };

    internal static Command Create()
    {
        FailOn.AcceptOnlyFromAmong("rejects", "warning");
        var command = new Verb("run",
            "Reads, matches, judges and records one business date.",
            "recon run examples/card-payments",
            "recon run . --date 2026-02-27 --out html=report.html --out json=result.json",
            "recon run . --wait-limit 30m",
            "recon run examples/library-records --labels examples/library-records/labels/pairs.csv",
            "recon run . --memory 4GB --timings",
            "recon run . --dry-run --fail-on-breaks suspicious")
        {
            Target, Date, Packs.Environment, Packs.Parameters, Outputs, Matches, Labels, Threads, CommonOptions.Memory, NoPost, DryRun, Wait, WaitLimit,
            Timings, FailOn, FailOnBreaks, CommonOptions.Store, TrustOf.Untrusted,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs));
        CommonOptions.CheckThreads(parsed.GetValue(Threads));
        _ = CommonOptions.MemoryOf(parsed);
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Target)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        OutputTarget.RequireOneEach(workspace.Packs.Count, targets);
        var wait = WaitOf(parsed);
        using var store = StoreOf(parsed, workspace);
        var exit = ExitCode.Fine;
        foreach (var directory in workspace.Packs)
        {
            var ended = workspace.Packs.Count == 1
                ? RunPack(parsed, workspace, directory, store, targets, wait, cancellation)
                : RunOneOfSeveral(parsed, workspace, directory, store, targets, wait, cancellation);
            exit = exit == ExitCode.Fine ? ended : exit;
        }

        return exit;
    }

    // What untrusted rules decide is shown, and never recorded.
    static bool IsDry(ParseResult parsed) => parsed.GetValue(DryRun) || parsed.GetValue(TrustOf.Untrusted);

    // A dry run leaves nothing behind, not even an empty store.
    static IRunStore StoreOf(ParseResult parsed, OpenedWorkspace workspace) =>
        IsDry(parsed) && !workspace.HasStore ? new MemoryRunStore() : workspace.OpenStore();

    // The packs of a workspace do not wait for each other: what ends one is said, and the next is run.
    static int RunOneOfSeveral(
        ParseResult parsed, OpenedWorkspace workspace, string directory, IRunStore store, IReadOnlyList<OutputTarget> targets,
        InputWait? wait, CancellationToken cancellation)
    {
        try
        {
            return RunPack(parsed, workspace, directory, store, targets, wait, cancellation);
        }
        catch (ReconException fault)
        {
            return CommandLine.Report(fault);
        }
        catch (PackWrongException wrong)
        {
            return CommandLine.Report(wrong);
        }
    }

    static int RunPack(
        ParseResult parsed, OpenedWorkspace workspace, string directory, IRunStore store, IReadOnlyList<OutputTarget> targets,
        InputWait? wait, CancellationToken cancellation)
    {
        using var loaded = Packs.OpenToRun(parsed, workspace, directory, cancellation);
        CheckBreakNames(parsed, loaded.Pack!);
        var labels = workspace.LabelsOf(
            parsed.GetValue(Labels), loaded.Pack!.Id, [.. loaded.Pack.Sources.Select(source => source.Name)]);
        var date = BusinessDateOf(parsed.GetValue(Date), workspace, loaded.Pack!);
        var request = RequestOf(workspace, loaded, date, parsed.GetValue(Threads), queuesPostings: !parsed.GetValue(NoPost));
        var reader = workspace.Reader();
        targets = [.. targets.Select(target => target.For(loaded.Pack!.Id))];
        var files = loaded.Pack!.Sources.SelectMany(source => reader.FilesOf(source, loaded.Pack!.Id, date)).ToList();
        new OutputGuard(workspace, files).Check(targets);
        using var memory = RunMemory.Of(CommonOptions.MemoryOf(parsed), files);
        request = request with { Memory = memory.Plan };
        RunOutcome outcome;
        using (var line = new ProgressLine())
        {
            var runner = new Runner(reader, store, line.Report, TimeProvider.System);
            RunOutcome Run() => IsDry(parsed) ? runner.DryRun(request, cancellation) : runner.Run(request, cancellation);
            outcome = wait is null ? Run() : wait.Run(Run, cancellation);
        }

        if (IsDry(parsed))
        {
            Console.Error.WriteLine($"recon: {WhatWouldBe(outcome)}");
        }

        OutputTarget.WriteAll(
            outcome.Record, targets, CommonOptions.ListingOf(parsed.GetValue(Matches)!), parsed.GetValue(Target)!,
            labels is null ? null : Assessment.Of(outcome.Record, labels));
        Tell(parsed, outcome, store.Revisions(request.Pack.Id, date), memory.SpilledBytes);
        if (outcome.Stored is not null)
        {
            StaleNotice.Tell(store, request.Pack.Id);
        }

        // Behind all that is said of the run: it is recorded, whatever becomes of its postings.
        var delivered = outcome.Stored is not null && store is RunStore kept
            ? Deliveries.ExitOf(Deliveries.Of(workspace, kept, request.Pack.Id, request.By, cancellation))
            : ExitCode.Fine;
        return delivered == ExitCode.Fine ? ExitOf(parsed, loaded, outcome.Record) : delivered;
    }

    // A misspelt name would make a gate that is always open.
    static void CheckBreakNames(ParseResult parsed, Pack pack)
    {
        var known = pack.Classes.Select(rule => rule.Id).Concat(Enum.GetValues<Status>().Select(ResultDocument.Word))
            .Append(BuiltInClasses.ControlFailed).Append(BuiltInClasses.Withdrawn)
            .Append(BuiltInClasses.PostingMissing).Append(BuiltInClasses.PostingAltered).ToList();
        foreach (var name in (parsed.GetValue(FailOnBreaks) ?? []).Where(name => !known.Contains(name)))
        {
            throw new UsageException($"--fail-on-breaks {name}: {pack.Id} has no such class or status; {NearestName.Hint(name, known)}");
        }
    }

    internal static RunRequest RequestOf(
        OpenedWorkspace workspace, LoadedPack loaded, DateOnly businessDate, int threads, bool queuesPostings)
    {
        var seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        return new RunRequest(
            loaded.Pack!, loaded.Rules!, businessDate, workspace.Calendars, workspace.Accounts, threads, queuesPostings,
            TimeProvider.System.GetUtcNow(), By, seed)
        {
            Rates = workspace.RatesOf(loaded.Pack!),
        };
    }

    // A confined process is nobody whose name the system knows.
    static string By => Confined.Current is null ? Environment.UserName : "untrusted";

    /// <summary>The date asked for, else that of the workspace, else by the pack's rule at now.</summary>
    /// <exception cref="UsageException">None of them names one.</exception>
    internal static DateOnly BusinessDateOf(string? asked, OpenedWorkspace workspace, Pack pack) =>
        CommonOptions.DateOf(asked)
        ?? workspace.Date
        ?? (pack.BusinessDate is BusinessDateSpec rule
            ? BusinessDates.At(rule, TimeProvider.System.GetUtcNow(), workspace.Calendars)
            : throw new UsageException(
                $"{pack.Id}: which business date? Give --date, or date: in recon.yaml, or run: {{ business_date: … }} in the pack"));

    static InputWait? WaitOf(ParseResult parsed) => parsed.GetValue(WaitLimit) is { } limit ? Waiting(InputWait.LimitOf(limit))
        : parsed.GetValue(Wait) ? Waiting(InputWait.DefaultLimit)
        : null;

    static InputWait Waiting(TimeSpan limit) => new(
        TimeProvider.System, limit, InputWait.DefaultFirstPause, line => Console.Error.WriteLine($"recon: {line}"));

    static string WhatWouldBe(RunOutcome outcome) => outcome.WasRecorded
        ? $"dry run; the same inputs were run before: a run would give the record of run {outcome.Record.Head.Id},"
            + $" revision {outcome.Record.Head.Revision}, and post nothing"
        : "dry run; this is what a run would say, nothing was recorded";

    static void Tell(ParseResult parsed, RunOutcome outcome, int revisions, long spilledBytes)
    {
        if (outcome.WasRecorded && !IsDry(parsed))
        {
            Console.Error.WriteLine(
                $"recon: the same inputs were run before (run {outcome.Record.Head.Id}); this is its record, nothing was posted again");
            TellReinstated(outcome, revisions);
        }

        foreach (var (stage, took) in parsed.GetValue(Timings) ? outcome.Stages : [])
        {
            Console.Error.WriteLine($"recon: {stage.ToString().ToLowerInvariant(),-10} {took.TotalMilliseconds,8:F0} ms");
        }

        if (parsed.GetValue(Timings) && spilledBytes > 0)
        {
            Console.Error.WriteLine($"recon: spilled    {spilledBytes / 1_000_000,8} MB to files");
        }
    }

    static void TellReinstated(RunOutcome outcome, int revisions)
    {
        if (!outcome.IsReinstated)
        {
            return;
        }

        Console.Error.WriteLine(
            $"recon: it is revision {outcome.Record.Head.Revision} of {revisions}, and stands for the date again: its inputs are back");
        foreach (var reversal in outcome.Reversals)
        {
            Console.Error.WriteLine(reversal.State == PostingState.Withdrawn
                ? $"recon: the reversal {reversal.Key[..8]} of {reversal.Amount} that a later revision proposed is withdrawn: this result wants the posting"
                : $"recon: the reversal {reversal.Key[..8]} of {reversal.Amount} is proposed again: this result does not want the posting");
        }

        foreach (var posting in outcome.Withdrawn)
        {
            Console.Error.WriteLine(
                $"recon: posting {posting.Key[..8]} of {posting.Amount} that waited for a person is withdrawn: this result does not want it");
        }

        foreach (var entry in outcome.Unwanted)
        {
            Console.Error.WriteLine(
                $"recon: posting {entry.Posting.Key[..8]} of {entry.Posting.Amount} (run {entry.RunId}) is queued, and this result does not want it");
        }
    }

    static int ExitOf(ParseResult parsed, LoadedPack loaded, RunRecord record)
    {
        var failOn = parsed.GetValue(FailOn) ?? [];
        var breaks = parsed.GetValue(FailOnBreaks) ?? [];
        if ((failOn.Contains("rejects") && record.Rejects.Count > 0)
            || record.Breaks.Any(item => breaks.Contains(item.Class) || breaks.Contains(ResultDocument.Word(item.Status))))
        {
            return ExitCode.Differences;
        }

        return failOn.Contains("warning") && loaded.Diagnostics.Count > 0 ? ExitCode.Warnings : ExitCode.Fine;
    }
}
