// What matching found: for each leg its matches, its ambiguous components and what stays open.
using Recon.Model.Rules;

namespace Recon.Model;

/// <summary>The answer of matching, leg by leg in the order of <see cref="Pack.Legs"/>.</summary>
public sealed record MatchSet(IReadOnlyList<LegMatches> Legs);

/// <summary>
/// Matches of one leg of two sources as columns: match m has the rows <see cref="FirstRows"/> of the source declared first
/// and <see cref="SecondRows"/> of the other, each ascending.
/// </summary>
/// <remarks>Matches are ordered by (pass, smallest row of the first source). No row stands in two matches of one leg.</remarks>
public sealed class LegMatches
{
    readonly int[] _passOf;
    readonly int[] _firstEnds;
    readonly int[] _firstRows;
    readonly int[] _secondEnds;
    readonly int[] _secondRows;

    /// <param name="firstEnds">Match m's rows of the first source end before firstEnds[m] in firstRows and begin at firstEnds[m − 1].</param>
    public LegMatches(
        LegSpec leg,
        int[] passOf,
        int[] firstEnds,
        int[] firstRows,
        int[] secondEnds,
        int[] secondRows,
        IReadOnlyList<AmbiguousComponent> ambiguous,
        IReadOnlyList<PassStatistics> passes)
    {
        Require.That(passOf.Length == firstEnds.Length && passOf.Length == secondEnds.Length);
        Leg = leg;
        _passOf = passOf;
        _firstEnds = firstEnds;
        _firstRows = firstRows;
        _secondEnds = secondEnds;
        _secondRows = secondRows;
        Ambiguous = ambiguous;
        Passes = passes;
    }

    public LegSpec Leg { get; }

    /// <summary>Number of matches.</summary>
    public int Count => _passOf.Length;

    /// <summary>Ambiguous components, in the order of (pass, smallest row of the first source); their rows count as open.</summary>
    public IReadOnlyList<AmbiguousComponent> Ambiguous { get; }

    /// <summary>One entry for each pass of the leg, in order.</summary>
    public IReadOnlyList<PassStatistics> Passes { get; }

    /// <summary>Index into <see cref="Pack.Passes"/> of the pass that made match m.</summary>
    public int PassOf(int match) => _passOf[match];

    public ReadOnlySpan<int> FirstRows(int match) => Rows(_firstRows, _firstEnds, match);

    public ReadOnlySpan<int> SecondRows(int match) => Rows(_secondRows, _secondEnds, match);

    /// <summary>The rows of the source with this index in the leg, 0 or 1.</summary>
    public ReadOnlySpan<int> RowsOf(int side, int match) => side == 0 ? FirstRows(match) : SecondRows(match);

    /// <summary>Row → match index, −1 for open; one entry a row of the table on that side.</summary>
    public int[] MatchOfRow(int side, int rowCount)
    {
        var matchOf = new int[rowCount];
        Array.Fill(matchOf, -1);
        for (var match = 0; match < Count; match++)
        {
            foreach (var row in RowsOf(side, match))
            {
                Require.That(matchOf[row] == -1);
                matchOf[row] = match;
            }
        }

        return matchOf;
    }

    static ReadOnlySpan<int> Rows(int[] rows, int[] ends, int match)
    {
        var start = match == 0 ? 0 : ends[match - 1];
        return rows.AsSpan(start, ends[match] - start);
    }
}

/// <summary>
/// Records that a pass could not tell apart: a component of its candidate graph with more than one edge, or what later
/// passes left of one (then a single edge may be left). A row stands in one component of a leg at most.
/// </summary>
/// <param name="FirstRows">Rows of the source declared first, ascending.</param>
/// <param name="Edges">The pairs that meet every condition, in order; cut at <see cref="MaxEdges"/>.</param>
/// <param name="EdgeCount">How many there are in all; of a capped component those that were seen.</param>
/// <param name="IsCapped">
/// One key has more candidates than its budget can weigh: the records share the key, and which of them fit is not known.
/// </param>
public sealed record AmbiguousComponent(
    int Pass,
    IReadOnlyList<int> FirstRows,
    IReadOnlyList<int> SecondRows,
    IReadOnlyList<(int First, int Second)> Edges,
    long EdgeCount,
    bool IsCapped)
{
    /// <summary>A component lists no more edges than a person would read.</summary>
    public const int MaxEdges = 1000;
}

/// <summary>What a pass did.</summary>
/// <param name="Candidates">Pairs (or groups) that met the key and were looked at.</param>
/// <param name="Fitting">Those that met every condition; of a key with too many to list, those that the choice came upon.</param>
/// <param name="Capped">Keys that spent their budget: nothing was decided about their records.</param>
public sealed record PassStatistics(
    int Pass, long Candidates, long Fitting, int Matches, int FirstRecords, int SecondRecords, int Capped);
