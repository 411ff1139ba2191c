// recon serve at work: scheduler, health endpoints and telemetry from start to a graceful end.
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Recon.Model;
using Recon.Packs;
using Recon.Runs.Ports;
using Recon.Schedule;
using Recon.Store.Schedules;

namespace Recon.Cli.Serving;

sealed class Service : IDisposable
{
    readonly ServeSettings _settings;
    readonly JsonLog _log;
    readonly WorkspaceWatch _watch;
    readonly IScheduleStore _store;
    readonly TriggerDatabase? _triggers;
    readonly Telemetry _telemetry;
    readonly Dispatcher _dispatcher;
    readonly CancellationTokenSource _stop = new();

    internal Service(string workspace, PackOptions options, Func<ServeSpec, ServeSettings> settings, TextWriter log, CancellationToken cancellation)
    {
        var opened = Workspaces.OpenedWorkspace.Open(workspace) with { Environment = options.Environment };
        _settings = settings(opened.Serve);
        _log = new JsonLog(log, _settings.Node, TimeProvider.System);
        _watch = new WorkspaceWatch(workspace, options, _log, cancellation);
        _store = opened.OpenSchedule();
        _triggers = TriggersOf(opened.StoreServer);
        _telemetry = new Telemetry(_settings.Node, () => _dispatcher?.Running ?? 0);
        var threads = Math.Max(1, Environment.ProcessorCount / _settings.Parallel);
        _dispatcher = new Dispatcher(
            _store,
            () => _watch.Roster,
            (due, token) => new DueRunner(() => _watch.Current, _watch.Options, _settings, threads, _telemetry, _log).Run(due, token),
            now => _watch.Current.Workspace.Serve.IsClosed(now),
            new DispatcherOptions(_settings.Node, _settings.Parallel, _settings.Lease, _settings.Look),
            TimeProvider.System,
            _log);
    }

    /// <summary>Serves until SIGTERM or SIGINT. A second one does not wait for what runs.</summary>
    internal async Task RunAsync()
    {
        var within = _settings.StopWithin;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var waker = await QuartzWaker.StartAsync(_watch.Current.Packs, _settings.Node, _triggers, _dispatcher.Wake, _stop.Token);
        await using var health = _settings.Listen is { } listen ? HealthAt(listen) : null;
        _log.Write(
            "service-started", ("listen", health?.Address.ToString()), ("packs", _watch.Current.Packs.Count), ("parallel", _settings.Parallel),
            ("version", typeof(Service).Assembly.GetName().Version?.ToString()));
        var watching = WatchAsync(waker);
        await _dispatcher.WorkAsync(_stop.Token);
        _log.Write("service-stopping", ("running", _dispatcher.Running));
        await _dispatcher.FinishAsync(within);
        await watching;
        _log.Write("service-stopped");

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !_stop.IsCancellationRequested;
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _dispatcher.Dispose();
        _telemetry.Dispose();
        _stop.Dispose();
    }

    async Task WatchAsync(QuartzWaker waker)
    {
        var isNew = false;
        try
        {
            while (true)
            {
                await Task.Delay(_settings.Look, _stop.Token);
                isNew |= _watch.Refresh(_stop.Token);
                if (isNew)
                {
                    _dispatcher.Wake();
                    isNew = !await AreSetAsync(waker);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // Until they are, the node looks by itself.
    async Task<bool> AreSetAsync(QuartzWaker waker)
    {
        try
        {
            await waker.SetAsync(_watch.Current.Packs, _stop.Token);
            return true;
        }
        catch (ReconException fault)
        {
            _log.Error("trigger-fault", ("error", fault.Message));
            return false;
        }
    }

    static TriggerDatabase? TriggersOf(Connection? server)
    {
        if (server is null)
        {
            return null;
        }

        var (factory, text) = ScheduleStore.TriggersOn(server);
        return new TriggerDatabase(server.Server, factory, text);
    }

    HealthServer HealthAt(IPEndPoint listen)
    {
        try
        {
            return new HealthServer(listen, Answers());
        }
        catch (SocketException fault)
        {
            throw new ReconException(
                $"{listen} cannot be listened at for the health endpoints: {fault.Message}; "
                    + "--listen, RECON_LISTEN or 'serve: { listen: … }' names another address, or none",
                FaultKind.Storage);
        }
    }

    Dictionary<string, Func<HealthAnswer>> Answers() => new(StringComparer.Ordinal)
    {
        ["/health/live"] = () => Answer(isFine: true, "alive"),
        ["/health/ready"] = () => IsReady() ? Answer(isFine: true, "ready") : Answer(isFine: false, "not ready"),
    };

    // Three looks may fail before somebody is told.
    bool IsReady() => !_stop.IsCancellationRequested && _dispatcher.LastLook is { } last
        && Now() - last < (3 * _settings.Look) + TimeSpan.FromSeconds(10);

    HealthAnswer Answer(bool isFine, string status)
    {
        var current = _watch.Current;
        return new HealthAnswer(isFine, new JsonObject
        {
            ["status"] = status,
            ["running"] = _dispatcher.Running,
            ["packs"] = current.Packs.Count,
            ["maintenance"] = current.Workspace.Serve.IsClosed(Now()),
            ["last_look"] = _dispatcher.LastLook?.ToString(),
        }.ToJsonString());
    }

    static Instant Now() => Instant.From(TimeProvider.System.GetUtcNow());
}
