// The oracle over searches and over groups of either side: every group of equal records, counted, straight from the meaning.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

sealed partial class OraclePass
{
    int OneSide => OneIsFirst ? 0 : 1;

    /// <summary>Records that nothing tells apart, of those that are free.</summary>
    sealed record Class(int Side, List<int> Rows);

    /// <summary>A group: so many of some classes.</summary>
    sealed record Answer(List<(Class Of, int Count)> Parts)
    {
        public int Size(int side) => Parts.Where(part => part.Of.Side == side).Sum(part => part.Count);

        public List<int> Rows(int side) =>
            [.. Parts.Where(part => part.Of.Side == side).SelectMany(part => part.Of.Rows.Take(part.Count)).Order()];

        public bool Holds(Answer other) => other.Parts.All(part => Parts.Any(own => own.Of == part.Of && own.Count >= part.Count));
    }

    /// <summary>What is known of some answers.</summary>
    /// <param name="Touched">All classes that may stand in one.</param>
    sealed record Known(List<Answer> Answers, List<Class> Touched, bool HasMore, CapCause? Cap, bool IsUnclear);

    sealed record OracleFound(List<OracleMatch> Matches, List<OracleComponent> Ambiguous, List<OracleComponent> Capped);

    OracleFound SearchGroups(List<int> first, List<int> second, bool listing)
    {
        var (ones, free) = OneIsFirst ? (first, second.ToList()) : (second, first.ToList());
        if (listing || pass.Tie.Kind == TieKind.Ask)
        {
            var classes = Classes(1 - OneSide, free);
            var known = Classes(OneSide, ones).Select(one => Search(one, classes)).OfType<Known>().ToList();
            return Decided(known, listing);
        }

        return pass.Tie.Kind == TieKind.Closest ? SearchClosest(ones, free) : SearchInOrder(ones, free);
    }

    OracleFound SearchInOrder(List<int> ones, List<int> free)
    {
        var (matches, unclear, touched) = (new List<OracleMatch>(), new List<Known>(), new HashSet<int>());
        foreach (var one in InOrder(OneSide, ones))
        {
            if (Search(new Class(OneSide, [one]), Classes(1 - OneSide, free)) is { } known)
            {
                Settle(known, free, matches, unclear, touched);
            }
        }

        var found = Decided(unclear, listing: false);
        return found with { Matches = matches };
    }

    OracleFound SearchClosest(List<int> ones, List<int> free)
    {
        var (matches, unclear, touched) = (new List<OracleMatch>(), new List<Known>(), new HashSet<int>());
        var waiting = ones.ToList();
        while (waiting.Count > 0)
        {
            var all = waiting.Select(one => Search(new Class(OneSide, [one]), Classes(1 - OneSide, free))).OfType<Known>().ToList();
            var next = all.Find(known => known.HasMore || known.Cap is not null)
                ?? all.OrderBy(known => known.Answers.Select(DistanceOf).Min(ByDistance)!, ByDistance)
                    .ThenBy(known => known.Touched[0].Rows[0]).FirstOrDefault();
            if (next is null)
            {
                break;
            }

            waiting.Remove(next.Touched[0].Rows[0]);
            Settle(next, free, matches, unclear, touched);
        }

        var found = Decided(unclear, listing: false);
        return found with { Matches = matches };
    }

    List<ExactNumber> DistanceOf(Answer answer) => GroupDistance(new OracleClaim(answer.Rows(OneSide)[0], answer.Rows(1 - OneSide)));

    void Settle(Known known, List<int> free, List<OracleMatch> matches, List<Known> unclear, HashSet<int> touched)
    {
        var wanted = known.Touched.Where(each => each.Side != OneSide).SelectMany(each => each.Rows).ToList();
        if (known is { HasMore: false, Cap: null, Answers.Count: 1 } && !wanted.Exists(touched.Contains))
        {
            matches.Add(MatchOf(known.Answers[0].Rows(0), known.Answers[0].Rows(1)));
            free.RemoveAll(known.Answers[0].Rows(1 - OneSide).Contains);
            return;
        }

        touched.UnionWith(wanted);
        unclear.Add(known with { IsUnclear = true });
    }

