// One attempt at a due run: the run that `recon run` would make, and what its end means to the schedule.
using Recon.Cli.Commands;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Scheduling;
using Recon.Schedule;
using Recon.Store.Servers;

namespace Recon.Cli.Serving;

/// <param name="workspace">As it stands now: a pack is loaded anew for each run.</param>
/// <param name="threads">Of each run.</param>
sealed class DueRunner(
    Func<ScheduledWorkspace> workspace, PackOptions options, ServeSettings settings, int threads, Telemetry telemetry, JsonLog log)
{
    internal DueEnd Run(DueRun due, CancellationToken cancellation) => telemetry.Measure(due, () => Attempt(due, cancellation));

    (DueEnd End, IReadOnlyList<(RunStage Stage, TimeSpan Took)> Stages) Attempt(DueRun due, CancellationToken cancellation)
    {
        var current = workspace();
        if (!current.Directories.TryGetValue(due.PackId, out var directory))
        {
            return (new DueEnd.Fault("the workspace has no such pack any more", IsTransient: false), []);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var timeLimit = current.Packs.FirstOrDefault(pack => pack.Id == due.PackId)?.Schedule.TimeLimit;
        if (timeLimit is { } time)
        {
            limit.CancelAfter(time);
        }

        try
        {
            using var loaded = LoadedPack.ToRun(directory, options, limit.Token);
            if (loaded.HasErrors)
            {
                return (new DueEnd.Fault($"the pack is wrong: {loaded.Diagnostics.Count} found; 'recon check' shows them", IsTransient: false), []);
            }

            var outcome = Recorded(current.Workspace, loaded, due, limit.Token);
            Tell(due, outcome);
            return (new DueEnd.Recorded(outcome.Record.Head.Id), outcome.Stages);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (new DueEnd.Fault($"it took longer than its time limit, {timeLimit}", IsTransient: true), []);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (EndOf(failure), []);
        }
    }

    RunOutcome Recorded(OpenedWorkspace opened, LoadedPack loaded, DueRun due, CancellationToken cancellation)
    {
        using var store = opened.OpenStore(settings.Lease < ServerRunStore.DefaultLease ? settings.Lease : ServerRunStore.DefaultLease);
        var reader = opened.Reader();
        using var memory = RunMemory.Of(settings.Memory, reader, loaded.Pack!, due.BusinessDate, settings.Parallel);
        var request = RunCommand.RequestOf(opened, loaded, due.BusinessDate, threads, queuesPostings: true) with
        {
            By = $"schedule on {settings.Node}",
            Memory = memory.Plan,
        };
        var outcome = new Runner(reader, store, progress: null, TimeProvider.System).Run(request, cancellation);
        foreach (var (posting, why) in Deliveries.Of(opened, store, due.PackId, request.By, cancellation)?.Refused ?? [])
        {
            log.Write("posting-refused", ("pack", due.PackId), ("posting", posting.Key), ("to", posting.To), ("why", why));
        }

        return outcome;
    }

    void Tell(DueRun due, RunOutcome outcome)
    {
        foreach (var (stage, took) in outcome.Stages)
        {
            log.Write(
                "stage", ("pack", due.PackId), ("run", outcome.Record.Head.Id), ("stage", StageClock.NameOf(stage)),
                ("ms", (long)took.TotalMilliseconds));
        }
    }

    DueEnd EndOf(Exception failure)
    {
        switch (failure)
        {
            case ReconException { Kind: FaultKind.InputMissing }:
                return new DueEnd.Missing(failure.Message);
            case ReconException { Kind: FaultKind.Busy }:
                return new DueEnd.Busy(failure.Message);
            case ReconException fault:
                return new DueEnd.Fault(fault.Message, fault.IsTransient);
            case IOException or UnauthorizedAccessException:
                return new DueEnd.Fault(failure.Message, IsTransient: true);
            default:
                log.Error("bug", ("error", failure.ToString()));
                return new DueEnd.Fault($"a bug of Recon: {failure.Message}", IsTransient: false);
        }
    }
}
