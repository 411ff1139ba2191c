// The slow, obvious matcher: nested loops straight from the meaning of passes, to hold the fast one to.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>What the oracle found on one leg, as rows of the leg's tables.</summary>
sealed record OracleMatch(int Pass, IReadOnlyList<int> First, IReadOnlyList<int> Second);

sealed record OracleComponent(int Pass, IReadOnlyList<int> First, IReadOnlyList<int> Second,
    IReadOnlyList<(int, int)> Edges)
{
    /// <summary>Why nothing is known of it; null where everything is.</summary>
    public CapCause? Cap { get; init; }

    public IReadOnlyList<string> Answers { get; init; } = [];

    public bool HasMore { get; init; }
}

sealed record OracleLeg(LegSpec Leg, IReadOnlyList<OracleMatch> Matches,
    IReadOnlyList<OracleComponent> Ambiguous, IReadOnlyList<(int Pass, int Count)> Alternatives,
    IReadOnlyList<Residual> Residuals);

/// <summary>One pass over lists of open rows; rows are in the order of their ids.</summary>
sealed partial class OraclePass(Book book, PassSpec pass, RecordTable[] tables, ICompiledRules rules)
{
    readonly bool _leftIsFirst = pass.Left.Name == tables[0].Name;

    bool OneIsFirst => pass.Cardinality == Cardinality.OneToMany == _leftIsFirst;

    public (List<OracleMatch> Matches, List<OracleComponent> Ambiguous, List<OracleComponent> Capped) Run(List<int> first, List<int> second)
    {
        if (pass.Cardinality == Cardinality.ManyToMany || pass.Search is not null)
        {
            var found = Searched(first, second, listing: false);
            return (found.Matches, found.Ambiguous, found.Capped);
        }

        var (matches, ambiguous) = Chosen(first, second);
        return (matches, ambiguous, []);
    }

    OracleFound Searched(List<int> first, List<int> second, bool listing) => pass.Cardinality == Cardinality.ManyToMany
        ? GroupsOfBothSides(first, second, listing)
        : SearchGroups(first, second, listing);

    (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) Chosen(List<int> first,
        List<int> second) =>
        (pass.Cardinality, pass.Tie.Kind) switch
        {
            (Cardinality.OneToOne, TieKind.Ask) => AskPairs(first, second),
            (Cardinality.OneToOne, TieKind.Closest) => (ClosestPairs(first, second), []),
            (Cardinality.OneToOne, TieKind.Best) => BestPairs([.. Connected(Edges(first, second)).Select(Component)]),
            (Cardinality.OneToOne, _) => (OrderedPairs(first, second), []),
            (_, TieKind.Ask) => AskGroups(first, second),
            (_, TieKind.Closest) => (ClosestGroups(first, second), []),
            _ => (OrderedGroups(first, second), []),
        };

    /// <summary>Components of the last run of which another choice was as good.</summary>
    public int Alternatives { get; private set; }

    public List<OracleComponent> Components(List<int> first, List<int> second) =>
        pass.Cardinality == Cardinality.ManyToMany || pass.Search is not null
        ? Searched(first, second, listing: true) is var found ? [.. found.Ambiguous, .. found.Capped] : []
        : pass.Cardinality == Cardinality.OneToOne
        ? [.. Connected(Edges(first, second)).Select(Component)]
        : [.. Connected(Claims(first, second).SelectMany(EdgesOf)).Select(Component)];

    List<(int First, int Second)> Edges(List<int> first, List<int> second) =>
        [.. first.SelectMany(a => second.Where(b => PairFits(a, b)).Select(b => (a, b)))];

    OracleComponent Component(List<(int First, int Second)> edges) => new(
        pass.Index,
        [.. edges.Select(edge => edge.First).Distinct().Order()],
        [.. edges.Select(edge => edge.Second).Distinct().Order()],
        [.. edges.Order()]);

