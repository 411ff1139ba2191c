// What a measured process says about itself when it is done: stages, processor time and peak memory.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Recon.Cli.Benching;

/// <summary>Collects stages while a process works, from the start of the process on. One thread at a time.</summary>
sealed class RoundClock
{
    const string FileName = "figures.json";

    readonly List<(string Stage, TimeSpan Took)> _stages = [("start", DateTime.Now - Process.GetCurrentProcess().StartTime)];
    long _last = Stopwatch.GetTimestamp();

    /// <summary>Ends a stage that began where the one before ended.</summary>
    internal void Lap(string stage)
    {
        var now = Stopwatch.GetTimestamp();
        Add(stage, Stopwatch.GetElapsedTime(_last, now));
        _last = now;
    }

    /// <summary>Ends stages that others have measured.</summary>
    internal void Lap(IEnumerable<(string Stage, TimeSpan Took)> stages)
    {
        foreach (var (stage, took) in stages)
        {
            Add(stage, took);
        }

        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes the figures where <see cref="Read"/> finds them; nothing is measured afterwards.</summary>
    internal void Write(string directory)
    {
        using var file = File.Create(Path.Combine(directory, FileName));
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteNumber("cpu_seconds", Environment.CpuUsage.TotalTime.TotalSeconds);
        json.WriteNumber("peak_bytes", ProcessMemory.Peak());
        json.WriteStartObject("stages");
        foreach (var (stage, took) in _stages)
        {
            json.WriteNumber(stage, took.TotalSeconds);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static (double CpuSeconds, long PeakBytes, IReadOnlyList<(string Stage, double Seconds)> Stages) Read(string directory)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, FileName)));
        var root = json.RootElement;
        return (
            root.GetProperty("cpu_seconds").GetDouble(),
            root.GetProperty("peak_bytes").GetInt64(),
            [.. root.GetProperty("stages").EnumerateObject().Select(stage => (stage.Name, stage.Value.GetDouble()))]);
    }

    // A stage that comes twice is one.
    void Add(string stage, TimeSpan took)
    {
        var known = _stages.FindIndex(entry => entry.Stage == stage);
        if (known < 0)
        {
            _stages.Add((stage, took));
        }
        else
        {
            _stages[known] = (stage, _stages[known].Took + took);
        }
    }
}

/// <summary>Memory of processes, as exactly as the system tells it.</summary>
static class ProcessMemory
{
    /// <summary>Most bytes that this process held in memory so far, files mapped into it included.</summary>
    internal static long Peak() =>
        OfStatus("self", "VmHWM:") is { } peak ? peak : Process.GetCurrentProcess().PeakWorkingSet64;

    /// <summary>The same of another process, as long as it lives; null where the system does not say.</summary>
    internal static long? PeakOf(int processId) => OfStatus(processId.ToString(CultureInfo.InvariantCulture), "VmHWM:");

    /// <summary>Bytes of another process that are no file's: what it cannot give back. Null where the system does not say.</summary>
    internal static long? Anonymous(int processId) => OfStatus(processId.ToString(CultureInfo.InvariantCulture), "RssAnon:");

    static long? OfStatus(string process, string name)
    {
        try
        {
            var line = OperatingSystem.IsLinux()
                ? File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                : null;
            return line is null ? null : long.Parse(line[name.Length..^3], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }
}
