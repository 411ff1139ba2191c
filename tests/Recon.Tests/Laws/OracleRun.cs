// The oracle over a whole pack: its passes one after the other, each over what the ones before left open.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>Matching as the design says it, with no thought of speed.</summary>
sealed class Oracle(Book book, ICompiledRules rules)
{
    readonly List<OracleLegState> _legs = LegsOf(book);
    readonly List<DuplicateRow> _duplicates = [];
    readonly List<(OracleNets Net, PassSpec Pass, List<int> Ambiguous)> _nets = [];

    public static OracleAnswer Match(Book book, ICompiledRules rules) => new Oracle(book, rules).Match();

    OracleAnswer Match()
    {
        foreach (var pass in book.Pack.Passes)
        {
            if (pass.Kind == PassKind.Dedupe)
            {
                Dedupe(pass);
            }
            else if (pass.IsNet)
            {
                Net(pass);
            }
            else
            {
                _legs[pass.Leg.Index].Run(pass, rules);
            }
        }

        ListNets();
        return new OracleAnswer([.. _legs.Select(leg => leg.Answer())], [.. _duplicates.OrderBy(each => (each.Source, each.Row))]);
    }

    // The numbers of what is left are given once in a source, whatever the leg.
    static List<OracleLegState> LegsOf(Book book)
    {
        var names = new Dictionary<(string, string), int>();
        return [.. book.Pack.Legs.Select(leg => new OracleLegState(book, leg, names))];
    }

    void Net(PassSpec pass)
    {
        var source = pass.Left.Name;
        var legs = _legs.Where(leg => leg.Leg.Names.Contains(source)).ToList();
        var net = new OracleNets(book, pass, rules);
        var (matches, ambiguous) = net.Run([.. net.Rows.Where(row => legs.All(leg => leg.IsOffered(source, row)))]);
        _legs[pass.Leg.Index].Add(matches, pass.Index, net.Alternatives);
        legs.ForEach(leg => leg.Remove(source, matches.SelectMany(match => match.First)));
        _nets.Add((net, pass, ambiguous));
        legs.ForEach(leg => leg.Hold(source, pass.Hold ? ambiguous : []));
    }

    // What the passes of one source left unclear and nothing took since, on any leg.
    void ListNets()
    {
        foreach (var (net, pass, ambiguous) in _nets)
        {
            var legs = _legs.Where(leg => leg.Leg.Names.Contains(pass.Left.Name)).ToList();
            var left = ambiguous.Where(row => legs.All(leg => leg.IsOpen(pass.Left.Name, row)))
                .Where(row => !_legs[pass.Leg.Index].IsListed(row)).Order();
            _legs[pass.Leg.Index].List(net.Components([.. left]));
        }
    }

    void Dedupe(PassSpec pass)
    {
        var source = pass.Left;
        var legs = _legs.Where(leg => leg.Leg.Names.Contains(source.Name)).ToList();
        var left = _duplicates.Where(each => each.Source == source.Index).Select(each => each.Row).ToHashSet();
        var found = new OracleDuplicates(pass, book.Table(source.Name), rules).Of(
            row => !left.Contains(row),
            row => legs.Where(leg => book.Pack.KeepsOpen(leg.Leg)).Any(leg => !leg.IsOpen(source.Name, row))).ToList();
        _duplicates.AddRange(found);
        legs.ForEach(leg => leg.Remove(source.Name, found.Select(each => each.Row)));
    }
}

sealed record OracleAnswer(List<OracleLeg> Legs, List<DuplicateRow> Duplicates);