    static List<List<(int First, int Second)>> Connected(IEnumerable<(int First, int Second)> edges)
    {
        var components = new List<List<(int First, int Second)>>();
        foreach (var edge in edges)
        {
            var touching = components.Where(component =>
                component.Any(other => other.First == edge.First || other.Second == edge.Second)).ToList();
            components.RemoveAll(touching.Contains);
            components.Add([.. touching.SelectMany(component => component), edge]);
        }

        return components;
    }

    (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) AskPairs(List<int> first, List<int> second)
    {
        var matches = new List<OracleMatch>();
        var ambiguous = new List<OracleComponent>();
        foreach (var component in Connected(Edges(first, second)).Select(Component))
        {
            // Folded: one edge is left where all records of each side are interchangeable.
            if (AllSame(0, component.First) && AllSame(1, component.Second))
            {
                matches.AddRange(component.First.Zip(component.Second, Pair));
            }
            else
            {
                ambiguous.Add(component);
            }
        }

        return (matches, ambiguous);
    }

    List<OracleMatch> ClosestPairs(List<int> first, List<int> second)
    {
        var pairs = Edges(first, second)
            .OrderBy(edge => PairDistance(edge.First, edge.Second), ByDistance)
            .ThenBy(edge => edge.First).ThenBy(edge => edge.Second);
        var (usedFirst, usedSecond) = (new HashSet<int>(), new HashSet<int>());
        var matches = new List<OracleMatch>();
        foreach (var (a, b) in pairs)
        {
            if (!usedFirst.Contains(a) && !usedSecond.Contains(b))
            {
                usedFirst.Add(a);
                usedSecond.Add(b);
                matches.Add(Pair(a, b));
            }
        }

        return matches;
    }

    (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) BestPairs(List<OracleComponent> components)
    {
        var best = new OracleBest(this, pass.Index);
        Alternatives = pass.Tie.UnlessAmbiguous ? 0 : best.Alternatives(components);
        return best.Choose(components, pass.Tie.UnlessAmbiguous);
    }

    List<OracleMatch> OrderedPairs(List<int> first, List<int> second)
    {
        var free = InOrder(1, second);
        var matches = new List<OracleMatch>();
        foreach (var a in InOrder(0, first))
        {
            var place = free.FindIndex(b => PairFits(a, b));
            if (place >= 0)
            {
                matches.Add(Pair(a, free[place]));
                free.RemoveAt(place);
            }
        }

        return matches;
    }

    OracleMatch Pair(int first, int second) => new(pass.Index, [first], [second]);

    // Groups.
    (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) AskGroups(List<int> first, List<int> second)
    {
        var claims = Claims(first, second);
        var matches = new List<OracleMatch>();
        var ambiguous = new List<OracleComponent>();
        foreach (var component in Connected(claims.SelectMany(EdgesOf)).Select(Component))
        {
            var ones = OneIsFirst ? component.First : component.Second;
            if (AllSame(OneIsFirst ? 0 : 1, ones))
            {
                matches.Add(Group(claims.First(claim => claim.One == ones[0])));
            }
            else
            {
                ambiguous.Add(component);
            }
        }

        return (matches, ambiguous);
    }

    List<OracleMatch> OrderedGroups(List<int> first, List<int> second)
    {
        var (ones, free) = OneIsFirst ? (InOrder(0, first), second.ToList())
            : (InOrder(1, second), first.ToList());
        var matches = new List<OracleMatch>();
        foreach (var one in ones)
        {
            if (Claim(one, free) is { } claim)
            {
                matches.Add(Group(claim));
                free.RemoveAll(claim.Members.Contains);
            }
        }

        return matches;
    }

