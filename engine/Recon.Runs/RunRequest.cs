// What a caller asks of a run.
using Recon.Matching;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Runs;

/// <summary>One pack, one business date and all that the pure stages need from outside.</summary>
/// <param name="Calendars">By name; every calendar that the pack names.</param>
/// <param name="Accounts">Account → true where it is an asset.</param>
/// <param name="QueuesPostings">False: what would be queued is proposed instead (<c>--no-post</c>).</param>
/// <param name="At">Stands beside the record, never in it.</param>
/// <param name="By">Who or what started the run.</param>
/// <param name="HashSeed">Random in production, so that nobody can aim at the hash tables; the result does not depend on it.</param>
public sealed record RunRequest(
    Pack Pack,
    ICompiledRules Rules,
    DateOnly BusinessDate,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    IReadOnlyDictionary<string, bool> Accounts,
    int Threads,
    bool QueuesPostings,
    DateTimeOffset At,
    string By,
    long HashSeed = 0)
{
    /// <summary>Tables of rates by name; of one that is not here no rate is known.</summary>
    public IReadOnlyDictionary<string, RateTable> Rates { get; init; } = new Dictionary<string, RateTable>();

    /// <summary>What the run may be, because somebody reviewed it; null where nobody did.</summary>
    public ReviewedPlan? Reviewed { get; init; }

    /// <summary>Why no server joins anything in this run; null where the pack decides.</summary>
    internal string? NotJoined { get; init; }

    /// <summary>The memory of the run; the result does not depend on it.</summary>
    public MemoryPlan Memory { get; init; } = MemoryPlan.Arrays;
}

/// <summary>What a run may hold in memory.</summary>
/// <param name="Columns">Where the values of records are; it lives as long as the results of the run are read.</param>
/// <param name="PartitionBytes">At most so many for the keys of one pass; with more it goes through its records several times.</param>
public sealed record MemoryPlan(ColumnMemory Columns, long PartitionBytes)
{
    /// <summary>Everything in arrays, as much as there is.</summary>
    public static MemoryPlan Arrays { get; } = new(ColumnMemory.Arrays, MatchOptions.UsualPartitionBytes);
}

/// <summary>The stages of a run, in order; their names stand in progress, logs and timings.</summary>
public enum RunStage
{
    Read,
    Normalise,
    Match,
    Judge,
    Record,
}

/// <summary>How far a stage is.</summary>
/// <param name="Detail">The source or pass at work.</param>
/// <param name="Done">Share done from 0 to 1; null where it is not known (then <paramref name="Bytes"/> may be).</param>
public sealed record StageProgress(RunStage Stage, string Detail, double? Done, long? Bytes);
