// Which recorded runs rest on a state that has been superseded since.
namespace Recon.Runs.Results;

/// <summary>A recorded run of one pack as far as its place among the others goes.</summary>
/// <param name="OpeningRunId">Null for a run that began from nothing.</param>
/// <param name="Seat">Of the runs of one date the one with the highest stands.</param>
public sealed record RunPlace(string Id, DateOnly BusinessDate, long Seat, string? OpeningRunId);

public static class StaleRuns
{
    /// <summary>
    /// Ids of the runs whose opening run is not the standing one of the newest earlier date, or is itself stale.
    /// </summary>
    /// <param name="runs">All recorded runs of one pack, in any order.</param>
    public static IReadOnlySet<string> Of(IEnumerable<RunPlace> runs)
    {
        var stale = new HashSet<string>(StringComparer.Ordinal);
        string? newestEarlier = null;
        foreach (var date in runs.GroupBy(run => run.BusinessDate).OrderBy(date => date.Key))
        {
            foreach (var run in date)
            {
                if (run.OpeningRunId != newestEarlier || (newestEarlier is not null && stale.Contains(newestEarlier)))
                {
                    stale.Add(run.Id);
                }
            }

            newestEarlier = date.MaxBy(run => run.Seat)!.Id;
        }

        return stale;
    }

    /// <summary>Ids of the runs that do not stand for their date.</summary>
    /// <param name="runs">All recorded runs of one pack, in any order.</param>
    public static IEnumerable<string> Superseded(IEnumerable<RunPlace> runs) => runs
        .GroupBy(run => run.BusinessDate)
        .SelectMany(date => date.OrderByDescending(run => run.Seat).Skip(1).Select(run => run.Id));
}
