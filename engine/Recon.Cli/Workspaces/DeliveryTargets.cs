// The targets of a workspace, opened when the first posting goes there.
using Recon.Delivery;
using Recon.Model;
using Recon.Packs;
using Recon.Runs.Ports;
using Recon.Sources.Files;
using Recon.Store.Evidence;

namespace Recon.Cli.Workspaces;

sealed class DeliveryTargets(OpenedWorkspace workspace) : IDisposable
{
    readonly Dictionary<string, IPostingTarget> _opened = new(StringComparer.Ordinal);

    /// <summary>Where postings of a pack for these books go; null where nothing is said.</summary>
    /// <exception cref="ReconException">A secret of it is not in the environment.</exception>
    internal IPostingTarget? Of(string packId, string books)
    {
        var name = workspace.Targets.ContainsKey($"{packId}/{books}") ? $"{packId}/{books}" : books;
        if (!workspace.Targets.TryGetValue(name, out var spec))
        {
            return null;
        }

        if (!_opened.TryGetValue(name, out var target))
        {
            _opened.Add(name, target = Open(name, spec));
        }

        return target;
    }

    public void Dispose()
    {
        foreach (var target in _opened.Values.OfType<IDisposable>())
        {
            target.Dispose();
        }
    }

    IPostingTarget Open(string name, TargetSpec spec) => spec.Connection is { } connection
        ? TableOf(workspace.ConnectionOf(connection), spec.Table!)
        : spec.Url is { } url
        ? new HttpTarget(
            new HttpAddress(url, spec.Token is { } variable ? ConnectionSecrets.Secret(name, variable) : null, spec.Timeout, spec.IsPrivate),
            HttpTarget.UsualPause)
        : new FileTarget(PlaceOf(name, spec.File!), spec.File!, Folders.Sync);

    // Without links: what was looked at is what is written.
    string PlaceOf(string name, string file)
    {
        var path = RealPath.Of(Path.Combine(workspace.Directory, file));
        return RealPath.IsBelow(RealPath.Of(workspace.Directory), path)
            ? path
            : throw new ReconException($"target {name}: '{file}' leads out of the workspace; name a file below it", FaultKind.InputWrong);
    }

    static TableTarget TableOf(Connection connection, string table) => connection.Server == DatabaseServer.MySql
        ? throw new ReconException(
            $"connection {connection.Name}: postings go into tables of SQL Server, PostgreSQL and SQLite, not of MySQL", FaultKind.InputWrong)
        : new TableTarget(connection, table);
}
