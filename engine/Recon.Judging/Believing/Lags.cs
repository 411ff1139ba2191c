// By how much dates that faced each other differ, match by match.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Believing;

/// <summary>Date comparisons of the matches of a leg: reported, never a difference.</summary>
public static class Lags
{
    /// <summary>
    /// One column for each name of a date comparison in the leg's passes, in their order: right − left as <c>1d</c>,
    /// <c>-2 business days</c> or, for elapsed time, <c>00:05:00</c>. In a group the smallest and the largest, where they
    /// differ: <c>1d to 3d</c>. NULL where the pass has no such comparison or a date is NULL.
    /// </summary>
    /// <param name="tables">In the order of the pack's sources.</param>
    public static IReadOnlyList<LagColumn> Of(
        Pack pack,
        IReadOnlyList<RecordTable> tables,
        LegMatches matches,
        IReadOnlyDictionary<string, BusinessCalendar> calendars,
        CancellationToken cancellation)
    {
        var passes = pack.Passes.Where(pass => pass.Leg.Index == matches.Leg.Index && !pass.IsOfOneSource).ToList();
        var names = passes.SelectMany(pass => pass.Comparisons)
            .Where(IsOfDates)
            .Select(pair => pair.Name)
            .Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => Of(name, passes, tables, matches, calendars, cancellation))];
    }

    static LagColumn Of(
        string name,
        List<PassSpec> passes,
        IReadOnlyList<RecordTable> tables,
        LegMatches matches,
        IReadOnlyDictionary<string, BusinessCalendar> calendars,
        CancellationToken cancellation)
    {
        var texts = new TextColumnBuilder();
        var first = 0;
        foreach (var pass in passes)
        {
            var (start, end) = matches.MatchesOf(pass.Index);
            if (start < end && pass.Comparisons.FirstOrDefault(pair => pair.Name == name && IsOfDates(pair)) is { } pair)
            {
                first = texts.Count == 0 ? start : first;
                while (texts.Count < start - first)
                {
                    texts.AppendNull();
                }

                Measure(new LagMeter(pair, tables, matches, calendars), start, end, texts, cancellation);
            }
        }

        return new LagColumn(name, texts.Build(), first);
    }

    static void Measure(LagMeter meter, int start, int end, TextColumnBuilder texts, CancellationToken cancellation)
    {
        for (var match = start; match < end; match++)
        {
            meter.Write(match, texts);
            if (match % (1 << 16) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    static bool IsOfDates(Comparison pair) => pair.Left.Kind is FieldKind.Date or FieldKind.Instant;
}
