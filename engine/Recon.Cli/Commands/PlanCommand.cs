// recon plan: what a run would do; what changed rules would do otherwise.
using System.CommandLine;
using Recon.Cli.Confining;
using Recon.Cli.Outputs;
using Recon.Cli.Planning;
using Recon.Cli.Workspaces;
using Recon.Packs.Comparing;
using Recon.Reports;
using Recon.Runs;
using Recon.Runs.Planning;
using Recon.Runs.Results;
using Recon.Runs.Testing;

namespace Recon.Cli.Commands;

static class PlanCommand
{
    static readonly Argument<string> Target = CommonOptions.Workspace();
    static readonly Option<string?> Date = CommonOptions.Date();
    static readonly PackOpener Packs = new();
    static readonly Option<string[]> Outputs = CommonOptions.ReviewOutputs();
    static readonly Option<int> Threads = CommonOptions.Threads();

    static readonly Option<string?> Base = new("--base")
    {
        Description = "The rules before: a folder with pack.yaml, or a reference of git such as main (the commit both have in common is taken)",
    };

    static readonly Option<string?> Data = new("--data")
    {
        Description = "A snapshot instead of the inputs as they are: its folder, or its name among those of the workspace",
    };

    static readonly Option<bool> Gate = new("--gate") { Description = "Exit 1 where the change goes beyond a gate of the rules before" };

    static readonly Option<string?> ApprovedBy = new("--approved-by")
    {
        Description = "Who approved what goes beyond a gate; never the author of the change",
    };

    static readonly Option<bool> DetailedExitCode = new("--detailed-exitcode") { Description = "Exit 2 where anything would be otherwise" };

