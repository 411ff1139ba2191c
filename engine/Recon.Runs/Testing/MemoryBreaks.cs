// Breaks of runs held in memory: which stand, which are closed, and by which run.
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Runs.Ports;

namespace Recon.Runs.Testing;

/// <param name="runs">Of one pack, those that stand for their dates, in the order of these; at least one.</param>
/// <param name="all">All runs of the pack.</param>
sealed class MemoryBreaks(IReadOnlyList<StoredRun> runs, IReadOnlyList<StoredRun> all, WorkedBreaks work)
{
    readonly StoredRun _current = runs[^1];

    /// <summary>Those that are asked for, as they stand now.</summary>
    public IEnumerable<StoredBreak> Of(BreakQuery query) => _current.Record.Breaks.Select(item => Told(Stored(_current, item, closedBy: null)))
        .Concat(Earlier.Select(Told).Where(item => query.Closed || !IsDone(item)))
        .Where(stored => query.Asks(stored, _current.Head.BusinessDate));

    StoredBreak Told(StoredBreak recorded) => work.Told(recorded, () => LifeOf(recorded.Break.Id));

    IEnumerable<Break> LifeOf(string id) => all.OrderBy(run => run.Head.BusinessDate).ThenBy(run => run.Head.Revision)
        .SelectMany(run => run.Record.Breaks).Where(item => item.Id == id);

    /// <summary>What standing runs of earlier dates had last, and the newest does not have.</summary>
    IEnumerable<StoredBreak> Earlier
    {
        get
        {
            var seen = _current.Record.Breaks.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var run in runs.Reverse().Skip(1))
            {
                foreach (var item in run.Record.Breaks.Where(item => seen.Add(item.Id)))
                {
                    yield return Stored(run, item, ClosingOf(item, run)?.Head.Id);
                }
            }
        }
    }

    /// <summary>A later run closed it, or it was settled where it was made.</summary>
    static bool IsDone(StoredBreak item) => item.ClosedBy is not null || item.Break.IsSettled;

    StoredRun? ClosingOf(Break item, StoredRun last) => item.Kind == BreakKind.Withdrawn ? null : runs.LastOrDefault(
        run => run.Head.BusinessDate > last.Head.BusinessDate && run.Record.Closed.Any(closed => closed.Id == item.Id));

    static StoredBreak Stored(StoredRun run, Break item, string? closedBy) =>
        new(item, run.Head.PackId, run.Head.Id, run.Head.BusinessDate, closedBy, []);
}
