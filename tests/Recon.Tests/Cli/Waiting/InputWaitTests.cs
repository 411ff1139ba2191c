// Waiting for an input, on a clock that stands still but for the pauses.
using Recon.Cli;
using Recon.Cli.Waiting;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Cli.Waiting;

public sealed class InputWaitTests
{
    const string NoFile = "bank: no file 'bank.csv' below the inputs";

    readonly PausingClock _clock = new();
    readonly List<string> _said = [];

    [Fact]
    public void An_input_that_is_there_is_not_waited_for()
    {
        Assert.Equal(7, Wait(TimeSpan.FromHours(4)).Run(() => 7, CancellationToken.None));
        Assert.Empty(_clock.Pauses);
        Assert.Empty(_said);
    }

    [Fact]
    public void Pauses_double_up_to_five_minutes_until_the_input_comes()
    {
        var looks = 0;
        Assert.Equal(10, Wait(TimeSpan.FromHours(4)).Run(() => ++looks == 10 ? looks : throw Missing(), CancellationToken.None));
        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], _clock.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal($"{NoFile}; looking again in 5 s", _said[0]);
        Assert.Equal($"{NoFile}; looking again in 5 min", _said[^1]);
    }

    [Fact]
    public void An_input_that_never_comes_is_missing_at_the_limit_and_the_last_look_is_there()
    {
        var looks = 0;
        var fault = Assert.Throws<ReconException>(() => Wait(TimeSpan.FromSeconds(20)).Run<int>(
            () =>
            {
                looks++;
                throw Missing();
            },
            CancellationToken.None));
        Assert.Equal((FaultKind.InputMissing, 4), (fault.Kind, ExitCode.Of(fault.Kind)));
        Assert.Equal($"{NoFile}; it did not come within 20 s", fault.Message);
        Assert.Equal([5, 10, 5], _clock.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal(4, looks);
    }

    [Fact]
    public void Two_packs_of_a_command_share_the_limit()
    {
        var wait = Wait(TimeSpan.FromMinutes(1));
        Assert.Throws<ReconException>(() => wait.Run<int>(() => throw Missing(), CancellationToken.None));
        var pauses = _clock.Pauses.Count;
        Assert.Throws<ReconException>(() => wait.Run<int>(() => throw Missing(), CancellationToken.None));
        Assert.Equal(pauses, _clock.Pauses.Count);
        Assert.Equal(8, wait.Run(() => 8, CancellationToken.None));
    }

    [Fact]
    public void What_is_wrong_is_not_waited_for()
    {
        var wrong = new ReconException("bank: cut in the middle", FaultKind.InputWrong);
        Assert.Same(wrong, Assert.Throws<ReconException>(() => Wait(TimeSpan.FromHours(4)).Run<int>(() => throw wrong, CancellationToken.None)));
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public void A_pause_that_is_cancelled_ends_at_once()
    {
        using var cancelled = new CancellationTokenSource();
        var wait = new InputWait(TimeProvider.System, TimeSpan.FromHours(4), TimeSpan.FromHours(1), _ => cancelled.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => wait.Run<int>(() => throw Missing(), cancelled.Token));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("24h", 86_400)]
    public void A_limit_is_written_in_seconds_minutes_or_hours(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), InputWait.LimitOf(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("25h")]
    [InlineData("1.5h")]
    [InlineData("10 m")]
    [InlineData("999999h")]
    [InlineData("9999999h")]
    [InlineData("10m\n")]
    public void Any_other_limit_is_refused(string text) => Assert.Throws<UsageException>(() => InputWait.LimitOf(text));

    static ReconException Missing() => new(NoFile, FaultKind.InputMissing);

    InputWait Wait(TimeSpan limit) => new(_clock, limit, TimeSpan.FromSeconds(5), _said.Add);

    /// <summary>Time passes only while somebody waits, and then at once.</summary>
    sealed class PausingClock : TimeProvider
    {
        TimeSpan _now;

        internal List<TimeSpan> Pauses { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            _now += dueTime;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
