// A signal to the process asks the work to end; a second one does not wait for that.
using System.Runtime.InteropServices;

namespace Recon.Cli;

sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _asked = new();
    readonly PosixSignalRegistration[] _signals;
    int _count;

    internal Interruption() =>
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];

    internal CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    // Signals come on threads of their own, two at once too. What is not cancelled here ends the process, as if nobody listened.
    void Ask(PosixSignalContext signal)
    {
        signal.Cancel = Interlocked.Increment(ref _count) == 1;
        if (signal.Cancel)
        {
            _ = _asked.CancelAsync();
        }
    }
}
