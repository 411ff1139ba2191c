// The options of a verb that works on packs, and a pack opened by them.
using System.CommandLine;
using Recon.Cli.Commands;
using Recon.Packs;

namespace Recon.Cli.Workspaces;

/// <summary>One for each verb: the verb lists both options, and opens each pack of its workspace with what was asked for.</summary>
sealed class PackOpener
{
    OpenedWorkspace? _distinct;

    internal Option<string?> Environment { get; } = CommonOptions.Environment();

    internal Option<string[]> Parameters { get; } = CommonOptions.Parameters();

    /// <summary>A pack with its diagnostics; it may be wrong.</summary>
    /// <exception cref="UsageException">A parameter is not written as <c>name=value</c>.</exception>
    internal LoadedPack Open(ParseResult parsed, OpenedWorkspace workspace, string directory, CancellationToken cancellation)
    {
        CheckDistinct(workspace);
        return LoadedPack.From(directory, OptionsOf(parsed, workspace), cancellation);
    }

    /// <summary>A pack that is ready to run, whatever stands in its file of tests; its warnings have been printed.</summary>
    /// <exception cref="PackWrongException">It is wrong, and its diagnostics have been printed.</exception>
    internal LoadedPack OpenToRun(ParseResult parsed, OpenedWorkspace workspace, string directory, CancellationToken cancellation)
    {
        CheckDistinct(workspace);
        return LoadedPack.ToRun(directory, OptionsOf(parsed, workspace), cancellation).OrStop();
    }

    void CheckDistinct(OpenedWorkspace workspace)
    {
        if (workspace.Packs.Count > 1 && !ReferenceEquals(_distinct, workspace))
        {
            DistinctPacks.Check(workspace);
            _distinct = workspace;
        }
    }

    /// <summary>What was asked for, with what the workspace knows.</summary>
    /// <exception cref="UsageException">A parameter is not written as <c>name=value</c>.</exception>
    internal PackOptions OptionsOf(ParseResult parsed, OpenedWorkspace workspace) =>
        CommonOptions.PackOptionsOf(parsed.GetValue(Environment), parsed.GetValue(Parameters) ?? [], workspace.Calendars.Keys) with
        {
            Connections = workspace.ConnectionNames,
        };

    /// <summary>A pack that is ready to run; its warnings have been printed.</summary>
    /// <exception cref="PackWrongException">It is wrong, and its diagnostics have been printed.</exception>
    internal LoadedPack OpenOrStop(ParseResult parsed, OpenedWorkspace workspace, string directory, CancellationToken cancellation) =>
        Open(parsed, workspace, directory, cancellation).OrStop();

    /// <summary>The pack of the workspace with this id, ready to run.</summary>
    /// <exception cref="Model.ReconException">The workspace has no such pack.</exception>
    /// <exception cref="PackWrongException">It is wrong, and its diagnostics have been printed.</exception>
    internal LoadedPack OpenById(ParseResult parsed, OpenedWorkspace workspace, string id, CancellationToken cancellation)
    {
        foreach (var directory in workspace.Packs)
        {
            var loaded = Open(parsed, workspace, directory, cancellation);
            if (loaded.Pack?.Id == id || (loaded.HasErrors && workspace.Packs.Count == 1))
            {
                return loaded.OrStop();
            }

            loaded.Dispose();
        }

        throw new Model.ReconException(
            $"{DisplayPath.Of(workspace.Directory)}: there is no pack {id} in this workspace; -w names another", Model.FaultKind.NotFound);
    }
}