    OracleMatch MatchOf(List<int> first, List<int> second) => new(pass.Index, first, second);

    // All groups for one record, or for each of some that nothing tells apart.
    Known? Search(Class one, List<Class> many)
    {
        var spec = pass.Search!;
        var candidates = many.Where(each => IsCandidate(one.Rows[0], each.Rows[0])).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        if (candidates.Sum(each => Math.Min(each.Rows.Count, pass.Size.Most)) > spec.Candidates)
        {
            return new Known([], [one, .. candidates], HasMore: false, CapCause.Candidates, IsUnclear: true);
        }

        var answers = Counts(candidates).Select(parts => new Answer([(one, 1), .. parts]))
            .Where(answer => pass.Size.Holds(answer.Size(1 - OneSide)) && GroupFits(answer)).ToList();
        if (spec.PreferSingle && answers.Exists(answer => answer.Size(1 - OneSide) == 1))
        {
            answers.RemoveAll(answer => answer.Size(1 - OneSide) > 1);
        }

        var hasMore = answers.Count > spec.Answers;
        return answers.Count == 0 ? null : new Known(
            answers,
            hasMore ? [one, .. candidates] : [.. answers.SelectMany(answer => answer.Parts).Select(part => part.Of).Distinct()],
            hasMore, null, IsUnclear: hasMore);
    }

    bool IsCandidate(int one, int member)
    {
        var (first, second) = OneIsFirst ? (one, member) : (member, one);
        return PairMeets(first, second) && Conditions(amounts: true).All(each => each.Tolerance is AmountTolerance { Fx: { } rule }
            ? Rated(each, [first], [second]) is { } sides && OracleRates.AreRated(rule, sides)
            : Totals(each, [first], [second]) is not null);
    }

    // Key, times and texts.
    bool PairMeets(int first, int second) =>
        KeysEqual(first, second) && Conditions(amounts: false).All(each => MemberFits(each, first, second));

    bool GroupFits(Answer answer)
    {
        var (first, second) = (answer.Rows(0), answer.Rows(1));
        return Conditions(amounts: true).All(each => each.Tolerance is AmountTolerance { Fx: not null } rated
            ? Rated(each, first, second) is { } sides && OracleRates.Allows(rated, sides)
            : Totals(each, first, second) is var (left, right)
                && OracleTolerances.Allows((AmountTolerance)each.Tolerance!, left, right))
            && GroupWhenHolds(first, second);
    }

    bool GroupWhenHolds(List<int> first, List<int> second)
    {
        var (left, right) = _leftIsFirst ? (first, second) : (second, first);
        var (leftTable, rightTable) = (tables[_leftIsFirst ? 0 : 1], tables[_leftIsFirst ? 1 : 0]);
        return pass.When is null || pass.Cardinality switch
        {
            Cardinality.ManyToMany => rules.Groups(pass.When)(leftTable, left.ToArray(), rightTable, right.ToArray()),
            Cardinality.OneToMany => rules.Group(pass.When)(leftTable, left[0], rightTable, right.ToArray()),
            _ => rules.Group(pass.When)(rightTable, right[0], leftTable, left.ToArray()),
        };
    }

    List<Class> Classes(int side, IEnumerable<int> rows)
    {
        var classes = new List<Class>();
        foreach (var row in rows.Order())
        {
            var known = classes.Find(each => Interchange.Same(book.Pack, pass, tables[side], each.Rows[0], row));
            if (known is null)
            {
                classes.Add(new Class(side, [row]));
            }
            else
            {
                known.Rows.Add(row);
            }
        }

        return classes;
    }

