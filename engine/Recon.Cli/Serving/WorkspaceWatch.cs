// The workspace of a service as its files stand: read again where one of them changed.
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;
using Recon.Runs.Scheduling;
using Recon.Schedule;

namespace Recon.Cli.Serving;

/// <summary>What cannot be read leaves what stood before, and is told once.</summary>
sealed class WorkspaceWatch
{
    readonly string _path;
    readonly PackOptions _given;
    readonly JsonLog _log;
    string _stamp;

    /// <exception cref="PackWrongException">A pack is wrong at the start.</exception>
    internal WorkspaceWatch(string path, PackOptions given, JsonLog log, CancellationToken cancellation)
    {
        (_path, _given, _log) = (path, given, log);
        Current = Load(cancellation);
        Roster = RosterOf(Current);
        _stamp = StampOf(Current);
    }

    internal ScheduledWorkspace Current { get; private set; }

    internal Roster Roster { get; private set; }

    /// <summary>With the calendars of the workspace as it stands.</summary>
    internal PackOptions Options => _given with { Calendars = [.. Current.Workspace.Calendars.Keys] };

    /// <summary>True where files have changed and are taken over.</summary>
    internal bool Refresh(CancellationToken cancellation)
    {
        var stamp = StampOf(Current);
        if (stamp == _stamp)
        {
            return false;
        }

        _stamp = stamp;
        try
        {
            var changed = Load(cancellation);
            (Current, Roster, _stamp) = (changed, RosterOf(changed), StampOf(changed));
            _log.Write("workspace-changed", ("packs", changed.Packs.Count));
            return true;
        }
        catch (Exception fault) when (fault is PackWrongException or ReconException or IOException or UnauthorizedAccessException)
        {
            _log.Error("workspace-wrong", ("error", fault is PackWrongException ? "a pack is wrong; 'recon check' shows it" : fault.Message));
            return false;
        }
    }

    ScheduledWorkspace Load(CancellationToken cancellation)
    {
        var workspace = OpenedWorkspace.Open(_path) with { Environment = _given.Environment };
        return ScheduledWorkspace.Load(workspace, _given with { Calendars = [.. workspace.Calendars.Keys] }, cancellation);
    }

    static Roster RosterOf(ScheduledWorkspace workspace) => new(workspace.Packs, (pack, date) =>
    {
        using var runs = workspace.Workspace.OpenStore();
        return runs.Revisions(pack, date) > 0;
    });

    static string StampOf(ScheduledWorkspace workspace) => string.Join('\n', workspace.Workspace.Files
        .Concat(workspace.Directories.Values.Select(directory => Path.Combine(directory, "pack.yaml")))
        .Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks}"));
}
