// What a workspace says to the service that runs it.
using System.Net;
using Recon.Model.Scheduling;

namespace Recon.Packs;

/// <summary>How <c>recon serve</c> works.</summary>
/// <param name="Parallel">How many runs at once, 1 to 64.</param>
/// <param name="Listen">Address and port of the health endpoints, or <c>none</c>.</param>
/// <param name="Lease">For how long a run stays with a service that says nothing.</param>
/// <param name="Look">How often the service looks what is due.</param>
/// <param name="StopWithin">How long a run in progress may go on when the service is stopped.</param>
/// <param name="Maintenance">While one of them is open nothing begins.</param>
public sealed record ServeSpec(
    int Parallel, string Listen, TimeSpan Lease, TimeSpan Look, TimeSpan StopWithin, IReadOnlyList<MaintenanceWindow> Maintenance)
{
    /// <summary>Two at once: one that waits for a slow source does not hold up the rest. Only this machine is answered.</summary>
    public static ServeSpec Default { get; } = new(
        2, "127.0.0.1:8087", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), []);

    /// <summary>An address with its port, as <c>127.0.0.1:8087</c> or <c>[::1]:8087</c>; null for anything else.</summary>
    public static IPEndPoint? AddressOf(string text) =>
        text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var address) ? address : null;

    public bool IsClosed(Model.Instant now) => Maintenance.Any(window => window.Has(now));
}
