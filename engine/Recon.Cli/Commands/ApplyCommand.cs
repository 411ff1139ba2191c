// recon apply: makes the run that somebody reviewed, or none.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Runs;
using Recon.Sources.Files;

namespace Recon.Cli.Commands;

static class ApplyCommand
{
    static readonly Argument<string> PlanFile = new("PLAN.json") { Description = "What recon plan PACK --out json=PLAN.json wrote" };
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly PackOpener Packs = new();
    static readonly Option<int> Threads = CommonOptions.Threads();

    internal static Command Create()
    {
        var command = new Verb("apply",
            "Runs what a reviewed plan says and posts exactly that; refused (exit 9) where rules, inputs or what would be posted moved since.",
            "recon plan examples/card-payments --out json=plan.json",
            "recon apply plan.json -w examples/card-payments")
        {
            PlanFile, Workspace, Packs.Environment, Packs.Parameters, Threads, CommonOptions.Memory, CommonOptions.Store,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Apply(parsed, cancellation)));
        return command;
    }

    static int Apply(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.CheckThreads(parsed.GetValue(Threads));
        _ = CommonOptions.MemoryOf(parsed);
        var plan = PlanOf(parsed.GetValue(PlanFile)!);
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        using var loaded = Packs.OpenById(parsed, workspace, plan.Pack, cancellation);
        using var store = workspace.OpenStore();
        var reader = workspace.Reader();
        using var memory = RunMemory.Of(
            CommonOptions.MemoryOf(parsed), [.. loaded.Pack!.Sources.SelectMany(source => reader.FilesOf(source, plan.Pack, plan.BusinessDate))]);
        var request = RunCommand.RequestOf(workspace, loaded, plan.BusinessDate, parsed.GetValue(Threads), queuesPostings: true) with
        {
            Memory = memory.Plan,
            Reviewed = plan,
        };
        RunOutcome outcome;
        using (var line = new ProgressLine())
        {
            outcome = new Runner(reader, store, line.Report).Run(request, cancellation);
        }

        var head = outcome.Record.Head;
        Console.Out.WriteLine(outcome.WasRecorded
            ? $"run {head.Id} was made before; nothing was posted again"
            : $"run {head.Id}, revision {head.Revision} of {plan.BusinessDate:yyyy-MM-dd}: it is what was reviewed, with {plan.Postings.Count} postings");
        StaleNotice.Tell(store, plan.Pack);
        return Deliveries.ExitOf(Deliveries.Of(workspace, store, plan.Pack, request.By, cancellation));
    }

    static ReviewedPlan PlanOf(string path) => File.Exists(path)
        ? ReviewedPlan.Read(BoundedFile.Read(path, path, MostBytes), path)
        : throw new ReconException($"{path}: there is no such file; recon plan PACK --out json=PLAN.json writes one", FaultKind.NotFound);

    // 1 GiB: a plan of some million records with all its matches.
    const int MostBytes = 1 << 30;
}
