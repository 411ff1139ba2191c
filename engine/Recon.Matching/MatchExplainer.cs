// The second front door of matching: why records are a match, why they are not, and what came nearest.
using Recon.Matching.Explaining;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>Answers questions about what matching found, record by record; it decides nothing.</summary>
/// <remarks>Each question costs up to one look at every row of the leg. Not safe for several threads.</remarks>
public sealed class MatchExplainer
{
    /// <summary>How many records a search looks at where the caller does not say: all of a run of ordinary size.</summary>
    public const int DefaultMostLookedAt = 1_000_000;

    readonly Pack _pack;
    readonly Dictionary<string, RecordTable> _tables;
    readonly MatchSet _found;
    readonly MatchScope _scope;
    readonly MatchOptions _options;
    readonly ReaderFactory _readers;
    readonly Dictionary<string, ReachOfOneSource> _ofOneSource = new(StringComparer.Ordinal);
    readonly Dictionary<(int Leg, int First, int Second), (RecordTable[] Tables, Reach Reach, List<Checks> Passes)> _legs = [];

    /// <param name="found">What <see cref="Matcher.Match"/> gave for the same pack, tables, scope and options.</param>
    public MatchExplainer(
        Pack pack, IReadOnlyList<RecordTable> tables, MatchScope scope, MatchOptions options, MatchSet found)
    {
        (_pack, _scope, _found, _options) = (pack, scope, found, options);
        _tables = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        _readers = new ReaderFactory(options.Calendars, options.Rates);
    }

    /// <summary>
    /// For each pass of the leg (or the one named) every condition between two records, in the order currency, key,
    /// tolerances, C#. In a group pass amounts are those of the one record and of the group it would gather; where a pass
    /// searches, its search is run anew over what was in its reach.
    /// </summary>
    /// <param name="firstRow">Row of the source declared first.</param>
    /// <param name="secondRow">Row of the other source.</param>
    /// <exception cref="RuleFailedException">The C# of a pass threw.</exception>
    public IReadOnlyList<PassCheck> WhyNot(LegSpec leg, int firstRow, int secondRow, PassSpec? only = null) =>
    [
        .. Leg(leg).Passes.Where(checks => only is null || checks.Pass.Pass.Id == only.Id)
            .Select(checks => checks.Of(firstRow, secondRow)),
    ];

    /// <summary>
    /// As <see cref="WhyNot"/>, of two records of a leg of several sources. The C# is asked of the sets that others complete with them.
    /// </summary>
    /// <param name="one">Of the side that stands first.</param>
    public IReadOnlyList<PassCheck> WhyNotOfSeveral(LegSpec leg, SideRow one, SideRow other) =>
        [.. Sides(leg, one.Side, other.Side).Passes.Select(checks => WithSets(leg, checks.Of(one.Row, other.Row), one, other))];

    /// <summary>The open records of another side of a leg of several sources that came nearest to a record.</summary>
    /// <inheritdoc cref="NearestCandidates"/>
    public NearestAnswer NearestOfSeveral(LegSpec leg, SideRow record, int otherSide, int limit, int mostLookedAt = DefaultMostLookedAt)
    {
        var isFirst = record.Side < otherSide;
        var (tables, reach, passes) = isFirst ? Sides(leg, record.Side, otherSide) : Sides(leg, otherSide, record.Side);
        return new NearestSearch(passes, tables, reach).Find(isFirst ? 0 : 1, record.Row, limit, mostLookedAt);
    }

    /// <summary>For each two sources of a match of several what its pass asked of their records.</summary>
    /// <param name="match">Index into the leg's matches.</param>
    public IReadOnlyList<(PassSpec Pair, IReadOnlyList<ConditionCheck> Conditions)> WhySeveral(LegSpec leg, int match)
    {
        var found = _found.Legs[leg.Index];
        var pass = _pack.Passes[found.PassOf(match)];
        return [.. pass.Pairs.Select(pair =>
        {
            var (first, second) = (leg.SideOf(pair.Leg.Names[0]), leg.SideOf(pair.Leg.Names[1]));
            var checks = Sides(leg, first, second).Passes.Single(each => each.Pass.Pass.Index == pass.Index);
            var (row, other) = (found.RowsOf(first, match)[0], found.RowsOf(second, match)[0]);
            return (pair, (IReadOnlyList<ConditionCheck>)checks.Ask(row, other, Checks.PairOf(row, other)));
        })];
    }

