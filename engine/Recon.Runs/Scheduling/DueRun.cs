// A run that is due: one row of the store, one recorded run.
using Recon.Model;

namespace Recon.Runs.Scheduling;

public enum DueState
{
    /// <summary>Waits for its turn, its inputs or another attempt.</summary>
    Due,

    /// <summary>A node has it, for as long as its lease lasts.</summary>
    Running,

    /// <summary>Its run is recorded.</summary>
    Done,

    /// <summary>It ended without a run, and nobody tries again by himself.</summary>
    Failed,

    /// <summary>The misfire rule let it go.</summary>
    Skipped,
}

public enum DueCause
{
    Schedule,

    /// <summary>A person asked for the date.</summary>
    Backfill,
}

/// <summary>Pack, business date and slot are its key: found twice, it is one.</summary>
public sealed record DueRun(string PackId, DateOnly BusinessDate, Instant Slot)
{
    public DueCause Cause { get; init; }

    public DueState State { get; init; }

    /// <summary>When it was found, or asked for again: what waits for something waits from then on.</summary>
    public Instant FoundAt { get; init; }

    /// <summary>Nobody takes it before.</summary>
    public Instant NotBefore { get; init; }

    /// <summary>Attempts that met a transient fault.</summary>
    public int Faults { get; init; }

    /// <summary>Vain looks for an input or another pack.</summary>
    public int Looks { get; init; }

    /// <summary>How often a node let its lease run out, because it was dead or stood still.</summary>
    public int Lapses { get; init; }

    /// <summary>Who took it last; null where nobody did.</summary>
    public string? Owner { get; init; }

    /// <summary>Counts the takings: what an earlier holder writes late is refused by it.</summary>
    public long Epoch { get; init; }

    public Instant? LeaseUntil { get; init; }

    public Instant? EndedAt { get; init; }

    /// <summary>The recorded run; null where there is none yet.</summary>
    public string? RunId { get; init; }

    /// <summary>What it waits for, or why it failed; null where there is nothing to say.</summary>
    public string? Detail { get; init; }

    public bool IsOpen => State is DueState.Due or DueState.Running;

    /// <summary>True while a node holds it.</summary>
    public bool IsHeld(Instant now) => State == DueState.Running && LeaseUntil > now;

    /// <summary>The order in which the runs of one pack are made.</summary>
    public (DateOnly BusinessDate, Instant Slot) Place => (BusinessDate, Slot);
}

/// <summary>What the store knows of a pack's schedule.</summary>
/// <param name="LookedUntil">Slots up to then have been found.</param>
/// <param name="PausedBy">Null where it is not paused.</param>
public sealed record PackStanding(string PackId, Instant LookedUntil, string? PausedBy, Instant? PausedAt)
{
    public bool IsPaused => PausedBy is not null;
}

/// <summary>How an attempt ended.</summary>
public abstract record DueEnd
{
    public sealed record Recorded(string RunId) : DueEnd;

    /// <summary>An input is not there yet.</summary>
    public sealed record Missing(string What) : DueEnd;

    /// <summary>Somebody else runs the same pack and date, or recorded another revision of it meanwhile.</summary>
    public sealed record Busy(string What) : DueEnd;

    /// <param name="IsTransient">True where another attempt may help.</param>
    public sealed record Fault(string What, bool IsTransient) : DueEnd;

    /// <summary>The node stops and gives it back.</summary>
    public sealed record GivenBack : DueEnd;
}
