// The slow, obvious choice among sets of one record of each of three sources.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>What each tie makes of all sets that meet every condition.</summary>
sealed class OracleTuples(Book book, PassSpec pass, List<int[]> tuples)
{
    static readonly Comparer<int[]> ByRows = Comparer<int[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    public OracleChoice Choose() => pass.Tie.Kind switch
    {
        TieKind.Ask => Ask(),
        TieKind.Best => Best(),
        TieKind.Closest => new(InTurn(tuples.OrderBy(Distance, OraclePass.ByDistance).ThenBy(rows => rows, ByRows)), [], 0),
        _ => new(InTurn(tuples.OrderBy(Places, ByRows)), [], 0),
    };

    OracleChoice Ask()
    {
        var choice = new OracleChoice([], [], 0);
        foreach (var rows in OracleSeveral.Connected(tuples).Select(OracleSeveral.RowsOf))
        {
            if (rows.Select((own, side) => own.All(row => Same(side, own[0], row))).All(same => same))
            {
                choice.Matches.AddRange(Enumerable.Range(0, rows.Min(own => own.Count)).Select(k => rows.Select(own => own[k]).ToArray()));
            }
            else
            {
                choice.Ambiguous.AddRange(Members(rows));
            }
        }

        return choice;
    }

    // Each set in turn, unless one of its records is taken.
    static List<int[]> InTurn(IEnumerable<int[]> sorted)
    {
        var taken = new List<int[]>();
        foreach (var tuple in sorted)
        {
            if (!taken.Exists(other => Overlap(tuple, other)))
            {
                taken.Add(tuple);
            }
        }

        return taken;
    }

    OracleChoice Best()
    {
        var choice = new OracleChoice([], [], 0);
        foreach (var component in OracleSeveral.Connected(tuples))
        {
            var all = ChoicesOf(component.OrderBy(rows => rows, ByRows).ToList(), 0, []);
            var most = all.Where(each => each.Count == all.Max(other => other.Count)).ToList();
            var least = most.Select(Total).Min(OraclePass.ByDistance)!;
            var best = most.Where(each => OraclePass.ByDistance.Compare(Total(each), least) == 0).ToList();
            var isOnly = best.Select(Signature).Distinct().Count() == 1;
            if (!isOnly && pass.Tie.UnlessAmbiguous)
            {
                choice.Ambiguous.AddRange(Members(OracleSeveral.RowsOf(component)));
                continue;
            }

            choice = choice with { Alternatives = choice.Alternatives + (isOnly ? 0 : 1) };
            choice.Matches.AddRange(best.MinBy(List, ByRows)!);
        }

        return choice;
    }

    // Every choice of sets that share no record: each set is taken or not.
    static List<List<int[]>> ChoicesOf(List<int[]> sorted, int place, List<int[]> taken)
    {
        if (place == sorted.Count)
        {
            return [taken];
        }

        var without = ChoicesOf(sorted, place + 1, taken);
        return taken.Exists(other => Overlap(sorted[place], other))
            ? without
            : [.. ChoicesOf(sorted, place + 1, [.. taken, sorted[place]]), .. without];
    }

    static int[] List(List<int[]> choice) => [.. choice.SelectMany(rows => rows)];

    List<ExactNumber> Total(List<int[]> choice) => choice.Select(Distance).Aggregate((List<ExactNumber>)[], (sum, each) =>
        sum.Count == 0 ? each : [.. sum.Zip(each, (x, y) => x + y)]);

    string Signature(List<int[]> choice) => string.Join(' ', choice
        .Select(rows => string.Join('-', rows.Select((row, side) => Enumerable.Range(0, row + 1).First(other => Same(side, other, row)))))
        .Order(StringComparer.Ordinal));

    List<ExactNumber> Distance(int[] rows) => [.. pass.Comparisons.SelectMany(each =>
    {
        var pair = pass.Pairs.Single(pair => pair.Comparisons.Contains(each));
        var alone = new OraclePass(book, pair with { Comparisons = [each] }, [.. pair.Leg.Names.Select(book.Table)], SmallRules.Instance);
        return alone.PairDistance(rows[pass.Leg.SideOf(pair.Leg.Names[0])], rows[pass.Leg.SideOf(pair.Leg.Names[1])]);
    })];

    // The place of each record of a set in the order of its side.
    int[] Places(int[] rows) => [.. rows.Select((row, side) =>
        Enumerable.Range(0, book.Table(pass.Leg.Names[side]).Count).Count(other => IsBefore(side, other, row)))];

    bool IsBefore(int side, int row, int other)
    {
        var (newest, field) = (pass.Tie.Kind == TieKind.Newest, pass.Tie.SideFields[side]);
        if (field == "id")
        {
            return newest ? row > other : row < other;
        }

        var column = book.Table(pass.Leg.Names[side]).Column(field);
        if (column.IsNull(row) || column.IsNull(other))
        {
            return column.IsNull(row) == column.IsNull(other) ? row < other : column.IsNull(other);
        }

        var (value, otherValue) = (Value(row), Value(other));
        return value == otherValue ? row < other : newest ? value > otherValue : value < otherValue;

        long Value(int of) => column is DateColumn dates ? dates.DayNumber(of) : ((InstantColumn)column).Ticks(of);
    }

    static bool Overlap(int[] tuple, int[] other) => tuple.Zip(other).Any(rows => rows.First == rows.Second);

    static IEnumerable<(int Side, int Row)> Members(List<List<int>> rows) => rows.SelectMany((own, side) => own.Select(row => (side, row)));

    bool Same(int side, int row, int other) => Interchange.Same(book.Pack, pass, book.Table(pass.Leg.Names[side]), row, other);
}

/// <summary>What a tie chose, what it leaves to people, and of how many components another choice was as good.</summary>
sealed record OracleChoice(List<int[]> Matches, List<(int Side, int Row)> Ambiguous, int Alternatives);
