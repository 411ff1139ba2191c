// Wakes a node at the slots of its packs, by Quartz; what is due then, the store decides.
using Quartz;
using Recon.Runs.Scheduling;

namespace Recon.Schedule;

/// <summary>
/// A trigger for each pack, in memory: each node is woken at each slot. A firing that is lost or comes twice does no harm: every node
/// also looks by itself, and a slot that was found is not found again.
/// </summary>
public sealed class QuartzWaker : IAsyncDisposable
{
    const string Group = "recon";
    const string WakeKey = "wake";

    readonly IScheduler _scheduler;

    QuartzWaker(IScheduler scheduler) => _scheduler = scheduler;

    public static async Task<QuartzWaker> StartAsync(
        IReadOnlyList<ScheduledPack> packs, string node, Action wake, CancellationToken cancellation)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz => Configure(quartz, node)).BuildScheduler(cancellation);
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

    static void Configure(IQuartzBuilder quartz, string node)
    {
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = Group;
            options.InstanceId = node;
        });
        quartz.UseDefaultThreadPool(1);
        quartz.UseInMemoryStore(_ => { });
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