    List<OracleMatch> ClosestGroups(List<int> first, List<int> second)
    {
        var (ones, free) = OneIsFirst ? (first.ToList(), second.ToList()) : (second.ToList(), first.ToList());
        var matches = new List<OracleMatch>();
        while (true)
        {
            var claims = ones.Select(one => Claim(one, free)).OfType<OracleClaim>()
                .OrderBy(claim => GroupDistance(claim), ByDistance).ThenBy(claim => claim.One).ToList();
            if (claims.Count == 0)
            {
                return matches;
            }

            matches.Add(Group(claims[0]));
            ones.Remove(claims[0].One);
            free.RemoveAll(claims[0].Members.Contains);
        }
    }

    List<OracleClaim> Claims(List<int> first, List<int> second) => OneIsFirst
        ? [.. first.Select(one => Claim(one, second)).OfType<OracleClaim>()]
        : [.. second.Select(one => Claim(one, first)).OfType<OracleClaim>()];

    OracleClaim? Claim(int one, List<int> free)
    {
        List<int> members = [.. free.Where(member => KeyFits(one, member) && DatesFit(one, member))];
        var fits = members.Count > 0 && pass.Size.Holds(members.Count)
            && Conditions(amounts: true).All(each => AmountFits(each, [one], members))
            && (pass.When is null || rules.Group(pass.When)(
                tables[OneIsFirst ? 0 : 1], one, tables[OneIsFirst ? 1 : 0], members.ToArray()));
        return fits ? new OracleClaim(one, members) : null;
    }

    bool KeyFits(int one, int member) => OneIsFirst ? KeysEqual(one, member) : KeysEqual(member, one);

    bool DatesFit(int one, int member) => Conditions(amounts: false)
        .All(each => OneIsFirst ? MemberFits(each, one, member) : MemberFits(each, member, one));

    IEnumerable<(int First, int Second)> EdgesOf(OracleClaim claim) =>
        claim.Members.Select(member => OneIsFirst ? (claim.One, member) : (member, claim.One));

    OracleMatch Group(OracleClaim claim) => OneIsFirst
        ? new OracleMatch(pass.Index, [claim.One], claim.Members)
        : new OracleMatch(pass.Index, claim.Members, [claim.One]);

    // Conditions.
    public bool PairFits(int first, int second) => KeysEqual(first, second)
        && Conditions(amounts: true).All(each => AmountFits(each, [first], [second]))
        && Conditions(amounts: false).All(each => MemberFits(each, first, second))
        && WhenHolds(first, second);

    IEnumerable<Comparison> Conditions(bool amounts) =>
        pass.Comparisons.Where(each =>
            each.Tolerance is not null && each.Tolerance is AmountTolerance == amounts);

    bool WhenHolds(int first, int second)
    {
        if (pass.When is null || pass.IsOfOneSource)
        {
            return true;
        }

        var results = new bool[1];
        var (left, right) = _leftIsFirst ? (first, second) : (second, first);
        rules.Pair(pass.When)(tables[_leftIsFirst ? 0 : 1], tables[_leftIsFirst ? 1 : 0], [left], [right],
            results);
        return results[0];
    }

    bool KeysEqual(int first, int second) => pass.Key.All(pair =>
    {
        var (a, b) = _leftIsFirst ? (pair.LeftField, pair.RightField) : (pair.RightField, pair.LeftField);
        var (x, y) = (tables[0].Column(a), tables[1].Column(b));
        if (x.IsNull(first) || y.IsNull(second))
        {
            return pair.NullsEqual && x.IsNull(first) && y.IsNull(second);
        }

        return x.Kind == y.Kind ? x.ValueEquals(first, y, second) : Day(0, a, first) == Day(1, b, second);
    });

    // right − left of the totals of both sides.
    ExactNumber? AmountDifference(Comparison comparison, IReadOnlyList<int> first, IReadOnlyList<int> second) =>
        Totals(comparison, first, second) is var (a, b) ? b - a : null;

