// Hours in which nothing begins: servers are being worked on.
namespace Recon.Model.Scheduling;

public abstract record MaintenanceWindow
{
    /// <summary>True within the window, its first moment included.</summary>
    public abstract bool Has(Instant now);

    /// <summary>Once: <paramref name="From"/> ≤ now &lt; <paramref name="UntilExclusive"/>.</summary>
    public sealed record Once(Instant From, Instant UntilExclusive) : MaintenanceWindow
    {
        public override bool Has(Instant now) => now >= From && now < UntilExclusive;
    }

    /// <summary>Each time that the expression fires, for so long.</summary>
    public sealed record Again(CronExpression Cron, string Zone, TimeSpan Length) : MaintenanceWindow
    {
        public override bool Has(Instant now) => LocalClock
            .Between(Cron, TimeZoneInfo.FindSystemTimeZoneById(Zone), new Instant(now.UtcTicks - Length.Ticks), now).Any();
    }
}
