// Keeps a run in the hands of its node while it runs, and ends it where that fails.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>Renews the lease three times in its length. What cannot be renewed before the lease is over is lost: another node has it.</summary>
sealed class Hold : IDisposable
{
    readonly DueRun _taken;
    readonly IScheduleStore _store;
    readonly TimeSpan _lease;
    readonly TimeProvider _clock;
    readonly CancellationTokenSource _end;
    readonly ITimer _timer;
    readonly Lock _turn = new();
    long _renewed;
    bool _isOver;

    public Hold(DueRun taken, IScheduleStore store, TimeSpan lease, TimeProvider clock, CancellationToken abandon)
    {
        (_taken, _store, _lease, _clock) = (taken, store, lease, clock);
        _end = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        _renewed = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Renew(), null, lease / 3, lease / 3);
    }

    /// <summary>Ends what runs: the node stops, or the run is lost.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>True where the run is in other hands, or may be.</summary>
    public bool IsLost { get; private set; }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_turn)
        {
            _isOver = true;
        }

        _end.Dispose();
    }

    // A tick that comes while another waits for the store has nothing to add.
    void Renew()
    {
        if (!_turn.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isOver && !IsLost && !IsRenewed())
            {
                IsLost = true;
                _end.Cancel();
            }
        }
        finally
        {
            _turn.Exit();
        }
    }

    bool IsRenewed()
    {
        var before = _clock.GetTimestamp();
        try
        {
            if (!_store.Turn(turn => Roster.Renew(turn, _taken, Instant.From(_clock.GetUtcNow()), _lease)))
            {
                return false;
            }

            _renewed = before;
            return true;
        }
        catch (ReconException)
        {
            return _clock.GetElapsedTime(_renewed) < _lease;
        }
    }
}
