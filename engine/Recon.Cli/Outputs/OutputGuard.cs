// Keeps reports off the files that a run lives on, before anything is run.
using Recon.Cli.Workspaces;
using Recon.Sources.Files;

namespace Recon.Cli.Outputs;

/// <summary>A target is a file that may be replaced: neither the store, nor in the folder of the inputs, nor a file of a pack or the workspace.</summary>
/// <param name="inputs">Files that the run reads.</param>
sealed class OutputGuard(OpenedWorkspace workspace, IEnumerable<string> inputs)
{
    static readonly string[] PackFiles = ["pack.yaml", "pack.test.yaml"];

    readonly string _store = RealPath.Of(workspace.Store);

    readonly string _inputs = RealPath.Of(workspace.Inputs);

    readonly HashSet<string> _kept =
    [
        .. inputs,
        .. workspace.Files.Select(RealPath.Of),
        .. workspace.Packs.SelectMany(pack => PackFiles.Select(file => RealPath.Of(Path.Combine(pack, file)))),
    ];

    /// <exception cref="UsageException">The target would overwrite something, or its folder cannot be.</exception>
    internal void Check(IEnumerable<OutputTarget> targets)
    {
        foreach (var target in targets.Where(target => target.Path != "-"))
        {
            Check(target, RealPath.Of(target.Path));
        }
    }

    // A folder is a target only for the files of an export.
    void Check(OutputTarget target, string real)
    {
        var path = target.Path;
        if (workspace.StoreName is null && (real == _store || (real.StartsWith(_store, StringComparison.Ordinal) && real[_store.Length] is '-' or '.')))
        {
            throw new UsageException($"--out {path}: this is the store ({DisplayPath.Of(workspace.Store)}); name another file");
        }

        if (workspace.Evidence?.Folder is { } evidence && RealPath.IsBelow(RealPath.Of(evidence), real))
        {
            throw new UsageException($"--out {path}: this is in the folder of the evidence ({DisplayPath.Of(evidence)}); name a file elsewhere");
        }

        if (_kept.Contains(real))
        {
            throw new UsageException($"--out {path}: this is an input, or a file of the pack or workspace; name another file");
        }

        // The inputs of a bare pack lie in its own folder, as reports may.
        if (RealPath.IsBelow(_inputs, real) && _inputs != RealPath.Of(workspace.Directory))
        {
            throw new UsageException($"--out {path}: this is in the folder of the inputs, where a run may read it; name a file elsewhere");
        }

        if (target.Format is not null && Directory.Exists(real))
        {
            throw new UsageException($"--out {path}: this is a folder; name a file in it");
        }

        // A confined process hands its files to its parent, which has made the folder.
        if (Recon.Sandbox.Confined.Current is null)
        {
            MakeFolder(path, Path.GetDirectoryName(real)!);
        }
    }

    static void MakeFolder(string path, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {path}: there is no folder {DisplayPath.Of(folder)}, and it cannot be made");
        }
    }
}
