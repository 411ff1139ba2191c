// A service under test: a process that can be killed, frozen and ended as an operator would.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Recon.Tests.Cli.Serving;

sealed class ServeProcess : IDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _lines = new();
    readonly TaskCompletionSource<IPEndPoint?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ServeProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has said so far.</summary>
    internal IReadOnlyList<string> Lines => [.. _lines];

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    internal static ServeProcess Start(string workspace, string node, string listen = "none", params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "serve", workspace, "--node", node, "--listen", listen])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["RECON_LEASE"], start.Environment["RECON_LOOK"]) = ("5s", "1s");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new ServeProcess(Process.Start(start)!);
    }

    /// <summary>Where it listens, once it serves; null where it does not listen.</summary>
    internal Task<IPEndPoint?> StartedAsync() => _started.Task.WaitAsync(TimeSpan.FromSeconds(120));

    /// <summary>Waits for so many lines of the log with this event.</summary>
    /// <returns>The last of them.</returns>
    internal async Task<string> SaysAsync(string name, int times = 1)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            if (_lines.Where(line => line.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal)).ElementAtOrDefault(times - 1) is { } said)
            {
                return said;
            }

            if (limit.Elapsed > TimeSpan.FromSeconds(120) || _outputEnded.Task.IsCompleted)
            {
                throw new InvalidOperationException($"no {name}:\n{string.Join('\n', _lines)}");
            }

            await Task.Delay(50);
        }
    }

    internal void Kill() => _process.Kill();

    internal void Freeze() => Send("STOP");

    internal void Thaw() => Send("CONT");

    /// <summary>SIGTERM, and its exit code.</summary>
    internal async Task<int> EndAsync()
    {
        Send("TERM");
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    void Take(string? line)
    {
        if (line is null)
        {
            _outputEnded.TrySetResult();
            _started.TrySetException(new InvalidOperationException($"it ended:\n{string.Join('\n', _lines)}"));
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains("\"event\":\"service-started\"", StringComparison.Ordinal))
        {
            using var said = JsonDocument.Parse(line);
            _started.TrySetResult(said.RootElement.TryGetProperty("listen", out var listen) ? IPEndPoint.Parse(listen.GetString()!) : null);
        }
    }
}
