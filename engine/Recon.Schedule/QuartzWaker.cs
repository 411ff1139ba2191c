// Wakes a node at the slots of its packs, by Quartz; what is due then, the store decides.
using System.Data.Common;
using Quartz;
using Recon.Model;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>Where the triggers of a cluster stand: the database of its store, which has Quartz's tables.</summary>
/// <param name="Server">PostgreSQL or SQL Server.</param>
public sealed record TriggerDatabase(DatabaseServer Server, DbProviderFactory Factory, string ConnectionString);

/// <summary>
/// A trigger for each pack. In memory each node is woken at each slot; in a database that nodes share, one of them is, and another where
/// that one is gone. A firing that is lost or comes twice does no harm: every node also looks by itself, and a slot that was found is not
/// found again.
/// </summary>
public sealed class QuartzWaker : IAsyncDisposable
{
    const string Group = "recon";
    const string WakeKey = "wake";

    // A node of a cluster that has not said for so long that it is there is gone.
    static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    readonly IScheduler _scheduler;
    HashSet<string> _packs = [];

    QuartzWaker(IScheduler scheduler) => _scheduler = scheduler;

    /// <param name="database">Null: in memory.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the database cannot be reached or has not the tables.</exception>
    public static Task<QuartzWaker> StartAsync(
        IReadOnlyList<ScheduledPack> packs, string node, TriggerDatabase? database, Action wake, CancellationToken cancellation) => Told(async () =>
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz => Configure(quartz, node, database)).BuildScheduler(cancellation);
        scheduler.Context[WakeKey] = wake;
        var waker = new QuartzWaker(scheduler);
        await waker.ReplaceAsync(packs, cancellation);
        await scheduler.Start(cancellation);
        return waker;
    });

    /// <summary>The triggers of these packs instead of those before.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the database did not take them; a retry may help.</exception>
    public Task SetAsync(IReadOnlyList<ScheduledPack> packs, CancellationToken cancellation) => Told(async () =>
    {
        await ReplaceAsync(packs, cancellation);
        return true;
    });

    async Task ReplaceAsync(IReadOnlyList<ScheduledPack> packs, CancellationToken cancellation)
    {
        foreach (var gone in _packs.Except(packs.Select(pack => pack.Id)))
        {
            await _scheduler.DeleteJob(new JobKey(gone, Group), cancellation);
        }

        _packs = [.. packs.Select(pack => pack.Id)];
        foreach (var pack in packs)
        {
            // An hour that comes no more, and a year that Quartz does not know yet: the node finds the slot when it looks.
            if (!CronExpression.TryParse(pack.Schedule.Cron.Text, out var cron)
                || cron.WithTimeZone(pack.Schedule.TimeZone).GetNextValidTimeAfter(_scheduler.TimeProvider.GetUtcNow()) is null)
            {
                continue;
            }

            var job = JobBuilder.Create<WakeJob>().WithIdentity(pack.Id, Group).Build();
            var trigger = TriggerBuilder.Create().WithIdentity(pack.Id, Group).WithSchedule(CronScheduleBuilder.Create(cron)
                .InTimeZone(pack.Schedule.TimeZone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
            await _scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _scheduler.Shutdown(true, CancellationToken.None);
        }
        catch (SchedulerException)
        {
            // The others find that this node is gone.
        }
    }

    static void Configure(IQuartzBuilder quartz, string node, TriggerDatabase? database)
    {
        quartz.UseDefaultThreadPool(1);
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = Group;
            // Two nodes of one name are two nodes, and a node that is begun again is not the one that died.
            options.InstanceId = database is null ? node : $"{node}:{Guid.NewGuid():N}";
        });
        if (database is null)
        {
            quartz.UseInMemoryStore(_ => { });
        }
        else
        {
            quartz.UsePersistentStore(store => Configure(store, database));
        }
    }

    static void Configure(IPersistentStoreBuilder store, TriggerDatabase database)
    {
        store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
        store.UseClustering(options => options.CheckinInterval = CheckIn);
        switch (database.Server)
        {
            case DatabaseServer.PostgreSql:
                store.UsePostgres(database.Factory, database.ConnectionString);
                break;
            case DatabaseServer.SqlServer:
                store.UseSqlServer(database.Factory, database.ConnectionString);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(database), database.Server, "no server of a cluster");
        }
    }

    static async Task<T> Told<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (fault is SchedulerException or DbException)
        {
            throw new ReconException($"Quartz: {fault.Message}", FaultKind.Storage, isTransient: true, fault);
        }
    }

    /// <summary>Quartz makes one for each firing.</summary>
    public sealed class WakeJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            (context.Scheduler.Context[WakeKey] as Action)?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
