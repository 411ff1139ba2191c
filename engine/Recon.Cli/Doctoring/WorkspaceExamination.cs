// Looks whether a workspace has what its runs need: packs, inputs, a store with its schema, secrets, databases.
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;
using Recon.Store.Servers;
using Recon.Store.Sqlite;

namespace Recon.Cli.Doctoring;

static class WorkspaceExamination
{
    internal static IEnumerable<Finding> Of(OpenedWorkspace workspace, CancellationToken cancellation)
    {
        yield return Inputs(workspace);
        foreach (var pack in workspace.Packs)
        {
            yield return Attempt("pack", DisplayPath.Of(pack), () => Pack(workspace, pack, cancellation));
        }

        yield return Attempt("store", workspace.StoreName ?? DisplayPath.Of(workspace.Store), () => Store(workspace));
        foreach (var name in workspace.Connections.Keys.Where(name => name != workspace.StoreName).Order(StringComparer.Ordinal))
        {
            yield return Attempt("connection", name, () => Connection(workspace, name, cancellation));
        }
    }

    static Finding Inputs(OpenedWorkspace workspace) => Directory.Exists(workspace.Inputs)
        ? new("workspace", "inputs", Health.Fine, DisplayPath.Of(workspace.Inputs))
        : new("workspace", "inputs", Health.Missing, $"there is no folder {DisplayPath.Of(workspace.Inputs)}; runs of files will exit 4");

    static (Health, string) Pack(OpenedWorkspace workspace, string directory, CancellationToken cancellation)
    {
        using var loaded = LoadedPack.From(
            directory, new PackOptions(workspace.Environment, new Dictionary<string, string>(), [.. workspace.Calendars.Keys])
            {
                Connections = workspace.ConnectionNames,
            },
            cancellation);
        return loaded.HasErrors
            ? (Health.Wrong, $"{loaded.Diagnostics.Count} found; see 'recon check {DisplayPath.Of(directory)}'")
            : (Health.Fine, $"{loaded.Pack!.Id} {loaded.Pack.Version}");
    }

    static (Health, string) Store(OpenedWorkspace workspace)
    {
        if (!workspace.HasStore)
        {
            return (Health.Missing, "nothing was run here yet; the first run makes it");
        }

        var status = workspace.StoreServer is { } server ? ServerSchema.StatusOf(server) : SqliteRunStore.SchemaOf(workspace.Store);
        return status.IsCurrent
            ? (Health.Fine, $"schema {(status.Run is [.., var last] ? last : "none")}")
            : (Health.Wrong, $"{status.Missing.Count} scripts are missing; run 'recon db migrate'");
    }

    static (Health, string) Connection(OpenedWorkspace workspace, string name, CancellationToken cancellation)
    {
        workspace.Reader().Reach(name, cancellation);
        return (Health.Fine, "opened");
    }

    // What is wrong with one thing keeps nobody from looking at the next.
    static Finding Attempt(string area, string name, Func<(Health Health, string Said)> look)
    {
        try
        {
            var (health, said) = look();
            return new Finding(area, name, health, said);
        }
        catch (ReconException fault)
        {
            return new Finding(area, name, Health.Wrong, fault.Message);
        }
    }
}