    /// <summary>What the C# of its pass says of a match of several; null where the pass has none.</summary>
    /// <param name="match">Index into the leg's matches.</param>
    /// <exception cref="RuleFailedException">The C# threw.</exception>
    public ConditionCheck? WhenOfSeveral(LegSpec leg, int match)
    {
        var found = _found.Legs[leg.Index];
        var pass = _pack.Passes[found.PassOf(match)];
        return pass.When is null ? null : QuestionOf(pass).Of([.. leg.Sources.Select((_, side) => found.RowsOf(side, match)[0])]);
    }

    /// <summary>For each pass that looks at the source alone every condition between two of its records.</summary>
    /// <param name="only">The one pass that is asked about; null for all.</param>
    /// <exception cref="RuleFailedException">The C# of a pass threw.</exception>
    public IReadOnlyList<PassCheck> WhyNotOfOneSource(RecordTable table, int row, int otherRow, PassSpec? only = null) =>
    [
        .. _pack.Passes.Where(pass => pass is { IsOfOneSource: true, IsGiven: false } && pass.Left.Name == table.Name)
            .Where(pass => only is null || pass.Id == only.Id)
            .Select(pass => ChecksOf(pass, table).Of(row, otherRow)),
    ];

    /// <summary>
    /// The open records of the same source that came nearest to cancelling a record, one with one: fewest conditions failed
    /// in any pass, most met, then pass and id.
    /// </summary>
    /// <param name="limit">At most so many candidates.</param>
    /// <param name="mostLookedAt">Records looked at, in id order.</param>
    /// <exception cref="RuleFailedException">The C# of a pass threw.</exception>
    public IReadOnlyList<NearCandidate> NearestToCancel(
        RecordTable table, int row, int limit, int mostLookedAt = DefaultMostLookedAt)
    {
        var passes = _pack.Passes.Where(pass => pass.Kind == PassKind.Net && pass.Left.Name == table.Name)
            .Select(pass => ChecksOf(pass, table)).ToList();
        var reach = ReachIn(table);
        var best = new List<NearCandidate>(limit + 1);
        foreach (var other in Enumerable.Range(0, table.Count).Where(other => other != row && reach.IsOpen(other)).Take(mostLookedAt))
        {
            if (passes.Select(pass => pass.Of(row, other))
                .OrderBy(check => check.ConditionsFailed).ThenByDescending(check => check.ConditionsMet).FirstOrDefault() is { } check)
            {
                Keep(best, new NearCandidate(other, table.Id(other), check), limit);
            }
        }

        return best;
    }

    /// <summary>
    /// The open records of the other source that came nearest to a record in any pass of the leg: those whose failed conditions
    /// are nearest to passing (a slip in a key, a tenth of an amount, a week are near; another currency is far; NULL and other
    /// texts are farthest), then fewest failed, most met, smallest shortfalls in the order of the conditions, pass and id. So a record whose
    /// reference has two characters swapped comes before one of the same reference and twice the amount. The totals and the C# of a pass do
    /// not count for the order; they do for the pass that is told of each candidate, and are in its check.
    /// </summary>
    /// <param name="side">0 where the record is of the source declared first.</param>
    /// <param name="limit">At most so many candidates.</param>
    /// <param name="mostLookedAt">Records looked at, in id order; the answer says whether there are more.</param>
    /// <exception cref="RuleFailedException">The C# of a pass threw.</exception>
    public NearestAnswer NearestCandidates(
        LegSpec leg, int side, int row, int limit, int mostLookedAt = DefaultMostLookedAt)
    {
        var (tables, reach, passes) = Leg(leg);
        return new NearestSearch(passes, tables, reach).Find(side, row, limit, mostLookedAt);
    }

