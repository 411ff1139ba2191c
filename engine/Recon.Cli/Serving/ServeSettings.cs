// How a service works: from its options, its environment and the workspace file, in this order of weight.
using System.Globalization;
using System.Net;
using Recon.Cli.Waiting;
using Recon.Cli.Workspaces;
using Recon.Packs;

namespace Recon.Cli.Serving;

/// <param name="Node">Its name among the services that share a store.</param>
/// <param name="Memory">Bytes that all runs together may take; null: half of what is free.</param>
/// <param name="Listen">Null: no health endpoints.</param>
sealed record ServeSettings(string Node, int Parallel, long? Memory, IPEndPoint? Listen, TimeSpan Lease, TimeSpan Look, TimeSpan StopWithin)
{
    /// <param name="options">Values by the name of their variable; null where an option was not given.</param>
    /// <param name="variable">The environment.</param>
    /// <exception cref="UsageException">A value is none.</exception>
    internal static ServeSettings Of(ServeSpec spec, IReadOnlyDictionary<string, string?> options, Func<string, string?> variable)
    {
        string? Given(string name) => options.GetValueOrDefault(name) ?? (variable(name) is { Length: > 0 } value ? value : null);
        TimeSpan Time(string name, TimeSpan standard) => Given(name) is { } text ? InputWait.LengthOf(name, text) : standard;
        return new ServeSettings(
            Given("RECON_NODE") ?? $"{Environment.MachineName}-{Environment.ProcessId}",
            Given("RECON_PARALLEL") is { } text ? ParallelOf(text) : spec.Parallel,
            Given("RECON_MEMORY") is { } size ? RunMemory.BytesOf(size) : null,
            ListenOf(Given("RECON_LISTEN") ?? spec.Listen),
            Time("RECON_LEASE", spec.Lease),
            Time("RECON_LOOK", spec.Look),
            Time("RECON_STOP_WITHIN", spec.StopWithin));
    }

    static int ParallelOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 64
        ? count
        : throw new UsageException($"RECON_PARALLEL, --parallel {text}: a whole number from 1 to 64");

    static IPEndPoint? ListenOf(string text) => text == "none" ? null
        : ServeSpec.AddressOf(text) ?? throw new UsageException($"RECON_LISTEN, --listen {text}: an address and a port such as 127.0.0.1:8087, or none");
}