    // Every way to take some of each class, none of all included.
    IEnumerable<List<(Class Of, int Count)>> Counts(List<Class> classes)
    {
        IEnumerable<List<(Class Of, int Count)>> ways = [[]];
        foreach (var each in classes)
        {
            ways = ways.SelectMany(way => Enumerable.Range(0, 1 + Math.Min(each.Rows.Count, pass.Size.Most))
                .Where(count => way.Sum(part => part.Count) + count <= pass.Size.Most)
                .Select(count => count == 0 ? way : [.. way, (each, count)]));
        }

        return ways;
    }

    // Deciding.
    OracleFound Decided(List<Known> known, bool listing)
    {
        var found = new OracleFound([], [], []);
        foreach (var part in Together(known))
        {
            var classes = part.SelectMany(each => each.Touched).Distinct().ToList();
            var answers = part.SelectMany(each => each.Answers).ToList();
            var cap = part.Select(each => each.Cap).Where(each => each is not null).Min();
            if (cap is not null)
            {
                found.Capped.Add(ComponentOf(classes, []) with { Cap = cap });
            }
            else if (listing || part.Exists(each => each.IsUnclear) || !StandSideBySide(answers))
            {
                found.Ambiguous.Add(ComponentOf(classes, part));
            }
            else
            {
                found.Matches.AddRange(TakeAll(answers));
            }
        }

        return found;
    }

    static List<List<Known>> Together(List<Known> known)
    {
        var parts = new List<List<Known>>();
        foreach (var each in known)
        {
            var touching = parts.Where(part => part.SelectMany(other => other.Touched).SelectMany(of => of.Rows.Select(row => (of.Side, row)))
                .Intersect(each.Touched.SelectMany(of => of.Rows.Select(row => (of.Side, row)))).Any()).ToList();
            parts.RemoveAll(touching.Contains);
            parts.Add([.. touching.SelectMany(part => part), each]);
        }

        return parts;
    }

    static int Times(Answer answer) => answer.Parts.Min(part => part.Of.Rows.Count / part.Count);

    static bool StandSideBySide(List<Answer> answers) => answers.SelectMany(answer => answer.Parts).Select(part => part.Of).Distinct()
        .All(of => answers.Sum(answer => Times(answer) * answer.Parts.Where(part => part.Of == of).Sum(part => part.Count)) <= of.Rows.Count);

    List<OracleMatch> TakeAll(List<Answer> answers)
    {
        var matches = new List<OracleMatch>();
        var taken = new Dictionary<Class, int>();
        foreach (var answer in answers.OrderBy(PlaceOf, StringComparer.Ordinal))
        {
            for (var time = Times(answer); time > 0; time--)
            {
                List<int>[] rows = [[], []];
                foreach (var (of, count) in answer.Parts)
                {
                    rows[of.Side].AddRange(of.Rows.Skip(taken.GetValueOrDefault(of)).Take(count));
                    taken[of] = taken.GetValueOrDefault(of) + count;
                }

                matches.Add(MatchOf([.. rows[0].Order()], [.. rows[1].Order()]));
            }
        }

        return matches;
    }

    // Ids of small books are as long as one another.
    string PlaceOf(Answer answer) => pass.Cardinality == Cardinality.ManyToMany
        ? NamesOf(answer.Parts)
        : $"{NamesOf(answer.Parts.Where(part => part.Of.Side == OneSide))} {NamesOf(answer.Parts.Where(part => part.Of.Side != OneSide))}";

    string NamesOf(IEnumerable<(Class Of, int Count)> parts) => string.Join(' ', parts
        .SelectMany(part => part.Of.Rows.Take(part.Count).Select(tables[part.Of.Side].Id)).Order(StringComparer.Ordinal));