    /// <summary>
    /// Why a match is one: its pass, what agreed, what differs, and which other records could have stood in it.
    /// </summary>
    /// <param name="match">Index into the leg's matches.</param>
    /// <param name="limit">At most so many alternatives.</param>
    /// <param name="mostLookedAt">Records looked at for alternatives, in id order.</param>
    /// <exception cref="RuleFailedException">The C# of the pass threw.</exception>
    public WhyMatched Why(LegSpec leg, int match, int limit, int mostLookedAt = DefaultMostLookedAt)
    {
        var (tables, reach, passes) = Leg(leg);
        var found = _found.Legs[leg.Index];
        var checks = passes.Single(each => each.Pass.Pass.Index == found.PassOf(match));
        int[] first = [.. found.RowsOf(0, match)];
        int[] second = [.. found.RowsOf(1, match)];
        var group = new Group(first, second);
        var alternatives = new AlternativeSearch(checks, tables, reach, group);
        alternatives.Search(limit, mostLookedAt);
        return new WhyMatched(
            checks.Pass.Pass,
            [.. first.Select(tables[0].Id)],
            [.. second.Select(tables[1].Id)],
            checks.Ask(first[0], second[0], group),
            [.. checks.Pass.Pass.Comparisons.Select(each => ComparedGroup.Of(checks.Pass, each, group))],
            alternatives.Found,
            alternatives.Count,
            alternatives.LookedAt,
            alternatives.Available);
    }

    static void Keep(List<NearCandidate> best, NearCandidate candidate, int limit)
    {
        var place = best.FindIndex(other => IsNearer(candidate.Check, other.Check));
        best.Insert(place < 0 ? best.Count : place, candidate);
        best.RemoveRange(Math.Min(limit, best.Count), Math.Max(0, best.Count - limit));
    }

    static bool IsNearer(PassCheck check, PassCheck other) => check.ConditionsFailed != other.ConditionsFailed
        ? check.ConditionsFailed < other.ConditionsFailed
        : check.ConditionsMet > other.ConditionsMet;

    PassCheck WithSets(LegSpec leg, PassCheck check, SideRow one, SideRow other)
    {
        var pass = _pack.Passes[check.Pass.Index];
        if (pass.When is null)
        {
            return check;
        }

        var question = QuestionOf(pass);
        return check with { Conditions = [.. check.Conditions, check.Holds ? question.Of(one, other) : question.NotAsked()] };
    }

    SetQuestion QuestionOf(PassSpec pass) => new(
        pass, [.. pass.Leg.Sources.Select((_, side) => TableOf(pass.Leg, side))],
        (side, other) => Sides(pass.Leg, side, other).Passes.Single(checks => checks.Pass.Pass.Index == pass.Index).Pass,
        _options.Rules, DefaultMostLookedAt);

    OneSourceChecks ChecksOf(PassSpec pass, RecordTable table) => new(pass, table, _readers, _options.Rules, ReachIn(table));

    ReachOfOneSource ReachIn(RecordTable table)
    {
        if (!_ofOneSource.TryGetValue(table.Name, out var reach))
        {
            _ofOneSource.Add(table.Name, reach = new ReachOfOneSource(_pack, table, _found, _scope));
        }

        return reach;
    }

    (RecordTable[] Tables, Reach Reach, List<Checks> Passes) Leg(LegSpec leg) => Sides(leg, 0, 1);

    // Two sides of a leg, the one that stands first first; of a pass over several sources its part for the two.
    (RecordTable[] Tables, Reach Reach, List<Checks> Passes) Sides(LegSpec leg, int first, int second)
    {
        if (!_legs.TryGetValue((leg.Index, first, second), out var known))
        {
            RecordTable[] tables = [TableOf(leg, first), TableOf(leg, second)];
            var reach = new Reach(_pack, tables, _found.Legs[leg.Index], _scope.SettledRows[leg.Index], [first, second]);
            var passes = _pack.Passes.Where(pass => pass.Leg.Index == leg.Index && !pass.IsGiven)
                .Select(pass => pass.IsOfSeveral
                    ? pass.Pairs.Single(pair => pair.Leg.Names[0] == leg.Names[first] && pair.Leg.Names[1] == leg.Names[second])
                    : pass)
                .Select(pass => new PassConditions(pass, tables, _readers))
                .Select(pass => new Checks(pass, tables, reach, _options.Rules, SearchOf(pass, tables, reach))).ToList();
            known = (tables, reach, passes);
            _legs.Add((leg.Index, first, second), known);
        }

        return known;
    }

    RecordTable TableOf(LegSpec leg, int side) => _found.Legs[leg.Index].TableOf(side, _tables[leg.Names[side]]);

    SearchQuestion? SearchOf(PassConditions pass, RecordTable[] tables, Reach reach) =>
        pass.Pass.Search is null ? null : new SearchQuestion(_pack, pass, tables, reach, _readers, _options);
}
