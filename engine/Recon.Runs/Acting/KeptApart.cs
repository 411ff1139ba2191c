// Matching that does not find again what people took apart.
using Recon.Matching;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Acting;

static class KeptApart
{
    /// <summary>
    /// Matches as ever. Where that finds just the records of a set that people took apart, they are withheld from the passes of the leg and
    /// all is matched again, until no such set is found: each time at least one more is withheld.
    /// </summary>
    /// <param name="options">Given back with what had to be withheld.</param>
    internal static (MatchSet Matches, MatchOptions Options) Match(
        Pack pack, IReadOnlyList<RecordTable> tables, MatchScope scope, MatchOptions options, IReadOnlyList<LegRows> apart, CancellationToken cancellation)
    {
        while (true)
        {
            var matches = Matcher.Match(pack, tables, scope, options, cancellation);
            var found = apart.Where(set => IsFound(pack, tables, matches.Legs[set.Leg], set)).ToList();
            if (found.Count == 0)
            {
                return (matches, options);
            }

            options = options with { Withheld = [.. options.Withheld, .. found.Select(set => (set.Leg, set.Rows))] };
        }
    }

    // A person's own match of the same records is a later word.
    static bool IsFound(Pack pack, IReadOnlyList<RecordTable> tables, LegMatches found, LegRows set)
    {
        var match = found.MatchOfRow(0, tables[found.Leg.Sources[0].Index].Count)[set.Rows[0][0]];
        return match >= 0 && !pack.Passes[found.PassOf(match)].IsGiven
            && set.Rows.Select((rows, side) => found.RowsOf(side, match).SequenceEqual(rows)).All(same => same);
    }
}
