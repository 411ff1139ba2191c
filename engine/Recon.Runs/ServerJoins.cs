// Holds what servers joined against what the engine found: the engine decides.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;

namespace Recon.Runs;

/// <summary>
/// Of a joined row not everything was read (<see cref="RawTable.Joined"/>), which no rule misses where it was settled before with the same
/// content, or is matched by its pass without a difference. Where one is anything else, the sources must be read whole.
/// </summary>
static class ServerJoins
{
    /// <summary>Before anything is asked of the records: no joined row fell out on its way to them.</summary>
    /// <exception cref="JoinUndoneException">One did.</exception>
    public static void HoldRows(IReadOnlyList<NormalisedSource> sources)
    {
        foreach (var source in sources.Where(source => source.JoinedLost > 0))
        {
            throw new JoinUndoneException($"of {source.Records.Name} {Rows(source.JoinedLost)} that the server joined cannot be read as the pack reads them");
        }
    }

    /// <summary>After matching and before judging.</summary>
    /// <exception cref="JoinUndoneException">A joined record is not matched by its pass, or with a difference.</exception>
    public static void HoldMatches(Pack pack, IReadOnlyList<RecordTable> tables, MatchSet matches)
    {
        foreach (var pass in pack.Passes.Where(pass => pass.IsPushedDown))
        {
            var (left, right) = (tables[pass.Left.Index], tables[pass.Right.Index]);
            var joined = JoinedIn(left) + JoinedIn(right);
            var matched = joined == 0 ? 0 : MatchedBy(pass, matches.Legs[pass.Leg.Index], left, right);
            if (matched < joined)
            {
                throw new JoinUndoneException(
                    $"open items or other rows have a part in {Rows(joined - matched)} that the server joined for '{pass.Id}'");
            }
        }
    }

    static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    static int JoinedIn(RecordTable table)
    {
        var count = 0;
        for (var row = 0; row < table.Count; row++)
        {
            count += table.Origins.IsJoined(row) ? 1 : 0;
        }

        return count;
    }

    // Joined records that the pass matched without a difference.
    static int MatchedBy(PassSpec pass, LegMatches leg, RecordTable left, RecordTable right)
    {
        var (matched, (start, end)) = (0, leg.MatchesOf(pass.Index));
        var (leftSide, rightSide) = (leg.Leg.SideOf(pass.Left.Name), leg.Leg.SideOf(pass.Right.Name));
        for (var match = start; match < end; match++)
        {
            var (one, other) = (leg.RowsOf(leftSide, match)[0], leg.RowsOf(rightSide, match)[0]);
            var (isOne, isOther) = (left.Origins.IsJoined(one), right.Origins.IsJoined(other));
            var areMates = isOne && isOther && left.Origins.RawRowOf[one] == right.Origins.RawRowOf[other];
            if (areMates || ((isOne || isOther) && AreEqual(pass, left, one, right, other)))
            {
                matched += (isOne ? 1 : 0) + (isOther ? 1 : 0);
            }
        }

        return matched;
    }

    // As shown: 1.5 and 1.50 count as different, which costs another reading and no answer.
    static bool AreEqual(PassSpec pass, RecordTable left, int one, RecordTable right, int other) => pass.Comparisons.All(pair =>
    {
        var (mine, its) = pair.Left.Source == left.Name ? (pair.Left, pair.Right) : (pair.Right, pair.Left);
        return left.Column(mine.Terms[0].Field).Display(one) is { } shown && shown == right.Column(its.Terms[0].Field).Display(other);
    });
}
