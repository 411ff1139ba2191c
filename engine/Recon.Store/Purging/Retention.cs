// How long matches are kept, and which runs are past it.
using Recon.Runs.Ports;

namespace Recon.Store.Purging;

/// <summary>A policy of the workspace.</summary>
/// <param name="Days">Matches of a run that is older may go.</param>
/// <param name="SupersededDays">The same of a run that does not stand for its date; null: as of any other.</param>
/// <param name="Packs">Ids of the packs it is about; empty: of all.</param>
public sealed record Retention(string Policy, int Days, int? SupersededDays, IReadOnlyList<string> Packs)
{
    /// <summary>Packs that another policy names: where this one names none, it is not of them.</summary>
    public IReadOnlyCollection<string> Others { get; init; } = [];

    /// <summary>The runs of a pack that are past it.</summary>
    /// <param name="runs">All of the pack in the order of their dates, the standing one of each last: the newest is what the next run looks at.</param>
    /// <param name="date">The day on which their age is counted, from the later of business date and recording.</param>
    internal IEnumerable<T> Past<T>(IReadOnlyList<T> runs, Func<T, RunHead> head, DateOnly date) => runs.SkipLast(1)
        .Where(run => head(run) is { Matches: > 0 } of && Born(of) < KeptFrom(date, of.IsSuperseded ? SupersededDays ?? Days : Days));

    static DateOnly Born(RunHead run)
    {
        var recorded = DateOnly.FromDateTime(run.RecordedAt.UtcDateTime);
        return recorded > run.BusinessDate ? recorded : run.BusinessDate;
    }

    static DateOnly KeptFrom(DateOnly date, int days) => days < date.DayNumber ? date.AddDays(-days) : DateOnly.MinValue;
}

/// <summary>A run whose matches were purged, or would be.</summary>
/// <param name="Bytes">That they take or took.</param>
public sealed record PurgedRun(RunHead Run, long Bytes);
