// The slow, obvious matcher of packs whose passes join three sources, or two of them one to one.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>Every set of one record of each source is looked at.</summary>
sealed class OracleSeveral
{
    readonly Book _book;
    readonly ICompiledRules _rules;
    readonly List<string> _lines = [];
    readonly Dictionary<(int Leg, int Side), HashSet<int>> _open = [];
    readonly HashSet<(int Leg, int Side, int Row)> _held = [];
    readonly Dictionary<(int Pass, int Pair), OraclePass> _pairs = [];
    readonly List<(PassSpec Pass, List<(int Side, int Row)> Rows)> _unclear = [];

    OracleSeveral(Book book, ICompiledRules rules)
    {
        (_book, _rules) = (book, rules);
        foreach (var leg in book.Pack.Legs)
        {
            for (var side = 0; side < leg.Names.Count; side++)
            {
                _open[(leg.Index, side)] = [.. Enumerable.Range(0, book.Table(leg.Names[side]).Count)];
            }
        }
    }

    /// <summary>Sorted lines: matches, what is ambiguous, partial matches, and the open rows of every leg.</summary>
    public static List<string> Lines(Book book, ICompiledRules rules) => new OracleSeveral(book, rules).Run();

    /// <summary>The same of an answer.</summary>
    public static List<string> Lines(Book book, MatchSet found)
    {
        var lines = new List<string>();
        foreach (var leg in found.Legs)
        {
            for (var match = 0; match < leg.Count; match++)
            {
                lines.Add($"{leg.Leg} p{leg.PassOf(match)} match {Text([.. leg.Leg.Names.Select((_, side) => leg.RowsOf(side, match).ToArray())])}");
            }

            lines.AddRange(leg.Ambiguous.Select(each => $"{leg.Leg} p{each.Pass} ambiguous {Text([.. each.Rows])} {each.EdgeCount} "
                + string.Join(' ', each.Edges.Select(edge => $"{edge.First.Side}.{edge.First.Row}-{edge.Second.Side}.{edge.Second.Row}"))));
            lines.AddRange(leg.Partials.Select(each => $"{leg.Leg} p{each.Pass} partial {string.Join(' ', each.Rows)}"));
            lines.AddRange(leg.Passes.Where(pass => pass.Alternatives > 0).Select(pass => $"p{pass.Pass} {pass.Alternatives} alternatives"));
            for (var side = 0; side < leg.Leg.Names.Count; side++)
            {
                var matchOf = leg.MatchOfRow(side, book.Table(leg.Leg.Names[side]).Count);
                lines.AddRange(matchOf.Index().Where(at => at.Item == -1 && leg.TakenBy(side, at.Index) == -1)
                    .Select(at => $"{leg.Leg} open {side}.{at.Index}"));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    List<string> Run()
    {
        foreach (var pass in _book.Pack.Passes)
        {
            if (pass.IsOfSeveral)
            {
                RunSeveral(pass);
            }
            else
            {
                RunPair(pass);
            }
        }

        foreach (var (key, rows) in _open)
        {
            _lines.AddRange(rows.Select(row => $"{_book.Pack.Legs[key.Leg]} open {key.Side}.{row}"));
        }

        var left = _open.ToDictionary(each => each.Key, each => each.Value.ToHashSet());
        ListUnclear(left);
        foreach (var pass in _book.Pack.Passes.Where(pass => pass.IsOfSeveral))
        {
            ListPartials(pass, left);
        }

        return [.. _lines.Order(StringComparer.Ordinal)];
    }

    void RunPair(PassSpec pass)
    {
        var oracle = new OraclePass(_book, pass, [.. pass.Leg.Names.Select(_book.Table)], _rules);
        var found = oracle.Run(Offered(pass, 0), Offered(pass, 1));
        foreach (var match in found.Matches)
        {
            Match(pass, [match.First[0], match.Second[0]]);
        }

        Unclear(pass, found.Ambiguous.SelectMany(each => each.First.Select(row => (0, row)).Concat(each.Second.Select(row => (1, row)))));
    }

    void RunSeveral(PassSpec pass)
    {
        List<int>[] offered = [.. Enumerable.Range(0, pass.Leg.Names.Count).Select(side => Offered(pass, side))];
        var choice = new OracleTuples(_book, pass, Tuples(pass, offered)).Choose();
        choice.Matches.ForEach(rows => Match(pass, rows));
        Unclear(pass, choice.Ambiguous);
        if (choice.Alternatives > 0)
        {
            _lines.Add($"p{pass.Index} {choice.Alternatives} alternatives");
        }
    }

    void Match(PassSpec pass, int[] rows)
    {
        _lines.Add($"{pass.Leg} p{pass.Index} match {Text([.. rows.Select(row => new[] { row })])}");
        for (var side = 0; side < rows.Length; side++)
        {
            foreach (var leg in _book.Pack.Legs.Where(leg => leg.Names.All(pass.Leg.Names.Contains) && leg.Names.Contains(pass.Leg.Names[side])))
            {
                _open[(leg.Index, leg.SideOf(pass.Leg.Names[side]))].Remove(rows[side]);
            }
        }
    }

    void Unclear(PassSpec pass, IEnumerable<(int Side, int Row)> rows)
    {
        var listed = rows.Distinct().ToList();
        _unclear.Add((pass, listed));
        _held.UnionWith(pass.Hold ? listed.Select(each => (pass.Leg.Index, each.Side, each.Row)) : []);
    }

    void ListUnclear(Dictionary<(int Leg, int Side), HashSet<int>> left)
    {
        foreach (var (pass, unclear) in _unclear)
        {
            List<int>[] rows = [.. pass.Leg.Names.Select((_, side) => unclear
                .Where(each => each.Side == side && left[(pass.Leg.Index, side)].Contains(each.Row)).Select(each => each.Row).Order().ToList())];
            foreach (var component in Connected(pass.IsOfSeveral ? Tuples(pass, rows) : Pairs(pass, rows)))
            {
                var members = RowsOf(component);
                List<string> edges = [.. component.SelectMany(EdgesOf).Distinct().Order()
                    .Select(edge => $"{edge.Side}.{edge.Row}-{edge.OtherSide}.{edge.OtherRow}")];
                _lines.Add($"{pass.Leg} p{pass.Index} ambiguous {Text([.. members])} {edges.Count} {string.Join(' ', edges)}");
                Remove(left, pass, members);
            }
        }
    }

    // Sets that lack one source, whichever it is, and share no record with another.
    void ListPartials(PassSpec pass, Dictionary<(int Leg, int Side), HashSet<int>> left)
    {
        List<int>[] open = [.. pass.Leg.Names.Select((_, side) => left[(pass.Leg.Index, side)].Order().ToList())];
        var partial = Enumerable.Range(0, open.Length).SelectMany(missing => Tuples(pass, open, missing)).ToList();
        foreach (var component in Connected(partial))
        {
            var rows = RowsOf(component);
            var missing = rows.FindIndex(own => own.Count == 0);
            if (missing < 0 || rows.Select((own, side) => own.All(row => Same(pass, side, own[0], row))).Any(same => !same))
            {
                continue;
            }

            for (var k = 0; k < rows.Where((_, side) => side != missing).Min(own => own.Count); k++)
            {
                _lines.Add($"{pass.Leg} p{pass.Index} partial {string.Join(' ', rows.Select((own, side) => side == missing ? -1 : own[k]))}");
                Remove(left, pass, [.. rows.Select((own, side) => side == missing ? new List<int>() : [own[k]])]);
            }
        }
    }

    static void Remove(Dictionary<(int Leg, int Side), HashSet<int>> left, PassSpec pass, List<List<int>> rows)
    {
        for (var side = 0; side < rows.Count; side++)
        {
            left[(pass.Leg.Index, side)].ExceptWith(rows[side]);
        }
    }

    List<int> Offered(PassSpec pass, int side) =>
        [.. _open[(pass.Leg.Index, side)].Where(row => !_held.Contains((pass.Leg.Index, side, row))).Order()];

    // −1 stands for the source left out.
    List<int[]> Tuples(PassSpec pass, List<int>[] rows, int missing = -1)
    {
        var found = new List<int[]>();
        foreach (var a in missing == 0 ? [-1] : rows[0])
        {
            foreach (var b in missing == 1 ? [-1] : rows[1])
            {
                foreach (var c in missing == 2 ? [-1] : rows[2])
                {
                    if (Meet(pass, 0, a, b) && Meet(pass, 1, a, c) && Meet(pass, 2, b, c) && (missing >= 0 || WhenHolds(pass, [a, b, c])))
                    {
                        found.Add([a, b, c]);
                    }
                }
            }
        }

        return found;
    }

    List<int[]> Pairs(PassSpec pass, List<int>[] rows)
    {
        var oracle = new OraclePass(_book, pass, [.. pass.Leg.Names.Select(_book.Table)], _rules);
        return [.. rows[0].SelectMany(a => rows[1].Where(b => oracle.PairFits(a, b)).Select(b => new[] { a, b }))];
    }

    bool Meet(PassSpec pass, int pair, int first, int second)
    {
        if (!_pairs.TryGetValue((pass.Index, pair), out var oracle))
        {
            var spec = pass.Pairs[pair];
            _pairs.Add((pass.Index, pair), oracle = new OraclePass(_book, spec, [.. spec.Leg.Names.Select(_book.Table)], _rules));
        }

        return first == -1 || second == -1 || oracle.PairFits(first, second);
    }

    // Which source is missing is asked without the C#: that is of whole sets.
    bool WhenHolds(PassSpec pass, int[] rows)
    {
        var holds = new bool[] { true };
        if (pass.When is { } when)
        {
            _rules.Several(when)([.. pass.Leg.Names.Select(_book.Table)], rows, holds);
        }

        return holds[0];
    }

    bool Same(PassSpec pass, int side, int row, int other) =>
        Interchange.Same(_book.Pack, pass, _book.Table(pass.Leg.Names[side]), row, other);

    public static List<List<int[]>> Connected(List<int[]> tuples)
    {
        var components = new List<List<int[]>>();
        foreach (var tuple in tuples)
        {
            var touching = components.Where(component => component.Exists(other =>
                tuple.Zip(other).Any(rows => rows.First == rows.Second && rows.First != -1))).ToList();
            components.RemoveAll(touching.Contains);
            components.Add([.. touching.SelectMany(component => component), tuple]);
        }

        return components;
    }

    public static List<List<int>> RowsOf(List<int[]> component) =>
        [.. Enumerable.Range(0, component[0].Length).Select(side =>
            component.Select(tuple => tuple[side]).Where(row => row != -1).Distinct().Order().ToList())];

    static IEnumerable<(int Side, int Row, int OtherSide, int OtherRow)> EdgesOf(int[] tuple) =>
        from side in Enumerable.Range(0, tuple.Length)
        from other in Enumerable.Range(side + 1, tuple.Length - side - 1)
        select (side, tuple[side], other, tuple[other]);

    static string Text(IReadOnlyList<IReadOnlyList<int>> rows) => string.Join(" = ", rows.Select(own => string.Join(',', own)));
}