    internal static Command Create()
    {
        var command = new Verb("plan",
            "Shows what a run would do and records nothing; with --base, what changed rules would do otherwise on the same inputs.",
            "recon plan examples/card-payments",
            "recon plan . --base main --out md=plan.md --out json=plan.json",
            "recon plan . --base ../rules-as-they-are --detailed-exitcode",
            "recon plan . --base main --data month-end",
            "recon plan . --base main --gate --approved-by 'Maria Silva'")
        {
            Target, Date, Packs.Environment, Packs.Parameters, Base, Data, Gate, ApprovedBy, DetailedExitCode, Outputs, Threads, CommonOptions.Memory,
            CommonOptions.Store, TrustOf.Untrusted,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Plan(parsed, cancellation)));
        return command;
    }

    static int Plan(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Report.ReviewFormats);
        CheckWords(parsed, targets);
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Target)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        OutputTarget.RequireOneEach(workspace.Packs.Count, targets);
        // A plan leaves nothing behind, not even an empty store.
        using IDisposable? opened = workspace.HasStore ? workspace.OpenExistingStore() : null;
        var store = (Runs.Ports.IRunStore?)opened ?? new MemoryRunStore();
        var exits = workspace.Packs.Select(directory => PlanPack(parsed, workspace, directory, store, targets, cancellation)).ToList();
        return exits.Contains(ExitCode.PackWrong) ? ExitCode.PackWrong : exits.Max();
    }

    static void CheckWords(ParseResult parsed, IReadOnlyList<OutputTarget> targets)
    {
        CommonOptions.CheckThreads(parsed.GetValue(Threads));
        _ = CommonOptions.MemoryOf(parsed);
        if (targets.Any(target => target.Format is null))
        {
            throw new UsageException("--out: a plan has no tables for Parquet; 'recon run --dry-run' writes them");
        }

        if (parsed.GetValue(Base) is null
            && Report.ReviewFormats.FirstOrDefault(known => !Report.Formats.ContainsKey(known.Key) && targets.Any(target => target.Format == known.Value))
                is { Key: { } word })
        {
            throw new UsageException($"--out {word}: its remarks are about a change: name the rules before with --base");
        }

        if (parsed.GetValue(Base) is null && (parsed.GetValue(Gate) || parsed.GetValue(ApprovedBy) is not null || parsed.GetValue(DetailedExitCode)))
        {
            throw new UsageException("--gate, --approved-by and --detailed-exitcode are about a change: name the rules before with --base");
        }
    }

    static int PlanPack(
        ParseResult parsed, OpenedWorkspace workspace, string directory, Runs.Ports.IRunStore store, IReadOnlyList<OutputTarget> targets,
        CancellationToken cancellation)
    {
        using var head = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
        var inputs = InputsOf(parsed, workspace, head.Pack!, store, cancellation);
        targets = [.. targets.Select(target => target.For(head.Pack!.Id))];
        new OutputGuard(workspace, inputs.Files).Check(targets);
        using var memory = RunMemory.Of(CommonOptions.MemoryOf(parsed), inputs.Files);
        using var line = new ProgressLine();
        var runner = new Runner(inputs.Reader, inputs.Store, line.Report);

        RunRequest RequestOf(LoadedPack pack) =>
            RunCommand.RequestOf(workspace, pack, inputs.BusinessDate, parsed.GetValue(Threads), queuesPostings: true) with { Memory = memory.Plan };

        if (parsed.GetValue(Base) is not { } named)
        {
            var record = runner.DryRun(RequestOf(head), cancellation).Record;
            line.Dispose();
            OutputTarget.WriteAll(record, targets, MatchListing.All, parsed.GetValue(Target)!, assessment: null);
            return ExitCode.Fine;
        }

        using var before = BaseRules.Of(named, directory);
        if (before.IsNew)
        {
            var all = runner.DryRun(RequestOf(head), cancellation).Record;
            line.Dispose();
            return TellNew(parsed, before, directory, all, targets);
        }

        using var loaded = Packs.OpenOrStop(parsed, workspace, before.Directory, cancellation);
        var plan = new ChangedRules(directory, before.Name, loaded, head, workspace, pack => runner.Plan(RequestOf(pack), cancellation))
            .Planned(ApproverOf(parsed, before, directory), cancellation);
        plan = plan with { Data = inputs.Told, Places = new PackPlaces(PackFiles.ReadAlone(Path.Combine(directory, "pack.yaml"))) };
        line.Dispose();
        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            target.Write((stream, options) => PlanReport.Write(plan, target.Format!.Value, stream, options));
        }

        return ExitOf(parsed, plan);
    }

    // There are no gates before, so that nothing of it is within them.
    static int TellNew(ParseResult parsed, BaseRules before, string directory, RunRecord record, IReadOnlyList<OutputTarget> targets)
    {
        OutputTarget.WriteAll(
            record, [.. targets.Where(target => Report.Formats.Values.Contains(target.Format!.Value))], MatchListing.All, parsed.GetValue(Target)!,
            assessment: null);
        var approver = ApproverOf(parsed, before, directory);
        Console.Error.WriteLine($"recon: {DisplayPath.Of(directory)} is not in {before.Name}: the pack is new, and this is what it would do; "
            + (approver is null ? "all of it needs a second approver" : $"approved by {approver}"));
        return parsed.GetValue(Gate) && approver is null ? ExitCode.PackWrong
            : parsed.GetValue(DetailedExitCode) ? ExitCode.Differences : ExitCode.Fine;
    }

    static PlanInputs InputsOf(
        ParseResult parsed, OpenedWorkspace workspace, Model.Rules.Pack pack, Runs.Ports.IRunStore store, CancellationToken cancellation) =>
        parsed.GetValue(Data) is { } named
            ? PlanInputs.Frozen(PlanInputs.Named(named, workspace), pack, CommonOptions.DateOf(parsed.GetValue(Date)), cancellation)
            : PlanInputs.Live(workspace, pack, RunCommand.BusinessDateOf(parsed.GetValue(Date), workspace, pack), store);

    // Four eyes: who wrote the change does not approve it.
    static string? ApproverOf(ParseResult parsed, BaseRules before, string directory)
    {
        var approver = parsed.GetValue(ApprovedBy)?.Trim();
        return approver switch
        {
            null => null,
            "" => throw new UsageException("--approved-by: name somebody"),
            _ when before.AuthorsOf(directory).Contains(approver, StringComparer.OrdinalIgnoreCase) => throw new UsageException(
                $"--approved-by {approver}: this is the author of the change; somebody else has to approve it"),
            _ => approver,
        };
    }

    static int ExitOf(ParseResult parsed, RulePlan plan) =>
        parsed.GetValue(Gate) && plan.IsHeld ? ExitCode.PackWrong
        : parsed.GetValue(DetailedExitCode) && !plan.Difference.IsNothing ? ExitCode.Differences
        : ExitCode.Fine;
}
