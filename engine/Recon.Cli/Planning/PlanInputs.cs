// What a plan is decided on: the inputs of a date as they are, or a snapshot.
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Runs.Testing;
using Recon.Sources.Snapshots;

namespace Recon.Cli.Planning;

/// <param name="Files">Read by it, so that no report is written over them.</param>
/// <param name="Told">Which snapshot was read, in words; empty for the inputs as they are.</param>
sealed record PlanInputs(DateOnly BusinessDate, ISourceReader Reader, IRunStore Store, IReadOnlyList<string> Files, string Told)
{
    /// <summary>Where a workspace keeps its snapshots.</summary>
    internal static string SnapshotsOf(OpenedWorkspace workspace) => Path.Combine(workspace.Directory, ".recon", "snapshots");

    internal static PlanInputs Live(OpenedWorkspace workspace, Pack pack, DateOnly date, IRunStore store)
    {
        var reader = workspace.Reader();
        return new PlanInputs(
            date, reader, store, [.. pack.Sources.SelectMany(source => reader.FilesOf(source, pack.Id, date))], "");
    }

    /// <param name="asked">The date asked for; null: that of the snapshot.</param>
    internal static PlanInputs Frozen(Snapshot snapshot, Pack pack, DateOnly? asked, CancellationToken cancellation)
    {
        var manifest = snapshot.Manifest;
        if (manifest.Pack != pack.Id)
        {
            throw new UsageException($"--data: the snapshot {manifest.Name} is of the pack {manifest.Pack}, here is {pack.Id}");
        }

        if (asked is { } date && date != manifest.BusinessDate)
        {
            throw new UsageException($"--data: the snapshot {manifest.Name} is of {manifest.BusinessDate:yyyy-MM-dd}; leave --date out");
        }

        var inputs = snapshot.Read(cancellation);
        return new PlanInputs(
            manifest.BusinessDate, inputs.Reader(), new MemoryRunStore(inputs.Opening),
            [.. manifest.Files.Select(file => Path.Combine(snapshot.Folder, file.Name)), Path.Combine(snapshot.Folder, SnapshotManifest.FileName)],
            $"the snapshot {manifest.Name}{(manifest.Masked ? ", masked" : "")}{(manifest.Sample is { } share ? $", {share} % of its records" : "")}");
    }

    /// <summary>A folder with a snapshot, or the name of one in the workspace.</summary>
    internal static Snapshot Named(string named, OpenedWorkspace workspace)
    {
        var own = SnapshotsOf(workspace);
        if (File.Exists(Path.Combine(named, SnapshotManifest.FileName)))
        {
            return Snapshot.Open(named);
        }

        var known = Snapshot.AllIn(own).Select(each => each.Manifest.Name).ToList();
        var hint = known.Count == 0 ? "make one with recon snapshot make" : NearestName.Hint(named, known);
        return known.Contains(named) ? Snapshot.Open(Path.Combine(own, named)) : throw new ReconException(
            $"{named}: neither a folder with a snapshot nor one of this workspace; {hint}", FaultKind.NotFound);
    }
}
