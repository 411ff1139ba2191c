// Which recorded runs stand for their dates, and which began from a state that does not stand before them any more.
using Recon.Runs.Ports;

namespace Recon.Runs.Results;

/// <summary>A recorded run of one pack as far as its place among the others goes.</summary>
/// <param name="Seat">Of the runs of one date the one with the highest stands.</param>
/// <param name="OpeningRunId">Null for a run that began from nothing.</param>
/// <param name="IsUndone">It takes back the run before it: where it stands, no later run begins from its date.</param>
public sealed record RunPlace(string Id, DateOnly BusinessDate, int Revision, long Seat, string? OpeningRunId, bool IsUndone);

/// <summary>Marks runs by where they stand now among all the runs of their packs.</summary>
public sealed class RunStandings
{
    readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _supersededBy = new(StringComparer.Ordinal);

    /// <param name="packs">All recorded runs of each pack, in any order.</param>
    public RunStandings(IEnumerable<IEnumerable<RunPlace>> packs)
    {
        foreach (var runs in packs)
        {
            Add(runs);
        }
    }

    /// <summary>The same run with <see cref="RunHead.IsStale"/> and <see cref="RunHead.SupersededBy"/> as they are now.</summary>
    public RunHead Marked(RunHead run) => run with
    {
        IsStale = _stale.Contains(run.Id),
        SupersededBy = _supersededBy.TryGetValue(run.Id, out var revision) ? revision : null,
    };

    void Add(IEnumerable<RunPlace> runs)
    {
        string? before = null;
        foreach (var date in runs.GroupBy(run => run.BusinessDate).OrderBy(date => date.Key))
        {
            var standing = date.MaxBy(run => run.Seat)!;
            foreach (var run in date)
            {
                if (!run.IsUndone && (run.OpeningRunId != before || (before is not null && _stale.Contains(before))))
                {
                    _stale.Add(run.Id);
                }

                if (run != standing)
                {
                    _supersededBy.Add(run.Id, standing.Revision);
                }
            }

            before = standing.IsUndone ? before : standing.Id;
        }
    }
}
