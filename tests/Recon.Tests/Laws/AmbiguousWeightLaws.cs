// The law of what an ambiguous break weighs: whichever admissible choice people make among its records, so much is left over.
using CsCheck;
using Recon.Judging;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

/// <summary>
/// An admissible choice takes pairs, groups or answers that share no record. What it takes leaves its difference over, and every record
/// that it does not take its amount.
/// </summary>
public sealed class AmbiguousWeightLaws
{
    // Every choice among so many is weighed; of more the first.
    const int MostWeighed = 10;

    [Fact]
    public void Every_admissible_choice_leaves_over_what_the_break_weighs()
    {
        var weighed = 0;
        SmallBooks.Books.Holds(
            given =>
            {
                var book = given with { Pack = given.Pack with { Classes = [Matching.Books.Class("rest", new BreakCondition.Any(), null)] } };
                var found = book.Match(rules: SmallRules.Instance);
                var breaks = Judged(book, found);
                foreach (var leg in found.Legs.Where(leg => leg.Leg.Names.Count == 2))
                {
                    foreach (var component in leg.Ambiguous.Where(each => !each.IsCapped))
                    {
                        Interlocked.Add(ref weighed, Check(book, leg, component, breaks));
                    }
                }
            });
        Assert.True(weighed > Law.Books / 400, $"only {weighed} components were weighed");
    }

    static int Check(Book book, LegMatches leg, AmbiguousComponent component, IReadOnlyList<Break> breaks)
    {
        var pass = book.Pack.Passes[component.Pass];
        RecordTable[] tables = [.. leg.Leg.Names.Select((name, side) => leg.TableOf(side, book.Table(name)))];
        var records = component.Rows.SelectMany((rows, side) => rows.Select(row => new RecordId(tables[side].Name, tables[side].Id(row)))).ToHashSet();
        var value = breaks.Single(item => item.Kind == BreakKind.Ambiguous && item.Leg.SequenceEqual(leg.Leg.Names) && records.SetEquals(item.Records)).Value;
        if (Facing(pass) is not var (left, right) || leg.Leg.SideOf(left.Source) is not (>= 0 and var leftSide)
            || Amounts(left, tables[leftSide], component.Rows[leftSide]) is not { } ofLeft
            || Amounts(right, tables[1 - leftSide], component.Rows[1 - leftSide]) is not { } ofRight
            || ofLeft.Values.Concat(ofRight.Values).Select(money => money.Currency).Distinct().Count() != 1)
        {
            return 0;
        }

        var (totalLeft, totalRight) = (Sum(ofLeft.Values), Sum(ofRight.Values));
        foreach (var choice in Choices([.. Events(pass, component, leftSide).Take(MostWeighed)]))
        {
            var taken = choice.Select(each => Sum(each.Right.Select(row => ofRight[row])) - Sum(each.Left.Select(row => ofLeft[row])));
            var alone = ofRight.Where(each => !choice.Exists(of => of.Right.Contains(each.Key))).Select(each => each.Value.Number)
                .Concat(ofLeft.Where(each => !choice.Exists(of => of.Left.Contains(each.Key))).Select(each => -each.Value.Number));
            var over = Sum([.. taken, .. alone]);
            Assert.Equal(totalLeft.Abs() > totalRight.Abs() ? -over : over, Assert.Single(value).Number);
        }

        return 1;
    }

    // The first money that faces each other, else the first of the key.
    static (Operand Left, Operand Right)? Facing(PassSpec pass) => pass.Comparisons.Where(each => each.Left.Kind == FieldKind.Money)
        .Select(each => ((Operand, Operand)?)(each.Left, each.Right))
        .Concat(pass.Key.Where(pair => pass.Left.Field(pair.LeftField).Kind == FieldKind.Money)
            .Select(pair => ((Operand, Operand)?)(Matching.Books.Operand(pass.Left, pair.LeftField), Matching.Books.Operand(pass.Right, pair.RightField))))
        .FirstOrDefault();

    // By row; null where one has none.
    static Dictionary<int, Money>? Amounts(Operand operand, RecordTable table, IReadOnlyList<int> rows)
    {
        var amounts = new Dictionary<int, Money>();
        foreach (var row in rows)
        {
            var terms = operand.Terms.Where(term => !table.Column(term.Field).IsNull(row))
                .Select(term => term.Minus ? -table.Money(term.Field).Money(row) : table.Money(term.Field).Money(row)).ToList();
            if (terms.Count < operand.Terms.Count || terms.DistinctBy(money => money.Currency).Count() > 1)
            {
                return null;
            }

            amounts.Add(row, terms.Aggregate((sum, each) => sum + each));
        }

        return amounts;
    }

    // What can be taken as one: a pair, a record with its group, or an answer of a search.
    static IEnumerable<Event> Events(PassSpec pass, AmbiguousComponent component, int leftSide)
    {
        if (pass.Search is not null)
        {
            return component.Answers.Select(answer => new Event([.. answer.Rows[leftSide]], [.. answer.Rows[1 - leftSide]]));
        }

        var pairs = component.Edges.Select(edge => leftSide == 0
            ? (Left: edge.First.Row, Right: edge.Second.Row)
            : (Left: edge.Second.Row, Right: edge.First.Row));
        return pass.Cardinality switch
        {
            Cardinality.OneToMany => pairs.GroupBy(pair => pair.Left).Select(group => new Event([group.Key], [.. group.Select(pair => pair.Right)])),
            Cardinality.ManyToOne => pairs.GroupBy(pair => pair.Right).Select(group => new Event([.. group.Select(pair => pair.Left)], [group.Key])),
            _ => pairs.Select(pair => new Event([pair.Left], [pair.Right])),
        };
    }

    static List<List<Event>> Choices(Event[] events) => events.Aggregate(new List<List<Event>> { new() }, (choices, next) =>
    [
        .. choices,
        .. choices.Where(choice => !choice.Exists(other => other.Left.Overlaps(next.Left) || other.Right.Overlaps(next.Right)))
            .Select(choice => (List<Event>)[.. choice, next]),
    ]);

    static ExactNumber Sum(IEnumerable<ExactNumber> numbers) => numbers.Aggregate(ExactNumber.Zero, (sum, each) => sum + each);

    static ExactNumber Sum(IEnumerable<Money> amounts) => Sum(amounts.Select(money => money.Number));

    static IReadOnlyList<Break> Judged(Book book, MatchSet found) => Judge.Decide(
        new JudgingInput(
            book.Pack, book.Tables, found, Recon.Matching.MatchScope.Everything(book.Pack).SettledRows, new DateOnly(2026, 4, 8), SmallRules.Instance,
            Matching.Books.Calendars, new Dictionary<(int, RecordId), EarlierBreak>(), new Dictionary<string, bool>(), BarAuto: null)
        {
            Rates = Matching.Books.Rates,
        },
        CancellationToken.None).Breaks;

    /// <summary>Records that one choice joins.</summary>
    sealed record Event(HashSet<int> Left, HashSet<int> Right);
}
