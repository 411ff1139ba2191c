// How long each stage of a run took, by a clock that is passed in.
namespace Recon.Runs;

/// <param name="clock">Null: nothing is measured.</param>
public sealed class StageClock(TimeProvider? clock)
{
    readonly List<(RunStage Stage, TimeSpan Took)> _taken = [];

    public IReadOnlyList<(RunStage Stage, TimeSpan Took)> Taken => _taken;

    public T Measure<T>(RunStage stage, Func<T> work)
    {
        if (clock is null)
        {
            return work();
        }

        var start = clock.GetTimestamp();
        var result = work();
        _taken.Add((stage, clock.GetElapsedTime(start)));
        return result;
    }
}
