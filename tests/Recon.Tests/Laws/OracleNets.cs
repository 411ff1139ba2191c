// The slow, obvious netting: every record against every other, and every key as a whole.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>One pass over the records of one source that cancel.</summary>
sealed class OracleNets(Book book, PassSpec pass, ICompiledRules rules)
{
    static readonly int[] Signs = [1, 0, -1];

    readonly RecordTable _table = book.Table(pass.Left.Name);
    readonly OraclePass _pairs = new(book, pass, [book.Table(pass.Left.Name), book.Table(pass.Left.Name)], rules);
    readonly Comparison _first = pass.Comparisons.First(each => each.Tolerance is AmountTolerance);

    public IEnumerable<int> Rows => Enumerable.Range(0, _table.Count);

    public (List<OracleMatch> Matches, List<int> Ambiguous) Run(List<int> rows)
    {
        rows = [.. rows.Where(Holds)];
        if (pass.Kind == PassKind.NetGroup)
        {
            return (Groups(rows), []);
        }

        Alternatives = 0;
        var answers = Sides(rows).Select(sides => Pairs(sides.First, sides.Second)).ToList();
        var matches = answers.SelectMany(answer => answer.Matches).Select(match => Joined(match.First, match.Second));
        var ambiguous = answers.SelectMany(answer => answer.Ambiguous).SelectMany(each => each.First.Concat(each.Second));
        return ([.. matches.OrderBy(match => match.First[0])], [.. ambiguous]);
    }

    /// <summary>Components of the run of which another choice was as good.</summary>
    public int Alternatives { get; private set; }

    (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) Pairs(List<int> first, List<int> second)
    {
        var (matches, ambiguous, _) = _pairs.Run(first, second);
        Alternatives += _pairs.Alternatives;
        return (matches, ambiguous);
    }

    public IEnumerable<OracleComponent> Components(List<int> rows) => Sides(rows)
        .SelectMany(sides => _pairs.Components(sides.First, sides.Second))
        .Select(each => new OracleComponent(pass.Index, [.. each.First.Concat(each.Second).Order()], [], each.Edges))
        .OrderBy(each => each.First[0]);

    OracleMatch Joined(IEnumerable<int> some, IEnumerable<int> others) => new(pass.Index, [.. some.Concat(others).Order()], []);

    // Plus against minus; with a reference the records that have none against those that have one, of opposite sign or both 0.
    IEnumerable<(List<int> First, List<int> Second)> Sides(List<int> rows) => pass.Reference is null
        ? [([.. rows.Where(row => Sign(row) > 0)], [.. rows.Where(row => Sign(row) < 0)])]
        : Signs.Select(sign => (
            rows.Where(row => !Names(row) && Sign(row) == sign).ToList(),
            rows.Where(row => Names(row) && Sign(row) == -sign).ToList()));

    bool Names(int row) => !_table.Column(pass.Reference!.RightField).IsNull(row);

    bool Holds(int row)
    {
        var holds = new bool[1];
        if (pass.When is { } when)
        {
            rules.Record(when)(_table, [row], holds);
        }

        return pass.When is null || holds[0];
    }

    int? Sign(int row) => Amount(_first, row) is { } amount ? amount.Number.Sign : null;

    Money? Amount(Comparison comparison, int row)
    {
        Money? sum = null;
        foreach (var term in comparison.Left.Terms)
        {
            var column = _table.Money(term.Field);
            if (column.IsNull(row) || (sum is { } known && known.CurrencyCode != column.Money(row).CurrencyCode))
            {
                return null;
            }

            var value = term.Minus ? -column.Money(row) : column.Money(row);
            sum = sum is null ? value : sum.Value + value;
        }

        return sum;
    }

    List<OracleMatch> Groups(List<int> rows)
    {
        var left = rows.Where(TakesPart).ToList();
        var matches = new List<OracleMatch>();
        while (left.Count > 0)
        {
            var group = left.Where(row => SameKey(left[0], row)).ToList();
            if (group.Exists(row => Sign(row) > 0) && group.Exists(row => Sign(row) < 0) && pass.Comparisons.All(each => Within(each, group)))
            {
                matches.Add(Joined(group, []));
            }

            left.RemoveAll(group.Contains);
        }

        return matches;
    }

    // Whatever is equal to itself: it has all it is asked for.
    bool TakesPart(int row) => SameKey(row, row) && pass.Comparisons.All(each => each.Tolerance is AmountTolerance amount
        ? Amount(each, row) is { } own && (amount.Currency is null || own.CurrencyCode == amount.Currency)
        : Time(each, row) is not null);

    bool SameKey(int row, int other) => pass.Key.All(pair =>
    {
        var (own, its) = (KeyField(pair, row), KeyField(pair, other));
        var (x, y) = (_table.Column(own), _table.Column(its));
        return x.IsNull(row) || y.IsNull(other)
            ? pair.NullsEqual && x.IsNull(row) && y.IsNull(other)
            : x.ValueEquals(row, y, other);
    }) && Amount(_first, row)?.CurrencyCode == Amount(_first, other)?.CurrencyCode;

    string KeyField(KeyPair pair, int row) => pair == pass.Reference && Names(row) ? pair.RightField : pair.LeftField;

    bool Within(Comparison comparison, List<int> group)
    {
        if (comparison.Tolerance is AmountTolerance amount)
        {
            var total = group.Select(row => Amount(comparison, row)!.Value).Aggregate((sum, each) => sum + each).Number;
            return OracleTolerances.Allows(amount, ExactNumber.Zero, total);
        }

        var times = group.Select(row => Time(comparison, row)!.Value).ToList();
        return times.Max() - times.Min() <= (comparison.Tolerance is DayTolerance days
            ? days.To
            : ((ElapsedTolerance)comparison.Tolerance!).To.Ticks);
    }

    long? Time(Comparison comparison, int row)
    {
        var column = _table.Column(comparison.Left.Terms[0].Field);
        if (column.IsNull(row))
        {
            return null;
        }

        if (comparison.Tolerance is ElapsedTolerance)
        {
            return ((InstantColumn)column).Ticks(row);
        }

        var day = column is DateColumn dates
            ? dates.Date(row)
            : ((InstantColumn)column).Instant(row).DateIn(_table.Source.TimeZone);
        return ((DayTolerance)comparison.Tolerance!).Calendar is { } calendar
            ? Matching.Books.Calendars[calendar].Index(day)
            : day.DayNumber;
    }
}
