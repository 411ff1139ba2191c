// What matching found: for each leg its matches, its ambiguous components and what stays open.
using System.Collections;
using Recon.Model.Rules;

namespace Recon.Model;

/// <summary>The answer of matching, leg by leg in the order of <see cref="Pack.Legs"/>.</summary>
/// <param name="Duplicates">Records excluded on every leg, in the order of (source, row).</param>
public sealed record MatchSet(IReadOnlyList<LegMatches> Legs, IReadOnlyList<DuplicateRow> Duplicates)
{
    /// <summary>Row → true where the record is excluded as a duplicate; null where none of the source is.</summary>
    /// <param name="source">Index of the source in the pack.</param>
    public bool[]? DuplicatesOf(int source, int rowCount)
    {
        bool[]? duplicates = null;
        foreach (var duplicate in Duplicates)
        {
            if (duplicate.Source == source)
            {
                duplicates ??= new bool[rowCount];
                duplicates[duplicate.Row] = true;
            }
        }

        return duplicates;
    }
}

/// <summary>A record that says again what another record of its source says.</summary>
/// <param name="Source">Index of the source in the pack.</param>
/// <param name="Kept">Row of the record that stays.</param>
/// <param name="Pass">Index of the pass that found it.</param>
public readonly record struct DuplicateRow(int Source, int Row, int Kept, int Pass);

/// <summary>Matches of one leg as columns: match m has the rows <see cref="RowsOf"/> of each source of the leg, ascending.</summary>
/// <remarks>
/// Matches are ordered by (pass, smallest row of the source declared first). No row stands in two matches of one leg.
/// A side is the index of a source in the leg.
/// </remarks>
public sealed class LegMatches
{
    readonly MatchPasses _passOf;
    readonly IReadOnlyList<MemberRows> _members;
    readonly IReadOnlyList<int[]?> _takenBy;

    /// <param name="members">By side.</param>
    /// <param name="takenBy">By side: row → pass of another leg that took the record off this one, −1 for none; null where none did.</param>
    public LegMatches(
        LegSpec leg,
        MatchPasses passOf,
        IReadOnlyList<MemberRows> members,
        IReadOnlyList<AmbiguousComponent> ambiguous,
        IReadOnlyList<PassStatistics> passes,
        IReadOnlyList<int[]?>? takenBy = null,
        IReadOnlyList<PartialMatch>? partials = null)
    {
        Require.That(members.Count == leg.Sources.Count);
        _takenBy = takenBy ?? new int[]?[members.Count];
        Require.That(_takenBy.Count == members.Count);
        Require.That(members.All(side => side.Ends.Count == passOf.Count));
        Leg = leg;
        _passOf = passOf;
        _members = members;
        Ambiguous = ambiguous;
        Passes = passes;
        Partials = partials ?? [];
    }

    public LegSpec Leg { get; }

    /// <summary>Number of matches.</summary>
    public int Count => _passOf.Count;

    /// <summary>Ambiguous components, in the order of (pass, smallest row of the source declared first); their rows count as open.</summary>
    public IReadOnlyList<AmbiguousComponent> Ambiguous { get; }

    /// <summary>Sets of open records that lack one source, pass by pass; a record stands in one of them at most, and in no component.</summary>
    public IReadOnlyList<PartialMatch> Partials { get; }

    /// <summary>One entry for each pass of the leg, in order.</summary>
    public IReadOnlyList<PassStatistics> Passes { get; }

    /// <summary>Index into <see cref="Pack.Passes"/> of the pass that made match m.</summary>
    public int PassOf(int match) => _passOf[match];

    /// <summary>The same of all matches.</summary>
    public MatchPasses Passed => _passOf;

    /// <summary>The matches of a pass stand together: from the first to before the second.</summary>
    public (int Start, int End) MatchesOf(int pass) => (FirstFrom(pass), FirstFrom(pass + 1));

    public ReadOnlySpan<int> RowsOf(int side, int match)
    {
        var (start, end) = _members[side].Ends.Range(match);
        return _members[side].Rows.AsSpan(start..end);
    }

    /// <summary>
    /// Index of the pass of another leg that took the record off this one (a duplicate); −1 where none did.
    /// </summary>
    public int TakenBy(int side, int row) => _takenBy[side] is { } passes && row < passes.Length ? passes[row] : -1;

    /// <summary>By side: what partial passes left open of records, as rows behind those of the source; empty where there is no such pass.</summary>
    public IReadOnlyList<ResidualsOfSide> Residuals { get; init; } = [];

    /// <summary>The table that the rows of a side point into.</summary>
    /// <param name="whole">The source's own table.</param>
    public RecordTable TableOf(int side, RecordTable whole) => Residuals.Count == 0 ? whole : Residuals[side].Table ?? whole;

    /// <summary>In the order of their rows.</summary>
    public IReadOnlyList<Residual> ResidualsOf(int side) => Residuals.Count == 0 ? [] : Residuals[side].Rows;

    /// <summary>
    /// By side: row → the record without a rate for which its group failed, in the first pass where one did; a later pass may have
    /// matched the row.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<int, UnratedRecord>> Unrated { get; init; } = [];

