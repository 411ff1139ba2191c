// Wakes a node at the slots of its packs, by Quartz; what is due then, the store decides.
using System.Data.Common;
using Quartz;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>Where Quartz keeps its triggers for several nodes.</summary>
/// <param name="IsSqlServer">Else PostgreSQL.</param>
public sealed record QuartzTables(DbProviderFactory Driver, string Connection, bool IsSqlServer);

/// <summary>
/// A trigger for each pack. In memory, each node is woken at each slot; in tables, one of the nodes. A firing that is lost or comes
/// twice does no harm: every node also looks by itself, and a slot that was found is not found again.
/// </summary>
public sealed class QuartzWaker : IAsyncDisposable
{
    const string Group = "recon";
    const string WakeKey = "wake";

    readonly IScheduler _scheduler;

    QuartzWaker(IScheduler scheduler) => _scheduler = scheduler;

    /// <param name="tables">Null: in memory.</param>
    public static async Task<QuartzWaker> StartAsync(
        IReadOnlyList<ScheduledPack> packs, string node, QuartzTables? tables, Action wake, CancellationToken cancellation)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz => Configure(quartz, node, tables)).BuildScheduler(cancellation);
        scheduler.Context[WakeKey] = wake;
        var waker = new QuartzWaker(scheduler);
        await waker.SetAsync(packs, cancellation);
        await scheduler.Start(cancellation);
        return waker;
    }

    /// <summary>The triggers of these packs instead of those before.</summary>
    public async Task SetAsync(IReadOnlyList<ScheduledPack> packs, CancellationToken cancellation)
    {
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

    public async ValueTask DisposeAsync() => await _scheduler.Shutdown(true, CancellationToken.None);

    static void Configure(IQuartzBuilder quartz, string node, QuartzTables? tables)
    {
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = Group;
            options.InstanceId = node;
        });
        quartz.UseDefaultThreadPool(1);
        if (tables is null)
        {
            quartz.UseInMemoryStore(_ => { });
            return;
        }

        quartz.UsePersistentStore(store =>
        {
            _ = tables.IsSqlServer ? store.UseSqlServer(tables.Driver, tables.Connection) : store.UsePostgres(tables.Driver, tables.Connection);
            store.UseClustering(_ => { });
            store.ProvisionSchema();
        });
    }

    /// <summary>Quartz makes it by its name, also on a node that did not make the trigger.</summary>
    public sealed class WakeJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            (context.Scheduler.Context[WakeKey] as Action)?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
