// Breaks of runs held in memory: which stand, which are closed, and by which run.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Testing;

/// <param name="runs">Of one pack, those that stand for their dates, in the order of these; at least one.</param>
sealed class MemoryBreaks(IReadOnlyList<StoredRun> runs)
{
    readonly StoredRun _current = runs[^1];

    /// <summary>What the newest date has, and what earlier dates left and no later run says it closed.</summary>
    public IEnumerable<StoredBreak> Standing => _current.Record.Breaks.Select(item => Stored(_current, item, closedBy: null))
        .Concat(Earlier.Where(item => !IsDone(item)));

    /// <summary>What a later run closed, or was settled where it was made, as the last run that had it says.</summary>
    public IEnumerable<StoredBreak> Closed => Earlier.Where(IsDone);

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

    static bool IsDone(StoredBreak item) => item.ClosedBy is not null || item.Break.IsSettled;

    StoredRun? ClosingOf(Break item, StoredRun last) => item.Kind == BreakKind.Withdrawn ? null : runs.LastOrDefault(
        run => run.Head.BusinessDate > last.Head.BusinessDate && run.Record.Closed.Any(closed => closed.Id == item.Id));

    static StoredBreak Stored(StoredRun run, Break item, string? closedBy) =>
        new(item, run.Head.PackId, run.Head.Id, run.Head.BusinessDate, closedBy, []);
}
