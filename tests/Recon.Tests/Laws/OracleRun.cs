// The oracle over a whole pack: its passes one after the other, each over what the ones before left open.
using Recon.Model;
using Recon.Model.Columns;
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
        _legs[pass.Leg.Index].Add(matches);
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
sealed class OracleLegState(Book book, LegSpec leg, Dictionary<(string Source, string Id), int> names)
{
    static readonly int[] Signs = [1, -1];

    readonly RecordTable[] _tables = [.. leg.Names.Select(book.Table)];
    readonly HashSet<int>[] _open = [.. leg.Names.Select(name => Enumerable.Range(0, book.Table(name).Count).ToHashSet())];
    readonly HashSet<int>[] _held = [.. leg.Names.Select(_ => new HashSet<int>())];
    readonly List<OracleMatch> _matches = [];
    readonly List<OracleComponent> _ofOneSource = [];
    readonly List<Residual>[] _residuals = [.. leg.Names.Select(_ => new List<Residual>())];
    readonly List<(OraclePass Pass, List<(HashSet<int> First, HashSet<int> Second)> Parts)> _unclear = [];

    public LegSpec Leg => leg;

    public bool IsOpen(string source, int row) => _open[leg.SideOf(source)].Contains(row);

    public void Remove(string source, IEnumerable<int> rows) => _open[leg.SideOf(source)].ExceptWith(rows);

    public bool IsOffered(string source, int row) =>
        IsOpen(source, row) && !_held[leg.SideOf(source)].Contains(row);

    public void Hold(string source, IEnumerable<int> rows) => _held[leg.SideOf(source)].UnionWith(rows);

    public void Add(IEnumerable<OracleMatch> matches) => _matches.AddRange(matches);

    public void List(IEnumerable<OracleComponent> components) => _ofOneSource.AddRange(components);

    public bool IsListed(int row) => _ofOneSource.Exists(each => each.First.Contains(row));

    public void Run(PassSpec spec, ICompiledRules rules)
    {
        if (spec.Partial is not null)
        {
            _matches.AddRange(RunPartial(spec, rules).OrderBy(match => match.First[0]));
            return;
        }

        var pass = new OraclePass(book, spec, _tables, rules);
        var answer = pass.Run([.. _open[0].Except(_held[0]).Order()], [.. _open[1].Except(_held[1]).Order()]);
        _matches.AddRange(answer.Matches.OrderBy(match => match.First[0]));
        _open[0].ExceptWith(answer.Matches.SelectMany(match => match.First));
        _open[1].ExceptWith(answer.Matches.SelectMany(match => match.Second));
        HashSet<int> first = [.. answer.Ambiguous.SelectMany(each => each.First)];
        HashSet<int> second = [.. answer.Ambiguous.SelectMany(each => each.Second)];
        _unclear.Add((pass, [(first, second)]));
        _held[0].UnionWith(spec.Hold ? first : []);
        _held[1].UnionWith(spec.Hold ? second : []);
    }

    public List<Residual> Residuals(int side) => _residuals[side];

    // Both signs by themselves, again and again over what is left.
    List<OracleMatch> RunPartial(PassSpec spec, ICompiledRules rules)
    {
        var split = spec.Comparisons.First(each => each is { Tolerance: AmountTolerance, Left.Kind: FieldKind.Money });
        var tolerance = (AmountTolerance)split.Tolerance!;
        var all = new AmountTolerance(new ExactNumber(ExactNumber.MaxUnits, 0), new ExactNumber(ExactNumber.MaxUnits, 0), tolerance.Currency);
        var wide = spec with { Comparisons = [.. spec.Comparisons.Select(each => each == split ? each with { Tolerance = all } : each)] };
        string[] fields = [.. leg.Names.Select(name => (split.Left.Source == name ? split.Left : split.Right).Terms[0].Field)];
        var matches = new List<OracleMatch>();
        for (var round = 1; ; round++)
        {
            var pass = new OraclePass(book, wide, _tables, rules);
            var parts = Signs.Select(sign => (First: Of(0, sign), Second: Of(1, sign))).ToList();
            var answers = parts.Select(part => pass.Run(part.First, part.Second)).ToList();
            var found = answers.SelectMany(answer => answer.Matches).ToList();
            matches.AddRange(found);
            _open[0].ExceptWith(found.SelectMany(match => match.First));
            _open[1].ExceptWith(found.SelectMany(match => match.Second));
            var left = found.Select(match => Left(match.First[0], match.Second[0])).OfType<(int Side, Residual Residual)>().ToList();
            Add(left);
            if (left.Count == 0 || round == spec.Partial)
            {
                var unclear = answers.Select(answer => (
                    answer.Ambiguous.SelectMany(each => each.First).ToHashSet(),
                    answer.Ambiguous.SelectMany(each => each.Second).ToHashSet())).ToList();
                _unclear.Add((pass, unclear));
                unclear.ForEach(part =>
                {
                    _held[0].UnionWith(spec.Hold ? part.Item1 : []);
                    _held[1].UnionWith(spec.Hold ? part.Item2 : []);
                });
                return matches;
            }
        }

        List<int> Of(int side, int sign) => [.. _open[side].Except(_held[side]).Order().Where(row =>
            !_tables[side].Money(fields[side]).IsNull(row) && _tables[side].Money(fields[side]).Number(row).Sign == sign
            && (!_tables[side].Origins.Residuals.TryGetValue(row, out var known) || known.Depth < spec.Partial))];

        (int, Residual)? Left(int first, int second)
        {
            var (a, b) = (_tables[0].Money(fields[0]).Money(first), _tables[1].Money(fields[1]).Money(second));
            var (x, y) = spec.Left.Name == leg.Names[0] ? (a, b) : (b, a);
            if (OracleTolerances.Allows(tolerance, x.Number, y.Number))
            {
                return null;
            }

            var side = a.Number.Abs() > b.Number.Abs() ? 0 : 1;
            var row = side == 0 ? first : second;
            var before = _tables[side].Origins.Residuals.GetValueOrDefault(row);
            var id = before?.Record ?? _tables[side].Id(row);
            names.TryGetValue((leg.Names[side], id), out var last);
            names[(leg.Names[side], id)] = last + 1;
            return (side, new Residual(
                before is null ? row : _residuals[side].Single(each => each.Of.Id == _tables[side].Id(row)).Root, row,
                new ResidualOf(id, last + 1, (before?.Depth ?? 0) + 1, [fields[side]]), side == 0 ? a - b : b - a, spec.Index));
        }
    }

    void Add(List<(int Side, Residual Residual)> left)
    {
        foreach (var (side, residual) in left.OrderBy(each => each.Residual.Split))
        {
            _open[side].Add(_tables[side].Count);
            _tables[side] = _tables[side].With([residual]);
            _residuals[side].Add(residual);
        }
    }

    public OracleLeg Answer() => new(leg, _matches, [.. _ofOneSource, .. StillUnclear()], [.. _residuals.SelectMany(side => side)]);

    // Each pass is asked again among what it found ambiguous and nothing took since;
    // the first pass lists a record.
    List<OracleComponent> StillUnclear()
    {
        var listed = new List<OracleComponent>();
        foreach (var (pass, parts) in _unclear)
        {
            var components = parts.SelectMany(part => pass.Components([.. part.First.Intersect(_open[0]).Order()],
                [.. part.Second.Intersect(_open[1]).Order()])).ToList();
            listed.AddRange(components.OrderBy(component => component.First[0]));
            _open[0].ExceptWith(components.SelectMany(component => component.First));
            _open[1].ExceptWith(components.SelectMany(component => component.Second));
        }

        return listed;
    }
}