/// <summary>What is open and held on one leg, and what its passes found.</summary>
sealed partial class OracleLegState(Book book, LegSpec leg, Dictionary<(string Source, string Id), int> names)
{
    readonly RecordTable[] _tables = [.. leg.Names.Select(book.Table)];
    readonly HashSet<int>[] _open = [.. leg.Names.Select(name => Enumerable.Range(0, book.Table(name).Count).ToHashSet())];
    readonly HashSet<int>[] _held = [.. leg.Names.Select(_ => new HashSet<int>())];
    readonly List<OracleMatch> _matches = [];
    readonly List<(int Pass, int Count)> _alternatives = [];
    readonly List<OracleComponent> _ofOneSource = [];
    readonly List<(Func<List<int>, List<int>, List<OracleComponent>> Ask, HashSet<int> First, HashSet<int> Second, List<OracleComponent> Capped)> _unclear = [];

    public LegSpec Leg => leg;

    public bool IsOpen(string source, int row) => _open[leg.SideOf(source)].Contains(row);

    public void Remove(string source, IEnumerable<int> rows) => _open[leg.SideOf(source)].ExceptWith(rows);

    public bool IsOffered(string source, int row) =>
        IsOpen(source, row) && !_held[leg.SideOf(source)].Contains(row);

    public void Hold(string source, IEnumerable<int> rows) => _held[leg.SideOf(source)].UnionWith(rows);

    public void Add(IEnumerable<OracleMatch> matches, int pass, int alternatives)
    {
        _matches.AddRange(matches);
        _alternatives.Add((pass, alternatives));
    }

    public void List(IEnumerable<OracleComponent> components) => _ofOneSource.AddRange(components);

    public bool IsListed(int row) => _ofOneSource.Exists(each => each.First.Contains(row));

    public void Run(PassSpec spec, ICompiledRules rules)
    {
        if (spec.Partial is not null)
        {
            RunInRounds(spec, rules);
            return;
        }

        var pass = new OraclePass(book, spec, _tables, rules);
        var answer = pass.Run([.. _open[0].Except(_held[0]).Order()], [.. _open[1].Except(_held[1]).Order()]);
        _alternatives.Add((spec.Index, pass.Alternatives));
        _matches.AddRange(answer.Matches.OrderBy(match => match.First[0]));
        _open[0].ExceptWith(answer.Matches.SelectMany(match => match.First));
        _open[1].ExceptWith(answer.Matches.SelectMany(match => match.Second));
        HashSet<int> first = [.. answer.Ambiguous.SelectMany(each => each.First)];
        HashSet<int> second = [.. answer.Ambiguous.SelectMany(each => each.Second)];
        Leave(spec, pass.Components, first, second, answer.Capped);
    }

    public OracleLeg Answer() =>
        new(leg, _matches, [.. _ofOneSource, .. StillUnclear()], _alternatives, [.. _residuals.SelectMany(side => side)]);

    void Leave(
        PassSpec spec, Func<List<int>, List<int>, List<OracleComponent>> ask, HashSet<int> first, HashSet<int> second, List<OracleComponent> capped)
    {
        _unclear.Add((ask, first, second, capped));
        _held[0].UnionWith(spec.Hold ? first.Concat(capped.SelectMany(each => each.First)) : []);
        _held[1].UnionWith(spec.Hold ? second.Concat(capped.SelectMany(each => each.Second)) : []);
    }

    // Each pass is asked again among what it found ambiguous and nothing took since;
    // the first pass lists a record.
    List<OracleComponent> StillUnclear()
    {
        var listed = new List<OracleComponent>();
        foreach (var (ask, first, second, capped) in _unclear)
        {
            // What met a bound is not asked again.
            List<OracleComponent> components =
            [
                .. ask([.. first.Intersect(_open[0]).Order()], [.. second.Intersect(_open[1]).Order()]),
                .. capped.Select(each => each with
                {
                    First = [.. each.First.Where(_open[0].Contains)],
                    Second = [.. each.Second.Where(_open[1].Contains)],
                }).Where(each => each.First.Count > 0 && each.Second.Count > 0),
            ];
            listed.AddRange(components.OrderBy(component => component.First[0]));
            _open[0].ExceptWith(components.SelectMany(component => component.First));
            _open[1].ExceptWith(components.SelectMany(component => component.Second));
        }

        return listed;
    }
}
