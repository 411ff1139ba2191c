// recon report: the report of a recorded run, in any format.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Runs.Assessing;
using Recon.Runs.Ports;

namespace Recon.Cli.Commands;

static class ReportCommand
{
    static readonly Argument<string> Run = new("RUN")
    {
        Description = "A run id or its first digits, or 'latest'",
        DefaultValueFactory = _ => RecordedRuns.Latest,
    };

    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string[]> Outputs = CommonOptions.Outputs();
    static readonly Option<string> Matches = CommonOptions.Matches();
    static readonly Option<string?> Labels = CommonOptions.Labels();

    internal static Command Create()
    {
        var command = new Verb("report",
            "Shows a recorded run again, as text, JSON, Markdown or one HTML page.",
            "recon report latest -w examples/card-payments",
            "recon report 3f2a -w examples/card-payments --out html=report.html")
        {
            Run, Workspace, CommonOptions.Store, Outputs, Matches, Labels,
        };
        command.SetAction(parsed =>
        {
            var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs));
            var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store));
            new OutputGuard(workspace, []).Check(targets);
            using var store = workspace.OpenExistingStore();
            StaleNotice.Tell(store, packId: null);
            var record = RecordedRuns.Find(store, parsed.GetValue(Run)!).Record;
            var labels = workspace.LabelsOf(
                parsed.GetValue(Labels), record.Head.PackId, [.. record.Sources.Select(source => source.Name)]);
            if (labels is not null && record.Matches.Purged is { } purged)
            {
                throw new ReconException($"run {record.Head.Id} cannot be held against labelled pairs: {purged}", FaultKind.NotFound);
            }

            OutputTarget.WriteAll(
                record, targets, CommonOptions.ListingOf(parsed.GetValue(Matches)!), parsed.GetValue(Workspace)!,
                labels is null ? null : Assessment.Of(record, labels));
            return ExitCode.Fine;
        });
        return command;
    }
}

/// <summary>Finds recorded runs by what people type.</summary>
static class RecordedRuns
{
    internal const string Latest = "latest";

    /// <exception cref="ReconException">There is no such run.</exception>
    internal static StoredRun Find(IRunStore store, string text)
    {
        var id = text != Latest ? text : RunHead.Standing(store.Runs(packId: null, int.MaxValue)).FirstOrDefault()?.Id;
        return (id is null ? null : store.FindRun(id))
            ?? throw new ReconException($"no run {text}; 'recon runs list' shows what there is", FaultKind.NotFound);
    }
}
