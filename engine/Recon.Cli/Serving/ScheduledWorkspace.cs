// The packs of a workspace that run by themselves, and whether what they say of each other holds.
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Scheduling;

namespace Recon.Cli.Serving;

/// <param name="Directories">Of every pack of the workspace, by its id.</param>
/// <param name="Packs">Those with a schedule, in the order of the workspace.</param>
sealed record ScheduledWorkspace(
    OpenedWorkspace Workspace, IReadOnlyDictionary<string, string> Directories, IReadOnlyList<ScheduledPack> Packs)
{
    /// <exception cref="PackWrongException">A pack is wrong, or names one that the workspace does not have; it has been printed.</exception>
    internal static ScheduledWorkspace Load(OpenedWorkspace workspace, PackOptions options, CancellationToken cancellation)
    {
        if (workspace.Packs.Count > 1)
        {
            DistinctPacks.Check(workspace);
        }

        var packs = new List<(string Directory, Pack Pack)>();
        foreach (var directory in workspace.Packs)
        {
            using var loaded = LoadedPack.ToRun(directory, options, cancellation).OrStop();
            packs.Add((directory, loaded.Pack!));
        }

        DiagnosticPrinter.StopOnErrors(PackReferences.Check([.. packs.Select(pack => pack.Pack)]));
        return new ScheduledWorkspace(
            workspace,
            packs.ToDictionary(pack => pack.Pack.Id, pack => pack.Directory, StringComparer.Ordinal),
            [.. packs.Select(pack => ScheduledPack.Of(pack.Pack, workspace.Calendars)).OfType<ScheduledPack>()]);
    }

    /// <summary>The scheduled pack of that id.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: the workspace has none.</exception>
    internal ScheduledPack Pack(string id) => Packs.FirstOrDefault(pack => pack.Id == id)
        ?? throw new ReconException(
            Directories.ContainsKey(id)
                ? $"{id} has no schedule: it says run: {{ schedule: {{ cron: … }} }} nowhere"
                : $"this workspace has no pack {id}; {NearestName.Hint(id, Packs.Select(pack => pack.Id))}",
            FaultKind.NotFound);
}