    // Of left and right; NULL where they cannot be compared.
    (ExactNumber Left, ExactNumber Right)? Totals(
        Comparison comparison, IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var (left, right) = _leftIsFirst ? (first, second) : (second, first);
        var (a, b) = (Sum(comparison.Left, left), Sum(comparison.Right, right));
        var only = ((AmountTolerance)comparison.Tolerance!).Currency;
        return a is null || b is null || a.Value.CurrencyCode != b.Value.CurrencyCode
            || (only is not null && a.Value.CurrencyCode != only)
            ? null
            : (a.Value.Number, b.Value.Number);
    }

    bool AmountFits(Comparison comparison, IReadOnlyList<int> one, IReadOnlyList<int> other)
    {
        var tolerance = (AmountTolerance)comparison.Tolerance!;
        var (first, second) = pass.Cardinality == Cardinality.OneToOne || OneIsFirst ? (one, other) : (other, one);
        if (tolerance.Fx is not null)
        {
            return Rated(comparison, first, second) is { } sides && OracleRates.Allows(tolerance, sides);
        }

        return Totals(comparison, first, second) is var (left, right) && OracleTolerances.Allows(tolerance, left, right);
    }

    // NULL where a term is NULL or two currencies meet.
    Money? Sum(Operand operand, IReadOnlyList<int> rows)
    {
        Money? sum = null;
        var table = tables.First(each => each.Name == operand.Source);
        foreach (var row in rows)
        {
            foreach (var term in operand.Terms)
            {
                var column = (ScaledColumn)table.Column(term.Field);
                if (column.IsNull(row))
                {
                    return null;
                }

                var value = column is MoneyColumn money ? money.Money(row)
                    : new Money(column.Number(row), default);
                if (sum is not null && sum.Value.CurrencyCode != value.CurrencyCode)
                {
                    return null;
                }

                value = term.Minus ? -value : value;
                sum = sum is null ? value : sum.Value + value;
            }
        }

        return sum;
    }

    bool MemberFits(Comparison comparison, int first, int second) => comparison.Left.Kind == FieldKind.Text
        ? TextsFit(comparison, first, second)
        : TimeFits(comparison, first, second);

    bool TextsFit(Comparison comparison, int first, int second) => OracleTexts.Fits(
        comparison.Tolerance!, TextOf(comparison.Left, first, second), TextOf(comparison.Right, first, second),
        field => Cell(LeftRow(first, second), _leftIsFirst ? 0 : 1, field),
        field => Cell(_leftIsFirst ? second : first, _leftIsFirst ? 1 : 0, field));

    string? TextOf(Operand operand, int first, int second) => operand.Source == tables[0].Name
        ? Cell(first, 0, operand.Terms[0].Field)
        : Cell(second, 1, operand.Terms[0].Field);

    int LeftRow(int first, int second) => _leftIsFirst ? first : second;

    string? Cell(int row, int side, string field) => ((TextColumn)tables[side].Column(field)).Text(row);

    bool TimeFits(Comparison comparison, int first, int second) =>
        TimeDifference(comparison, first, second) is { } difference && comparison.Tolerance switch
        {
            DayTolerance days => difference >= days.From && difference <= days.To,
            ElapsedTolerance elapsed => difference >= elapsed.From.Ticks && difference <= elapsed.To.Ticks,
            _ => false,
        };

    // right − left in days, business days or ticks; NULL where a side is.
    long? TimeDifference(Comparison comparison, int first, int second)
    {
        var (left, right) = _leftIsFirst ? (first, second) : (second, first);
        var (leftSide, rightSide) = _leftIsFirst ? (0, 1) : (1, 0);
        var (a, b) = (comparison.Left.Terms[0].Field, comparison.Right.Terms[0].Field);
        var (x, y) = (tables[leftSide].Column(a), tables[rightSide].Column(b));
        if (x.IsNull(left) || y.IsNull(right))
        {
            return null;
        }

        if (comparison.Tolerance is ElapsedTolerance)
        {
            return ((InstantColumn)y).Ticks(right) - ((InstantColumn)x).Ticks(left);
        }

        var (from, to) = (Day(leftSide, a, left), Day(rightSide, b, right));
        var calendar = ((DayTolerance)comparison.Tolerance!).Calendar;
        return calendar is null
            ? to.DayNumber - from.DayNumber
            : Books.Calendars[calendar].Index(to) - Books.Calendars[calendar].Index(from);
    }

