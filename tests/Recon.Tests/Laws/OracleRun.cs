// The oracle over a whole pack: its passes one after the other, each over what the ones before left open.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>Matching as the design says it, with no thought of speed.</summary>
sealed class Oracle(Book book, ICompiledRules rules)
{
    readonly List<OracleLegState> _legs = [.. book.Pack.Legs.Select(leg => new OracleLegState(book, leg))];
    readonly List<DuplicateRow> _duplicates = [];

    public static OracleAnswer Match(Book book, ICompiledRules rules) => new Oracle(book, rules).Match();

    OracleAnswer Match()
    {
        foreach (var pass in book.Pack.Passes)
        {
            if (pass.Kind == PassKind.Dedupe)
            {
                Dedupe(pass);
            }
            else
            {
                _legs[pass.Leg.Index].Run(pass, rules);
            }
        }

        return new OracleAnswer([.. _legs.Select(leg => leg.Answer())], [.. _duplicates.OrderBy(each => (each.Source, each.Row))]);
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
sealed class OracleLegState(Book book, LegSpec leg)
{
    readonly RecordTable[] _tables = [.. leg.Names.Select(book.Table)];
    readonly HashSet<int>[] _open = [.. leg.Names.Select(name => Enumerable.Range(0, book.Table(name).Count).ToHashSet())];
    readonly HashSet<int>[] _held = [.. leg.Names.Select(_ => new HashSet<int>())];
    readonly List<OracleMatch> _matches = [];
    readonly List<(int Pass, int Count)> _alternatives = [];
    readonly List<(OraclePass Pass, HashSet<int> First, HashSet<int> Second)> _unclear = [];

    public LegSpec Leg => leg;

    public bool IsOpen(string source, int row) => _open[leg.SideOf(source)].Contains(row);

    public void Remove(string source, IEnumerable<int> rows) => _open[leg.SideOf(source)].ExceptWith(rows);

    public void Run(PassSpec spec, ICompiledRules rules)
    {
        var pass = new OraclePass(book, spec, _tables, rules);
        var answer = pass.Run([.. _open[0].Except(_held[0]).Order()], [.. _open[1].Except(_held[1]).Order()]);
        _alternatives.Add((spec.Index, pass.Alternatives));
        _matches.AddRange(answer.Matches.OrderBy(match => match.First[0]));
        _open[0].ExceptWith(answer.Matches.SelectMany(match => match.First));
        _open[1].ExceptWith(answer.Matches.SelectMany(match => match.Second));
        HashSet<int> first = [.. answer.Ambiguous.SelectMany(each => each.First)];
        HashSet<int> second = [.. answer.Ambiguous.SelectMany(each => each.Second)];
        _unclear.Add((pass, first, second));
        _held[0].UnionWith(spec.Hold ? first : []);
        _held[1].UnionWith(spec.Hold ? second : []);
    }

    public OracleLeg Answer() => new(leg, _matches, StillUnclear(), _alternatives);

    // Each pass is asked again among what it found ambiguous and nothing took since;
    // the first pass lists a record.
    List<OracleComponent> StillUnclear()
    {
        var listed = new List<OracleComponent>();
        foreach (var (pass, first, second) in _unclear)
        {
            var components = pass.Components([.. first.Intersect(_open[0]).Order()],
                [.. second.Intersect(_open[1]).Order()]);
            listed.AddRange(components.OrderBy(component => component.First[0]));
            _open[0].ExceptWith(components.SelectMany(component => component.First));
            _open[1].ExceptWith(components.SelectMany(component => component.Second));
        }

        return listed;
    }
}
