// The oracle of partial passes: round after round over what the rounds before left.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

sealed partial class OracleLegState
{
    readonly List<Residual>[] _residuals = [.. leg.Names.Select(_ => new List<Residual>())];

    // Amounts of both signs by themselves, as if any two of them met.
    void RunInRounds(PassSpec spec, ICompiledRules rules)
    {
        var split = spec.Comparisons.First(each => each is { Tolerance: AmountTolerance, Left.Kind: FieldKind.Money });
        var all = new ExactNumber(ExactNumber.MaxUnits, 0);
        var wide = spec with
        {
            Comparisons = [.. spec.Comparisons.Select(each => each == split
                ? each with { Tolerance = new AmountTolerance(all, all, ((AmountTolerance)split.Tolerance!).Currency) }
                : each)],
        };
        var (matches, alternatives) = (new List<OracleMatch>(), 0);
        for (var round = 1; ; round++)
        {
            var pass = new OraclePass(book, wide, [.. _tables], rules);
            var (found, ambiguous) = (new List<OracleMatch>(), new List<OracleComponent>());
            foreach (var sign in new[] { 1, -1 })
            {
                var answer = pass.Run(Offered(spec, split, 0, sign), Offered(spec, split, 1, sign));
                found.AddRange(answer.Matches);
                ambiguous.AddRange(answer.Ambiguous);
                alternatives += pass.Alternatives;
            }

            matches.AddRange(found);
            _open[0].ExceptWith(found.SelectMany(match => match.First));
            _open[1].ExceptWith(found.SelectMany(match => match.Second));
            var left = found.OrderBy(match => match.First[0])
                .Select(match => Left(spec, split, match.First[0], match.Second[0])).OfType<(int Side, Residual Residual)>().ToList();
            Append(left);
            if (left.Count == 0 || round == spec.Partial)
            {
                _matches.AddRange(matches.OrderBy(match => match.First[0]));
                _alternatives.Add((spec.Index, alternatives));
                Leave(spec, (first, second) => OfBothSigns(pass, split, first, second),
                    [.. ambiguous.SelectMany(each => each.First)], [.. ambiguous.SelectMany(each => each.Second)], []);
                return;
            }
        }
    }

    List<OracleComponent> OfBothSigns(OraclePass pass, Comparison split, List<int> first, List<int> second) =>
    [
        .. new[] { 1, -1 }.SelectMany(sign => pass.Components(
            first.FindAll(row => SignOf(split, 0, row) == sign), second.FindAll(row => SignOf(split, 1, row) == sign))),
    ];

    // What was split as often as the pass allows takes no part.
    List<int> Offered(PassSpec spec, Comparison split, int side, int sign) =>
    [
        .. _open[side].Except(_held[side]).Order().Where(row => SignOf(split, side, row) == sign
            && (_tables[side].Origins.Residuals.GetValueOrDefault(row)?.Depth ?? 0) < spec.Partial),
    ];

    int? SignOf(Comparison split, int side, int row) => AmountOf(split, side, row) is { } amount ? amount.Number.Sign : null;

    Money? AmountOf(Comparison split, int side, int row) =>
        _tables[side].Money(FieldOf(split, side)) is var column && column.IsNull(row) ? null : column.Money(row);

    string FieldOf(Comparison split, int side) =>
        (split.Left.Source == leg.Names[side] ? split.Left : split.Right).Terms[0].Field;

    (int Side, Residual Residual)? Left(PassSpec spec, Comparison split, int first, int second)
    {
        var (a, b) = (AmountOf(split, 0, first)!.Value, AmountOf(split, 1, second)!.Value);
        var (x, y) = spec.Left.Name == leg.Names[0] ? (a, b) : (b, a);
        if (OracleTolerances.Allows((AmountTolerance)split.Tolerance!, x.Number, y.Number))
        {
            return null;
        }

        var side = a.Number.Abs() > b.Number.Abs() ? 0 : 1;
        var (row, rest) = side == 0 ? (first, a - b) : (second, b - a);
        var before = _tables[side].Origins.Residuals.GetValueOrDefault(row);
        var root = row < book.Table(leg.Names[side]).Count ? row : _residuals[side].Single(each => each.Of == before).Root;
        var field = FieldOf(split, side);
        var id = before?.Record ?? _tables[side].Id(row);
        string[] fields = [.. before?.Fields.Where(other => other != field) ?? [], field];
        return (side, new Residual(root, row, new ResidualOf(id, Number(side, id, before), (before?.Depth ?? 0) + 1, fields), rest, spec.Index));
    }

    // The first that no record of the source has, and none that was given before.
    int Number(int side, string id, ResidualOf? before)
    {
        var source = book.Table(leg.Names[side]);
        var taken = Enumerable.Range(0, source.Count).Select(source.Id).ToHashSet(StringComparer.Ordinal);
        names.TryGetValue((source.Name, id), out var last);
        var number = Math.Max(last, before?.Number ?? 0) + 1;
        while (taken.Contains($"{id}/{number}"))
        {
            number++;
        }

        names[(source.Name, id)] = number;
        return number;
    }

    void Append(List<(int Side, Residual Residual)> left)
    {
        foreach (var (side, residual) in left.OrderBy(each => each.Residual.Split))
        {
            _open[side].Add(_tables[side].Count);
            _tables[side] = Longer(_tables[side], residual);
            _residuals[side].Add(residual);
        }
    }

    // One row more, in canonical text.
    static RecordTable Longer(RecordTable table, Residual residual)
    {
        int[] rows = [.. Enumerable.Range(0, table.Count), residual.Split];
        var columns = table.Source.Fields.Select(field => field.Name == residual.Of.Fields[^1]
            ? Books.Column(field.Kind, [.. rows[..^1].Select(table.Column(field.Name).Display), residual.Amount.ToString()])
            : Books.Column(field.Kind, rows.Select(table.Column(field.Name).Display))).ToList();
        var ids = Books.Column(FieldKind.Text, [.. rows[..^1].Select(table.Id), residual.Of.Id]);
        var origins = table.Origins;
        return new RecordTable(table.Source, (TextColumn)ids, columns, new RowOrigins(
            origins.Raw,
            [.. rows.Select(row => origins.RawTableOf![row])],
            [.. rows.Select(row => origins.RawRowOf[row])],
            [.. rows.Select(origins.IsCarried)])
        {
            Residuals = new Dictionary<int, ResidualOf>(origins.Residuals) { [table.Count] = residual.Of },
        });
    }
}
