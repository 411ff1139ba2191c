// One line on stderr that says what a long run is doing; only on a terminal.
using System.Diagnostics;
using Recon.Runs;

namespace Recon.Cli.Outputs;

/// <summary>Shows the stage at work, at most ten times a second; erased when disposed.</summary>
sealed class ProgressLine : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Less would be shown as 0 MB.
    const long Megabyte = 1_000_000;

    readonly bool _shown = !Console.IsErrorRedirected;
    readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    readonly Lock _lock = new();
    TimeSpan _next = Interval;
    int _width;

    internal void Report(StageProgress progress)
    {
        if (!_shown)
        {
            return;
        }

        lock (_lock)
        {
            if (_sinceStart.Elapsed < _next)
            {
                return;
            }

            _next = _sinceStart.Elapsed + Interval;
            Draw(TextOf(progress));
        }
    }

    public void Dispose()
    {
        if (_shown && _width > 0)
        {
            PrintableError.Raw.Write($"\r{new string(' ', _width)}\r");
        }
    }

    void Draw(string text)
    {
        var line = $"{_sinceStart.Elapsed.TotalSeconds:F1} s  {text}";
        PrintableError.Raw.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    static string TextOf(StageProgress progress)
    {
        var verb = progress.Stage switch
        {
            RunStage.Read => "reading",
            RunStage.Normalise => "normalising",
            RunStage.Match => "matching",
            RunStage.Judge => "judging",
            _ => "recording",
        };
        var share = progress.Done is double done ? $" {done:P0}" : "";
        var bytes = progress.Bytes is long count and >= Megabyte ? $" {count / Megabyte} MB" : "";
        return $"{verb} {progress.Detail}{share}{bytes}";
    }
}
