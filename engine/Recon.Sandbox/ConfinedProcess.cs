// The parent's side: starts a process that is confined from its first instruction, and says how it ended.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Recon.Sandbox.Kernel;

namespace Recon.Sandbox;

/// <summary>What a confined process is started with.</summary>
/// <param name="Program">An assembly with an entry point, run by this process's own runtime.</param>
/// <param name="Readable">Files and folders it may read beside the runtime's own.</param>
/// <param name="Listed">Folders whose names it may list and whose files it may not read.</param>
/// <param name="HeapBytes">The most the collector gives it.</param>
/// <param name="Wall">The longest it may take.</param>
/// <param name="Still">The longest it may stand at one and the same thing.</param>
/// <param name="Variables">Its environment beside what the runtime needs: nothing is inherited.</param>
public sealed record Confinement(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Readable,
    IReadOnlyList<string> Listed,
    long HeapBytes,
    TimeSpan Wall,
    TimeSpan Still,
    IReadOnlyDictionary<string, string> Variables);

/// <summary>How a confined process ended.</summary>
/// <param name="ExitCode">Its own, or 128 and the number of the signal that ended it.</param>
/// <param name="Ended">Why it was ended from outside, in words; null where it ended by itself.</param>
/// <param name="AtWork">What it was at last.</param>
public sealed record ConfinedEnd(int ExitCode, string? Ended, string AtWork);

/// <summary>One run of one process in its own cell. Linux only.</summary>
public sealed class ConfinedProcess : IDisposable
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    // The runtime reads these; what is not there is passed over. /proc as a whole, because "self" is another process for who is confined.
    static readonly string[] Platform =
    [
        "/proc", "/sys/fs/cgroup", "/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/usr/share/zoneinfo",
        "/etc/ld.so.cache", "/etc/localtime", "/usr/share/icu",
    ];

    static readonly string[] Libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];

    readonly Cell _cell = Cell.Make();

    public Cell Cell => _cell;

    /// <summary>Runs it to its end, handing on what it writes.</summary>
    /// <exception cref="SandboxException">The kernel refused, or has not what it takes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the process is gone.</exception>
    public async Task<ConfinedEnd> RunAsync(Confinement confinement, CellOrder order, Stream output, Stream error, CancellationToken cancellation)
    {
        var controls = SandboxControls.OfThisMachine();
        if (!controls.AreEnough)
        {
            throw new SandboxException($"this machine's kernel lacks {controls.Missing}");
        }

        _cell.Write(order);
        using var process = Start(confinement, controls);
        process.StandardInput.Close();
        var copies = Task.WhenAll(
            PlainText.CopyAsync(process.StandardOutput.BaseStream, output, PlainText.MostOutput),
            PlainText.CopyAsync(process.StandardError.BaseStream, error, PlainText.MostError));
        var ended = await WatchAsync(process, confinement, cancellation);
        await copies;
        cancellation.ThrowIfCancellationRequested();
        return new ConfinedEnd(process.ExitCode, ended ?? PlainText.WhyOf(process.ExitCode), _cell.ReadAtWork());
    }

    public void Dispose() => _cell.Delete();

    async Task<string?> WatchAsync(Process process, Confinement confinement, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (at, since) = ("", TimeSpan.Zero);
        while (!process.HasExited)
        {
            if (_cell.ReadAtWork() is var now && now != at)
            {
                (at, since) = (now, clock.Elapsed);
            }

            var why = cancellation.IsCancellationRequested ? "it was cancelled"
                : clock.Elapsed > confinement.Wall ? $"it took longer than {confinement.Wall.TotalSeconds:0} s"
                : clock.Elapsed - since > confinement.Still ? $"it stood at one thing for longer than {confinement.Still.TotalSeconds:0} s"
                : null;
            if (why is not null)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
                return why;
            }

            using var glance = new CancellationTokenSource(Glance);
            await process.WaitForExitAsync(glance.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        return null;
    }

    // Rules of the kernel hold for a thread and what it starts, so a thread of its own gets them, starts the process and is gone.
    Process Start(Confinement confinement, SandboxControls controls)
    {
        Process? started = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (controls.HasOtherUser && OperatingSystem.IsLinux())
                {
                    Give(_cell.Directory);
                    OtherUser.Become();
                }

                Landlock.Restrict(
                    [RuntimeRoot, AppContext.BaseDirectory, .. Libraries], [.. Platform, _cell.Directory, .. confinement.Readable],
                    confinement.Listed, [_cell.Outputs, _cell.Scratch, _cell.AtWork]);
                started = Process.Start(StartOf(confinement));
            }
            catch (Exception refused) when (refused is SandboxException or System.ComponentModel.Win32Exception)
            {
                failure = refused;
            }
        });
        thread.Start();
        thread.Join();
        return started ?? throw new SandboxException($"the confined process could not be started: {failure?.Message}");
    }

    // Its files are its own, its folder and what it is told stay ours.
    [SupportedOSPlatform("linux")]
    static void Give(string directory)
    {
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var cell = new Cell(directory);
        foreach (var path in (string[])[cell.Outputs, cell.Scratch, cell.AtWork])
        {
            SystemCalls.Demand(SystemCalls.ChangeOwner(path, OtherUser.Nobody, OtherUser.Nobody), "chown");
        }
    }

    ProcessStartInfo StartOf(Confinement confinement)
    {
        var host = Path.Combine(RuntimeRoot, "dotnet");
        var start = new ProcessStartInfo(host, ["exec", confinement.Program, .. confinement.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in confinement.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment[Cell.Variable] = _cell.Directory;
        start.Environment["HOME"] = _cell.Scratch;
        start.Environment["TMPDIR"] = _cell.Scratch;
        start.Environment["DOTNET_ROOT"] = RuntimeRoot;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // The collector reads hexadecimal digits.
        start.Environment["DOTNET_GCHeapHardLimit"] = confinement.HeapBytes.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        return start;
    }

    // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
    static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
