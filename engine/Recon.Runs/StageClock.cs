// How long each stage of a run took, by a clock that is passed in, and a span of tracing for each.
using System.Diagnostics;

namespace Recon.Runs;

/// <param name="clock">Null: nothing is measured.</param>
public sealed class StageClock(TimeProvider? clock)
{
    /// <summary>The spans of stages come from a source of this name.</summary>
    public const string SourceName = "Recon.Runs";

    static readonly ActivitySource Source = new(SourceName);

    readonly List<(RunStage Stage, TimeSpan Took)> _taken = [];

    public IReadOnlyList<(RunStage Stage, TimeSpan Took)> Taken => _taken;

    /// <summary>As spans, metrics and logs call it.</summary>
    public static string NameOf(RunStage stage) => stage.ToString().ToLowerInvariant();

    public T Measure<T>(RunStage stage, Func<T> work)
    {
        if (clock is null)
        {
            return work();
        }

        using var span = Source.HasListeners() ? Source.StartActivity(NameOf(stage)) : null;
        var start = clock.GetTimestamp();
        var result = work();
        _taken.Add((stage, clock.GetElapsedTime(start)));
        return result;
    }
}
