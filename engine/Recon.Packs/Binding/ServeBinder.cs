// Binds what a workspace says to the service that runs it: how many runs at once, where it listens, windows of maintenance.
using Recon.Model;
using Recon.Model.Scheduling;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ServeBinder(Report report)
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ServeSpec Bind(Keys workspace)
    {
        var standard = ServeSpec.Default with { Maintenance = Maintenance(workspace) };
        if (workspace.Map("serve") is not { } map)
        {
            return standard;
        }

        var keys = new Keys(map, workspace.PlaceOf("serve"), WorkspaceShapes.Serve, report);
        return standard with
        {
            Parallel = Parallel(keys.Scalar("parallel")) ?? standard.Parallel,
            Listen = Listen(keys.Scalar("listen")) ?? standard.Listen,
            Lease = Duration(keys, "lease", 5 * Second, TimeSpan.FromHours(1)) ?? standard.Lease,
            Look = Duration(keys, "look", Second, TimeSpan.FromMinutes(1)) ?? standard.Look,
            StopWithin = Duration(keys, "stop_within", Second, Day) ?? standard.StopWithin,
        };
    }

    int? Parallel(ScalarNode? node)
    {
        if (node is null || (int.TryParse(node.Text, out var count) && count is >= 1 and <= 64))
        {
            return node is null ? null : int.Parse(node.Text, System.Globalization.CultureInfo.InvariantCulture);
        }

        report.Add(Findings.BadNumber, node.Place, null, node.Text, "a whole number from 1 to 64");
        return null;
    }

    string? Listen(ScalarNode? node)
    {
        if (node is null || node.Text == "none" || ServeSpec.AddressOf(node.Text) is not null)
        {
            return node?.Text;
        }

        report.Add(Findings.BadText, node.Place, "\"127.0.0.1:8087\"", node.Text, "an address and a port, or none");
        return null;
    }

    TimeSpan? Duration(Keys keys, string key, TimeSpan least, TimeSpan most) =>
        keys.Scalar(key) is { } node ? Durations.Bind(node, node.Text, least, most, report) : null;

    List<MaintenanceWindow> Maintenance(Keys workspace)
    {
        var windows = new List<MaintenanceWindow>();
        foreach (var node in workspace.OneOrMore("maintenance"))
        {
            if (workspace.Shape<MapNode>(node, "{ cron: …, for: 4h } or { from: …, until: … }") is { } map && Window(map) is { } window)
            {
                windows.Add(window);
            }
        }

        return windows;
    }

    MaintenanceWindow? Window(MapNode map)
    {
        var keys = new Keys(map, map.Place, WorkspaceShapes.Maintenance, report);
        return keys.Has("cron") == keys.Has("from") ? Neither(map) : keys.Has("cron") ? Again(keys) : Once(keys);
    }

    MaintenanceWindow? Neither(MapNode map)
    {
        report.Add(Findings.OneOf, map.Place, "{ cron: \"0 0 22 ? * SAT\", zone: Europe/Berlin, for: 4h }", "a window of maintenance", "cron, from");
        return null;
    }

    MaintenanceWindow.Again? Again(Keys keys)
    {
        keys.RefuseIfPresent("until", "'for' says how long it is");
        var cron = keys.Scalar("cron") is { } text ? ScheduleBinder.Cron(text, text.Text, report) : null;
        var length = keys.NeedScalar("for", "for: 4h") is { } node ? Durations.Bind(node, node.Text, Second, TimeSpan.FromDays(7), report) : null;
        var zone = keys.Scalar("zone");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out _))
        {
            report.Add(Findings.BadZone, zone.Place, "an id such as Europe/Berlin or UTC", zone.Text);
            return null;
        }

        return cron is null || length is null ? null : new MaintenanceWindow.Again(cron, zone?.Text ?? Defaults.Zone, length.Value);
    }

    MaintenanceWindow.Once? Once(Keys keys)
    {
        keys.RefuseIfPresent("for", "'until' says when it ends");
        keys.RefuseIfPresent("zone", "the moments say it themselves");
        return Moment(keys.Scalar("from")) is { } from && Moment(keys.NeedScalar("until", "until: 2026-12-27T06:00:00Z")) is { } until
            ? new MaintenanceWindow.Once(from, until)
            : null;
    }

    Instant? Moment(ScalarNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (Literals.TryMoment(node.Text, out var moment))
        {
            return Instant.From(moment);
        }

        report.Add(Findings.BadDate, node.Place, "2026-12-24T18:00:00Z", node.Text, "a moment with its offset");
        return null;
    }
}