    OracleComponent ComponentOf(List<Class> classes, List<Known> known)
    {
        List<int> RowsOf(int side) => [.. classes.Where(each => each.Side == side).SelectMany(each => each.Rows).Distinct().Order()];
        var edges = known.SelectMany(each => each.HasMore
                ? EdgesOf(each.Touched)
                : each.Answers.SelectMany(answer => EdgesOf([.. answer.Parts.Select(part => part.Of)])))
            .Distinct().Order().ToList();
        return new OracleComponent(pass.Index, RowsOf(0), RowsOf(1), edges)
        {
            HasMore = known.Exists(each => each.HasMore),
            Answers =
            [
                .. known.SelectMany(each => each.Answers)
                    .Select(answer => $"{string.Join(',', answer.Rows(0))}={string.Join(',', answer.Rows(1))}").Distinct().Order(StringComparer.Ordinal),
            ],
        };
    }

    static IEnumerable<(int, int)> EdgesOf(List<Class> classes) =>
        from first in classes
        where first.Side == 0
        from second in classes
        where second.Side == 1
        from a in first.Rows
        from b in second.Rows
        select (a, b);

    // Groups of either side.
    OracleFound GroupsOfBothSides(List<int> first, List<int> second, bool listing)
    {
        if (pass.Search is null)
        {
            var matches = Parts(first, second, PairMeets)
                .Where(part => pass.Size.Holds(part.First.Count) && pass.Size.Holds(part.Second.Count)
                    && part.First.All(a => part.Second.All(b => PairMeets(a, b)))
                    && GroupFits(new Answer([.. Classes(0, part.First).Concat(Classes(1, part.Second)).Select(each => (each, each.Rows.Count))])));
            return new OracleFound([.. matches.Select(part => MatchOf(part.First, part.Second))], [], []);
        }

        var (known, capped) = (new List<Known>(), new List<OracleComponent>());
        foreach (var part in Parts(first, second, (a, b) =>
            PairMeets(a, b) && Conditions(amounts: true).All(each => each.Tolerance is AmountTolerance { Fx: not null }
                ? Sum(each.Left, [_leftIsFirst ? a : b]) is not null && Sum(each.Right, [_leftIsFirst ? b : a]) is not null
                : Totals(each, [a], [b]) is not null)))
        {
            List<Class> classes = [.. Classes(0, part.First), .. Classes(1, part.Second)];
            if (classes.Sum(each => Math.Min(each.Rows.Count, pass.Size.Most)) > pass.Search.Candidates)
            {
                capped.Add(ComponentOf(classes, []) with { Cap = CapCause.Candidates });
                continue;
            }

            known.AddRange(Smallest(classes).Select(answer =>
                new Known([answer], [.. answer.Parts.Select(each => each.Of)], HasMore: false, null, IsUnclear: false)));
        }

        var found = Decided(known, listing);
        found.Capped.AddRange(capped);
        return found;
    }

    List<Answer> Smallest(List<Class> classes)
    {
        var answers = (from a in Counts(classes.FindAll(each => each.Side == 0)).ToList()
                       from b in Counts(classes.FindAll(each => each.Side == 1))
                       let answer = new Answer([.. a, .. b])
                       where pass.Size.Holds(answer.Size(0)) && pass.Size.Holds(answer.Size(1))
                       where answer.Rows(0).TrueForAll(x => answer.Rows(1).TrueForAll(y => PairMeets(x, y)))
                       where GroupFits(answer)
                       select answer).ToList();
        if (pass.Search!.PreferSingle)
        {
            var singles = answers.FindAll(answer => answer.Size(0) == 1 && answer.Size(1) == 1);
            var used = singles.SelectMany(answer => answer.Parts).Select(part => part.Of).ToHashSet();
            answers.RemoveAll(answer => !singles.Contains(answer) && answer.Parts.Exists(part => used.Contains(part.Of)));
        }

        return answers.FindAll(answer => !answers.Exists(other => other != answer && answer.Holds(other)));
    }

    static List<(List<int> First, List<int> Second)> Parts(List<int> first, List<int> second, Func<int, int, bool> meets) =>
    [
        .. Connected(first.SelectMany(a => second.Where(b => meets(a, b)).Select(b => (a, b)))).Select(edges => (
            edges.Select(edge => edge.First).Distinct().Order().ToList(), edges.Select(edge => edge.Second).Distinct().Order().ToList())),
    ];
}
