// Breaks of runs held in memory: which stand, which are closed, and by which run.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Testing;

/// <param name="runs">Of one pack, in the order of their dates, the standing one of each last, stale ones marked; at least one.</param>
/// <param name="openingOf">Run id → id of the run from whose closing state it began; null: from nothing.</param>
sealed class MemoryBreaks(IReadOnlyList<StoredRun> runs, Func<string, string?> openingOf)
{
    readonly StoredRun _current = runs[^1];

    public IEnumerable<StoredBreak> Standing => _current.Record.Breaks.Select(item => Stored(_current, item, closedBy: null));

    /// <summary>What a later run closed and the current one does not have, as the last run that had it says.</summary>
    public IEnumerable<StoredBreak> Closed
    {
        get
        {
            var seen = IdsOf(_current);
            foreach (var run in runs.Reverse())
            {
                foreach (var item in run.Record.Breaks.Where(item => seen.Add(item.Id)))
                {
                    if (ClosingOf(item.Id) is { } closing)
                    {
                        yield return Stored(run, item, closing.Head.Id);
                    }
                }
            }
        }
    }

    /// <summary>The last run, not stale where there is one, that began from a run with the break and has it no more.</summary>
    StoredRun? ClosingOf(string id)
    {
        var holding = runs.Where(run => IdsOf(run).Contains(id)).Select(run => run.Head.Id).ToHashSet(StringComparer.Ordinal);
        return runs
            .Where(run => openingOf(run.Head.Id) is { } opening && holding.Contains(opening) && !holding.Contains(run.Head.Id))
            .OrderBy(run => !run.Head.IsStale)
            .LastOrDefault();
    }

    static HashSet<string> IdsOf(StoredRun run) => run.Record.Breaks.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);

    static StoredBreak Stored(StoredRun run, Break item, string? closedBy) =>
        new(item, run.Head.PackId, run.Head.Id, run.Head.BusinessDate, closedBy, []);
}
