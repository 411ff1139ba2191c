// The breaks of a run as segments: all of them, or those that a search named.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

static class BreakSegments
{
    const string What = "the breaks of a run";


    public static RunTable Table { get; } = RunTable.Of(
        "break_segments", "run ordinal sha256 data", numbers: "run ordinal", bytes: "data");

    /// <summary>Each is named by the ordinal of its first break.</summary>
    public static IEnumerable<Segment> Of(IReadOnlyList<Break> breaks) =>
        Segment.Of(BreakFormat.Write(breaks), BreakFormat.SegmentBreaks);

    /// <summary>All breaks of a run in the order of its result.</summary>
    /// <exception cref="ReconException">A segment does not have its hash, or one is missing.</exception>
    public static IReadOnlyList<Break> Read(Database database, RunRow run)
    {
        var breaks = new List<Break>(run.Head.Breaks);
        foreach (var segment in database.All(Table.OfRun(database), Segment.Read, run.Number))
        {
            breaks.AddRange(BreakFormat.Read(segment.DataOf(database, What)));
        }

        return breaks.Count == run.Head.Breaks
            ? breaks
            : throw database.Damaged($"{What} are damaged: {run.Head.Breaks} were recorded");
    }

    /// <summary>The breaks at these places, in their order; each segment is read once.</summary>
    public static List<BreakOfRun> At(Database database, IReadOnlyList<BreakPlace> places)
    {
        var found = new Break[places.Count];
        var byOrdinal = Enumerable.Range(0, places.Count).OrderBy(i => places[i].Run).ThenBy(i => places[i].Ordinal);
        (long Run, int First, IReadOnlyList<Break> Breaks) held = (0, 0, []);
        foreach (var i in byOrdinal)
        {
            var place = places[i];
            if (held.Run != place.Run || place.Ordinal >= held.First + held.Breaks.Count)
            {
                held = Holding(database, place);
            }

            found[i] = held.Breaks[place.Ordinal - held.First];
        }

        return [.. found.Select((item, i) => new BreakOfRun(places[i].Run, item))];
    }

    static (long Run, int First, IReadOnlyList<Break> Breaks) Holding(Database database, BreakPlace place)
    {
        var segment = database.FirstOrNull(database.Sql["break_segments.holding"], Segment.Read, place.Run, place.Ordinal);
        var breaks = segment is null ? [] : BreakFormat.Read(segment.DataOf(database, What));
        return segment is not null && place.Ordinal < segment.Ordinal + breaks.Count
            ? (place.Run, segment.Ordinal, breaks)
            : throw database.Damaged($"{What} are damaged: break {place.Ordinal} is missing");
    }
}

/// <summary>Where a break stands: as the n-th, from 0, of the run of that number.</summary>
sealed record BreakPlace(long Run, int Ordinal);

/// <summary>A break as the run of that number judged it.</summary>
sealed record BreakOfRun(long Run, Break Break);
