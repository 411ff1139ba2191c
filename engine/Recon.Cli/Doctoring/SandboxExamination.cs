// Looks whether untrusted rules can be confined here, and starts a confined process that tries to get out.
using System.Text;
using Recon.Sandbox;

namespace Recon.Cli.Doctoring;

static class SandboxExamination
{
    const string Area = "sandbox";
    const long HeapBytes = 256L << 20;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    internal static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var controls = SandboxControls.OfThisMachine();
        List<Finding> findings =
        [
            controls.FilesVersion > 0
                ? new(Area, "landlock", Health.Fine, $"in force, version {controls.FilesVersion}: which files a process sees"
                    + (controls.FilesVersion >= 4 ? ", and TCP" : ""))
                : new(Area, "landlock", Health.Missing, "Linux 5.13 or later with landlock among its security modules; untrusted rules are not executed here"),
            controls.HasCallFilter
                ? new(Area, "seccomp", Health.Fine, "in force: sockets, programs and other processes are closed")
                : new(Area, "seccomp", Health.Missing, "Linux on x86-64 or arm64 with seccomp; untrusted rules are not executed here"),
            controls.HasOtherUser
                ? new(Area, "own user", Health.Fine, "in force: a process of untrusted rules is nobody")
                : new(Area, "own user", Health.Missing, "only root can give one; the process stays a process of this user, with its files closed by landlock"),
        ];
        return controls.AreEnough ? [.. findings, .. await TryAsync(cancellation)] : findings;
    }

    static async Task<IEnumerable<Finding>> TryAsync(CancellationToken cancellation)
    {
        using var process = new ConfinedProcess();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var confinement = new Confinement(
            Path.Combine(AppContext.BaseDirectory, "recon.dll"), ["doctor", "--probe"], [], [], HeapBytes, Longest, Longest, new Dictionary<string, string>());
        try
        {
            var end = await process.RunAsync(
                confinement, new CellOrder(new Dictionary<string, GivenBase>(), null, Longest, HeapBytes), output, error, cancellation);
            return end.ExitCode == ExitCode.Fine
                ? Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(FindingOf)
                : [new Finding(Area, "worker", Health.Wrong, $"it ended with {end.ExitCode}: {end.Ended ?? Encoding.UTF8.GetString(error.ToArray()).Trim()}")];
        }
        catch (SandboxException refused)
        {
            return [new Finding(Area, "worker", Health.Wrong, refused.Message)];
        }
    }

    /// <summary>The line of one attempt: its name, <c>open</c> or <c>closed</c>, and what was said.</summary>
    internal static string LineOf(ProbeResult result) => $"{result.Name}\t{(result.Succeeded ? "open" : "closed")}\t{result.Said.Replace('\t', ' ')}";

    static Finding FindingOf(string line) => line.Split('\t') switch
    {
        [var name, "closed", var said] => new Finding(Area, name, Health.Fine, $"refused: {said}"),
        [var name, _, var said] => new Finding(Area, name, Health.Wrong, $"NOT refused: {said}"),
        _ => new Finding(Area, "worker", Health.Wrong, line),
    };
}