    DateOnly Day(int side, string field, int row) => tables[side].Column(field) is DateColumn dates
        ? dates.Date(row)
        : ((InstantColumn)tables[side].Column(field)).Instant(row).DateIn(tables[side].Source.TimeZone);

    // Choosing.
    public List<ExactNumber> PairDistance(int first, int second) => [.. pass.Comparisons
        .Where(each => each.Tolerance is not null && each.CanDiffer)
        .Select(each => each.Tolerance is AmountTolerance { Fx: { } rule }
            ? OracleRates.Distance(rule, Rated(each, [first], [second])!)
            : each.Tolerance is AmountTolerance
            ? AmountDifference(each, [first], [second])!.Value.Abs()
            : MemberDistance(each, first, second))];

    ExactNumber MemberDistance(Comparison comparison, int first, int second) =>
        comparison.Tolerance is SimilarityTolerance similar
        ? new ExactNumber(
            1_000_000 - OracleTexts.Similarity(
                similar.Metric, TextOf(comparison.Left, first, second)!, TextOf(comparison.Right, first, second)!), 6)
        : new ExactNumber(Math.Abs(TimeDifference(comparison, first, second)!.Value), 0);

    List<ExactNumber> GroupDistance(OracleClaim claim) => [.. pass.Comparisons
        .Where(each => each.Tolerance is not null && each.CanDiffer)
        .Select(each => each.Tolerance is AmountTolerance { Fx: { } rule }
            ? OracleRates.Distance(rule, OneIsFirst ? Rated(each, [claim.One], claim.Members)! : Rated(each, claim.Members, [claim.One])!)
            : each.Tolerance is AmountTolerance
            ? (OneIsFirst
                ? AmountDifference(each, [claim.One], claim.Members)
                : AmountDifference(each, claim.Members, [claim.One]))!.Value.Abs()
            : claim.Members.Max(member => OneIsFirst
                ? MemberDistance(each, claim.One, member)
                : MemberDistance(each, member, claim.One)))];

    public static readonly Comparer<List<ExactNumber>> ByDistance = Comparer<List<ExactNumber>>.Create((a, b) =>
        a.Zip(b, (x, y) => x.CompareTo(y)).FirstOrDefault(order => order != 0));

    List<int> InOrder(int side, List<int> rows)
    {
        var field = side == 0 == _leftIsFirst ? pass.Tie.LeftField : pass.Tie.RightField;
        var newest = pass.Tie.Kind == TieKind.Newest;
        if (field == "id")
        {
            return [.. newest ? rows.OrderDescending() : rows.Order()];
        }

        var column = tables[side].Column(field!);
        var known = rows.Where(row => !column.IsNull(row));
        var sorted = newest ? known.OrderByDescending(Value) : known.OrderBy(Value);
        return [.. sorted.ThenBy(row => row), .. rows.Where(column.IsNull).Order()];

        long Value(int row) =>
            column is DateColumn dates ? dates.DayNumber(row) : ((InstantColumn)column).Ticks(row);
    }

    /// <summary>The smallest of the rows that are interchangeable with one.</summary>
    public int ClassOf(int side, int row) =>
        Enumerable.Range(0, row + 1).First(other => Interchange.Same(book.Pack, pass, tables[side], other, row));

    bool AllSame(int side, IReadOnlyList<int> rows) =>
        rows.All(row => Interchange.Same(book.Pack, pass, tables[side], rows[0], row));

    sealed record OracleClaim(int One, List<int> Members);
}
