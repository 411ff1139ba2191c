// Ends a question that takes too long or that nobody waits for any more.
using System.Data.Common;
using Recon.Model;

namespace Recon.Sources.Databases;

/// <summary>
/// Cancels the command on the server once the token is cancelled or the time is over, and again until it has ended: a command that is not
/// on its way yet, or between two parts of its answer, does not hear the first call.
/// </summary>
sealed class CommandWatch : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly Lock _gate = new();
    readonly Action _cancel;
    readonly CancellationToken _cancellation;
    readonly CancellationTokenSource _late;
    readonly TimeSpan _longest;
    readonly Timer _timer;
    bool _hasEnded;

    /// <param name="cancel">Asks the server to end the command; may be called again and again, and after its end.</param>
    public CommandWatch(Action cancel, TimeSpan longest, CancellationToken cancellation)
    {
        (_cancel, _longest, _cancellation) = (cancel, longest, cancellation);
        _late = new CancellationTokenSource(longest);
        _timer = new Timer(_ => Look(), state: null, Pause, Pause);
    }

    /// <exception cref="ReconException">The time is over.</exception>
    public void ThrowIfLate(string label)
    {
        if (_late.IsCancellationRequested)
        {
            throw new ReconException(
                $"{label}: it took longer than {_longest.TotalSeconds:0} s, the command_timeout of its connection (a retry may help)",
                FaultKind.Storage,
                isTransient: true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        _timer.Dispose();
        _late.Dispose();
    }

    void Look()
    {
        // Where the last look still cancels, this one has nothing to do.
        if ((!_cancellation.IsCancellationRequested && !_late.IsCancellationRequested) || !_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!_hasEnded)
            {
                Cancel();
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    // A command that has just ended has nothing to cancel.
    void Cancel()
    {
        try
        {
            _cancel();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
        }
    }
}
