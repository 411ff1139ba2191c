// One node at work: looks what is due, takes it, keeps it in hand while it runs, and writes down how it ended.
using System.Collections.Concurrent;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>How a node works.</summary>
/// <param name="Node">Its name among the nodes that share a store.</param>
/// <param name="Parallel">How many runs at once, at least 1.</param>
/// <param name="Lease">For how long a run stays with a node that says nothing. Clocks of nodes must agree within a small part of it.</param>
/// <param name="Look">How often it looks without being woken.</param>
public sealed record DispatcherOptions(string Node, int Parallel, TimeSpan Lease, TimeSpan Look);

/// <summary>Runs what the roster gives to this node.</summary>
/// <param name="run">One attempt; the token ends it at the time limit, when the node stops, and when the run is in other hands.</param>
/// <param name="isClosed">True in a window of maintenance: then nothing begins.</param>
public sealed class Dispatcher(
    IScheduleStore store, Func<Roster> roster, Func<DueRun, CancellationToken, DueEnd> run, Func<Instant, bool> isClosed, DispatcherOptions options,
    TimeProvider clock, JsonLog log) : IDisposable
{
    readonly ConcurrentDictionary<DueRun, Task> _running = new();
    readonly SemaphoreSlim _wake = new(0, 1);
    readonly CancellationTokenSource _abandon = new();

    /// <summary>The last look that met no fault; null where there was none yet.</summary>
    public Instant? LastLook { get; private set; }

    public int Running => _running.Count;

    /// <summary>Looks at once instead of in a while.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken and has not looked yet.
        }
    }

    /// <summary>Works until it is told to stop. Then nothing begins any more, and what runs goes on.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            LookAndTake();
            try
            {
                await Task.WhenAny(_wake.WaitAsync(stop), Task.Delay(options.Look, clock, stop)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Waits for what runs; what is not done by then is given back, so that another node or the next start does it.</summary>
    public async Task FinishAsync(TimeSpan atMost)
    {
        var running = Task.WhenAll(_running.Values);
        await Task.WhenAny(running, Task.Delay(atMost, clock)).ConfigureAwait(false);
        await _abandon.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    /// <summary>After <see cref="FinishAsync"/>.</summary>
    public void Dispose()
    {
        _wake.Dispose();
        _abandon.Dispose();
    }

    void LookAndTake()
    {
        try
        {
            var found = store.Turn(turn => roster().Look(turn, Now()));
            foreach (var due in found)
            {
                log.Write(due.State == DueState.Skipped ? "slot-skipped" : "slot-found", Facts(due));
            }

            while (!isClosed(Now()) && _running.Count < options.Parallel
                && store.Turn(turn => roster().Take(turn, options.Node, Now(), options.Lease)) is { } taken)
            {
                Begin(taken);
            }

            LastLook = Now();
        }
        catch (ReconException fault)
        {
            log.Error("store-fault", ("error", fault.Message));
        }
    }

    void Begin(DueRun taken)
    {
        // Registered before it can end: what ends takes itself out.
        var begun = new TaskCompletionSource();
        _running[taken] = begun.Task;
        _ = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    Attempt(taken);
                }
                finally
                {
                    _running.TryRemove(taken, out _);
                    GiveMemoryBack();
                    begun.SetResult();
                    Wake();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // A service mostly waits. What its last run needed, compiled rules included, would stay with it until it needs as much again.
    void GiveMemoryBack()
    {
        if (_running.IsEmpty)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    void Attempt(DueRun taken)
    {
        log.Write("run-begun", Facts(taken));
        using var hold = new Hold(taken, store, options.Lease, clock, _abandon.Token);
        var end = Guarded(taken, hold.Token);
        if (hold.IsLost)
        {
            log.Error("run-lost", Facts(taken));
        }
        else if (Ended(taken, end, hold) is { } ended)
        {
            Tell(ended);
        }
    }

    void Tell(DueRun ended)
    {
        if (ended.State == DueState.Failed)
        {
            log.Error("run-failed", Facts(ended));
        }
        else
        {
            log.Write(ended.State == DueState.Done ? "run-recorded" : "run-waits", Facts(ended));
        }
    }

    DueEnd Guarded(DueRun taken, CancellationToken cancellation)
    {
        try
        {
            return run(taken, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new DueEnd.GivenBack();
        }
    }

    // The store may be away for a while; after the lease another node has the run, and finds it recorded.
    DueRun? Ended(DueRun taken, DueEnd end, Hold hold)
    {
        while (true)
        {
            try
            {
                return store.Turn(turn => roster().End(turn, taken, end, Now()));
            }
            catch (ReconException fault)
            {
                log.Error("store-fault", [.. Facts(taken), ("error", fault.Message)]);
                if (hold.IsLost || !fault.IsTransient)
                {
                    return null;
                }

                Thread.Sleep(500);
            }
        }
    }

    Instant Now() => Instant.From(clock.GetUtcNow());

    static (string, object?)[] Facts(DueRun due) =>
    [
        ("pack", due.PackId), ("business_date", due.BusinessDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ("slot", due.Slot.ToString()), ("cause", due.Cause.ToString().ToLowerInvariant()), ("epoch", due.Epoch), ("run", due.RunId),
        ("detail", due.Detail),
    ];
}
