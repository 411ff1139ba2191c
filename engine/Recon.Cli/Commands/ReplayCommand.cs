// recon replay: the inputs of a recorded run once more, under the same rules or others.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports;
using Recon.Runs;
using Recon.Runs.Planning;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class ReplayCommand
{
    static readonly Argument<string> Id = new("RUN") { Description = "A run id or its first digits, as recon runs list has it" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly PackOpener Packs = new();
    static readonly Option<string[]> Outputs = CommonOptions.Outputs();
    static readonly Option<int> Threads = CommonOptions.Threads();

    static readonly Option<string?> Pack = new("--pack")
    {
        Description = "Other rules: a folder with pack.yaml, or a reference of git; default: those of the workspace as they are now",
    };

    internal static Command Create()
    {
        var command = new Verb("replay",
            "Decides the inputs of a recorded run once more and shows what is otherwise; exit 2 where anything is. Records nothing.",
            "recon replay 71923ea9 -w examples/card-payments",
            "recon replay 71923ea9 --pack ../rules-of-next-month --out md=replay.md")
        {
            Id, Pack, Workspace, Packs.Environment, Packs.Parameters, Outputs, Threads, CommonOptions.Memory, CommonOptions.Store,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Replay(parsed, cancellation)));
        return command;
    }

    static int Replay(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.CheckThreads(parsed.GetValue(Threads));
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs));
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        using var store = workspace.OpenExistingStore();
        var run = RunOf(store, parsed.GetValue(Id)!);
        using var current = Packs.OpenById(parsed, workspace, run.Head.PackId, cancellation);
        using var named = parsed.GetValue(Pack) is { } asked ? BaseRules.At(asked, current.Directory) : null;
        using var other = named is null ? null : Packs.OpenOrStop(parsed, workspace, named.Directory, cancellation);
        var rules = other ?? current;
        if (rules.Pack!.Id != run.Head.PackId)
        {
            throw new UsageException($"--pack: there is the pack {rules.Pack.Id}, the run is of {run.Head.PackId}");
        }

        var difference = PlanDifference.Of(run.Record, Decided(parsed, workspace, store, run, rules, cancellation));
        var plan = PlanOf(run, difference, rules, named?.Name);
        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            target.Write((stream, options) => PlanReport.Write(plan, target.Format!.Value, stream, options));
        }

        return difference.IsNothing ? ExitCode.Fine : ExitCode.Differences;
    }

    static RunRecord Decided(
        ParseResult parsed, OpenedWorkspace workspace, IRunStore store, StoredRun run, LoadedPack rules, CancellationToken cancellation)
    {
        var reader = workspace.Reader();
        var date = run.Head.BusinessDate;
        using var memory = RunMemory.Of(
            CommonOptions.MemoryOf(parsed), [.. rules.Pack!.Sources.SelectMany(source => reader.FilesOf(source, rules.Pack.Id, date))]);
        using var line = new ProgressLine();
        var request = RunCommand.RequestOf(workspace, rules, date, parsed.GetValue(Threads), queuesPostings: true) with { Memory = memory.Plan };
        return new Runner(reader, store, line.Report).Replay(request, run, cancellation);
    }

    static StoredRun RunOf(IRunStore store, string id)
    {
        var run = store.FindRun(id) ?? throw new ReconException($"{id}: no such run", FaultKind.NotFound);
        return run.Head.State == RunState.Undone ? throw new UsageException($"run {run.Head.Id} took another one back; it has no inputs of its own")
            : run.Record.Matches.Purged is { } purged ? throw new ReconException(
                $"run {run.Head.Id} cannot be compared with any more: {purged}", FaultKind.NotFound)
            : run;
    }

    static RulePlan PlanOf(StoredRun run, PlanDifference difference, LoadedPack rules, string? named)
    {
        var isSame = Runs.Identity.RunKey.PackHash(rules.Pack!) == run.Record.Head.PackHash;
        var what = isSame ? "the same rules" : named is null ? "the rules as they are now" : $"the rules of {named}";
        return new RulePlan(
            $"run {run.Head.Id}, revision {run.Head.Revision}, as it was recorded", difference, [], new Attribution([], []), [],
            VersionStep.None, VersionStep.None, ApprovedBy: null)
        {
            Data = $"its own inputs, under {what}",
            KnowsChanges = false,
            NeverHit = RulePlan.NeverHitOf(difference.Head, rules.Pack!),
        };
    }
}