    /// <summary>The members of all matches on one side.</summary>
    public MemberRows MembersOf(int side) => _members[side];

    // The first match of the pass or a later one.
    int FirstFrom(int pass)
    {
        var (low, high) = (0, _passOf.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _passOf[middle] < pass ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Row → true where it stands in a match of this leg; one entry a row of the table on that side, residuals last.</summary>
    /// <param name="rowCount">Rows of the source's own table.</param>
    public BitArray MatchedRows(int side, int rowCount)
    {
        var matched = new BitArray(rowCount + ResidualsOf(side).Count);
        foreach (var row in _members[side].Rows)
        {
            Require.That(!matched[row]);
            matched[row] = true;
        }

        return matched;
    }

    /// <summary>Row → match index, −1 for no match of this leg; one entry a row of the table on that side, residuals last.</summary>
    /// <param name="rowCount">Rows of the source's own table.</param>
    public int[] MatchOfRow(int side, int rowCount)
    {
        var matchOf = new int[rowCount + ResidualsOf(side).Count];
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
}

/// <summary>Members of the matches of a leg on one side, match by match.</summary>
public sealed record MemberRows(MatchEnds Ends, int[] Rows);

/// <summary>A record that could not be converted, so that all of its group stayed open.</summary>
/// <param name="Pass">Index into <see cref="Pack.Passes"/>.</param>
/// <param name="Comparison">Of the pass, with rates.</param>
/// <param name="Day">The day number whose rate was missing; null where there is no one day.</param>
public sealed record UnratedRecord(int Pass, Comparison Comparison, SideRow Record, int? Day);

/// <summary>
/// Records that a pass could not tell apart: a component of its candidate graph with more than one edge, or what later
/// passes left of one (then a single edge may be left). A row stands in one component of a leg at most.
/// </summary>
/// <param name="Rows">By side of the leg, each ascending.</param>
/// <param name="Edges">The pairs that meet every condition, in order; cut at <see cref="MaxEdges"/>.</param>
/// <param name="EdgeCount">How many there are in all; of a capped component those that were seen.</param>
/// <param name="IsCapped">
/// There are more candidates than can be weighed (<see cref="Cap"/>): the records share the key, and which of them fit is not known.
/// </param>
public sealed record AmbiguousComponent(
    int Pass, IReadOnlyList<IReadOnlyList<int>> Rows, IReadOnlyList<Edge> Edges, long EdgeCount, bool IsCapped = false)
{
    /// <summary>A component lists no more edges than a person would read.</summary>
    public const int MaxEdges = 1000;

    /// <summary>Of a search: the sets of records that add up, smallest first; empty where the component is capped.</summary>
    public IReadOnlyList<GroupAnswer> Answers { get; init; } = [];

    /// <summary>True where a search ended at more answers than it lists.</summary>
    public bool HasMoreAnswers { get; init; }

    /// <summary>Which bound was met, of a capped component.</summary>
    public CapCause Cap { get; init; }

    /// <summary>Of a leg of two sources.</summary>
    public AmbiguousComponent(
        int pass, IReadOnlyList<int> first, IReadOnlyList<int> second, IEnumerable<(int First, int Second)> edges, long count)
        : this(pass, [first, second], [.. edges.Select(edge => new Edge(new SideRow(0, edge.First), new SideRow(1, edge.Second)))], count)
    {
    }
}

/// <summary>Records that a search found to add up, by side of the leg, each side ascending.</summary>
public sealed record GroupAnswer(IReadOnlyList<IReadOnlyList<int>> Rows);

/// <summary>The bound that kept a pass from deciding about records.</summary>
public enum CapCause
{
    /// <summary>The work that one key may cost.</summary>
    Key,

    /// <summary>The candidates that a search may have.</summary>
    Candidates,

    /// <summary>The steps that the pack allows a search.</summary>
    Steps,
}

/// <summary>
/// Open records of all sources of an N-way pass but one, which meet all that the pass asks of them: the event of which one
/// source does not speak yet. No other such set of the pass shares a record with it.
/// </summary>
/// <param name="Missing">The side without a record.</param>
/// <param name="Rows">By side; −1 on the missing one.</param>
public sealed record PartialMatch(int Pass, int Missing, IReadOnlyList<int> Rows);

/// <summary>A row of one side of a leg.</summary>
public readonly record struct SideRow(int Side, int Row);

/// <summary>Two rows of a leg that a pass could match.</summary>
public readonly record struct Edge(SideRow First, SideRow Second)
{
    public bool Touches(SideRow row) => First == row || Second == row;
}

/// <summary>What a pass did.</summary>
/// <param name="Candidates">Pairs (or groups) that met the key and were looked at.</param>
/// <param name="Fitting">Those that met every condition; of a key with too many to list, those that the choice came upon.</param>
/// <param name="Records">Records matched, by side of the leg.</param>
/// <param name="Capped">Keys that spent their budget: nothing was decided about their records.</param>
/// <param name="Alternatives">Components of a <see cref="TieKind.Best"/> pass of which another choice was as good; ids decided.</param>
public sealed record PassStatistics(
    int Pass, long Candidates, long Fitting, int Matches, IReadOnlyList<int> Records, int Capped = 0, int Alternatives = 0);
