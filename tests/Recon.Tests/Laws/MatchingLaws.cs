// The laws of matching, one property a method, over random small books.
using CsCheck;
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Testing;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class MatchingLaws
{
    static readonly WorkCut Tiny = new(ChunkRows: 3, PartitionRows: 1, RoundRows: 4);

    // Small books are too small for an index of texts unless it is asked for.
    static readonly WorkCut Indexed = WorkCut.Default with { FewTexts = 0 };

    [Fact]
    public void The_fast_matcher_equals_the_oracle() => SmallBooks.Books.Holds(
        book =>
        {
            var expected = Lines(Oracle.Match(book, SmallRules.Instance));
            BookText.AssertSame(book, expected, Lines(Match(book)));
            BookText.AssertSame(book, expected, Lines(Match(book, Options with { Cut = Indexed })));
        });

    [Fact]
    public void Threads_partitions_and_seeds_change_nothing() =>
        Gen.Select(SmallBooks.Books, Gen.Int[1, 4], Gen.Long).Holds(
        (book, threads, seed) =>
        {
            var options = Matching.Books.Options(threads, SmallRules.Instance, seed) with { Cut = Tiny };
            Assert.Equal(All(Match(book)), All(Match(book, options)));
        });

    [Fact]
    public void Swapping_the_sides_of_a_join_changes_nothing() => SmallBooks.Books.Holds(
        book => Assert.Equal(All(Match(book)), All(Match(Swapped(book)))));

    [Fact]
    public void Declaring_the_sources_in_the_reverse_order_changes_nothing() => SmallBooks.Books.Where(HangsOnNoOrder).Holds(
        book => Assert.Equal(Members(book, Match(book)), Members(Redeclared(book), Match(Redeclared(book)))));

    [Fact]
    public void A_record_is_in_at_most_one_match_and_else_open() => SmallBooks.Books.Holds(
        book =>
        {
            var found = Match(book);
            foreach (var leg in found.Legs)
            {
                for (var side = 0; side < leg.Leg.Sources.Count; side++)
                {
                    var table = book.Table(leg.Leg.Names[side]);
                    var matchOf = leg.MatchOfRow(side, table.Count);
                    var left = found.DuplicatesOf(table.Source.Index, table.Count) ?? new bool[table.Count];
                    foreach (var row in found.Legs.Where(other => other != leg && other.Leg.Names is [var only] && only == table.Name)
                        .SelectMany(other => other.MembersOf(0).Rows))
                    {
                        left[row] = true;
                    }

                    Assert.All(Enumerable.Range(0, table.Count), row => Assert.True(!left[row]
                        ? leg.TakenBy(side, row) == -1
                        : leg.TakenBy(side, row) >= 0 && matchOf[row] == -1));
                    var listed = leg.Ambiguous.SelectMany(each => each.Rows[side]).ToList();
                    Assert.Equal(listed.Count, listed.Distinct().Count());
                    Assert.All(listed, row => Assert.True(matchOf[row] == -1 && leg.TakenBy(side, row) == -1));
                }
            }
        });

    [Fact]
    public void Amounts_by_currency_are_conserved_on_every_leg() => SmallBooks.Books.Holds(
        book =>
        {
            foreach (var leg in Match(book).Legs)
            {
                for (var side = 0; side < leg.Leg.Sources.Count; side++)
                {
                    var table = book.Table(leg.Leg.Names[side]);
                    var matchOf = leg.MatchOfRow(side, table.Count);
                    var matched = Enumerable.Range(0, leg.Count).SelectMany(match =>
                        leg.RowsOf(side, match).ToArray()).Where(row => row < table.Count);
                    var open = Enumerable.Range(0, table.Count).Where(row => matchOf[row] == -1);
                    Assert.Equal(Totals(table, Enumerable.Range(0, table.Count)),
                        Totals(table, matched.Concat(open)));
                }
            }
        });

    [Fact]
    public void What_a_partial_pass_matched_of_two_records_is_the_same_amount() => SmallBooks.Books.Holds(
        book =>
        {
            foreach (var leg in Match(book).Legs)
            {
                for (var match = 0; match < leg.Count; match++)
                {
                    var pass = book.Pack.Passes[leg.PassOf(match)];
                    if (pass.Partial is not null)
                    {
                        var (first, second) = (Part(book, leg, pass, 0, match), Part(book, leg, pass, 1, match));
                        Assert.True(first.Left || second.Left ? first.Amount == second.Amount : !first.Amount.IsZero);
                        Assert.Equal(first.Amount.Number.Sign, second.Amount.Number.Sign);
                    }
                }
            }
        });

    // What of a record a match holds: its amount less what is left of it.
    static (Money Amount, bool Left) Part(Book book, LegMatches leg, PassSpec pass, int side, int match)
    {
        var row = leg.RowsOf(side, match)[0];
        var name = leg.Leg.Names[side];
        var field = (pass.Split.Left.Source == name ? pass.Split.Left : pass.Split.Right).Terms[0].Field;
        var amount = leg.TableOf(side, book.Table(name)).Money(field).Money(row);
        var left = leg.ResidualsOf(side).SingleOrDefault(residual => residual.Split == row);
        Assert.True(left is null || (left.Amount.Number.Sign == amount.Number.Sign && left.Of.Depth <= pass.Partial));
        return (left is null ? amount : amount - left.Amount, left is not null);
    }

    [Fact]
    public void Counts_of_a_pass_are_those_of_its_matches() => SmallBooks.Books.Holds(
        book =>
        {
            foreach (var leg in Match(book).Legs)
            {
                foreach (var pass in leg.Passes)
                {
                    var matches = Enumerable.Range(0, leg.Count).Where(match =>
                        leg.PassOf(match) == pass.Pass).ToList();
                    Assert.Equal(matches.Count, pass.Matches);
                    Assert.Equal(
                        leg.Leg.Sources.Select((_, side) => matches.Sum(match => leg.RowsOf(side, match).Length)),
                        pass.Records);
                    Assert.True(pass.Matches <= pass.Fitting && pass.Fitting <= pass.Candidates);
                }
            }
        });

    [Fact]
    public void Matching_twice_gives_the_same_answer_and_nothing_new() => SmallBooks.Books.Holds(
        book =>
        {
            var found = Match(book);
            Assert.Equal(All(found), All(Match(book)));
            var settled = found.Legs.Select(leg => leg.Leg.Names.Select((name, side) =>
                leg.MatchOfRow(side, book.Table(name).Count).Select((match, row) =>
                    match != -1 || leg.TakenBy(side, row) != -1).Take(book.Table(name).Count).ToArray()).ToArray()).ToList();
            var again = Recon.Matching.Matcher.Match(
                book.Pack, book.Tables, new Recon.Matching.MatchScope(settled), Options,
                    CancellationToken.None);
            Assert.All(again.Legs, leg => Assert.All(
                Enumerable.Range(0, leg.Count),
                match => Assert.All(leg.RowsOf(0, match).ToArray().Where(row => row < settled[leg.Leg.Index][0].Length), row =>
                    Assert.False(settled[leg.Leg.Index][0]![row]))));
        });

    // Of equally good choices the smallest list of pairs is taken, and which that is hangs on the side it is read from.
    static bool HangsOnNoOrder(Book book) => book.Pack.Passes.All(pass => pass.Tie is not { Kind: TieKind.Best, UnlessAmbiguous: false });

    static Recon.Matching.MatchOptions Options => Matching.Books.Options(1, SmallRules.Instance);

    static MatchSet Match(Book book, Recon.Matching.MatchOptions? options = null) =>
        Recon.Matching.Matcher.Match(
        book.Pack, book.Tables, Recon.Matching.MatchScope.Everything(book.Pack), options ?? Options,
            CancellationToken.None);

    static Book Redeclared(Book book)
    {
        var pack = SwappedSources.Of(book.Pack);
        return new Book(pack, [.. pack.Sources.Select(source => book.Table(source.Name))
            .Select((table, i) => new RecordTable(pack.Sources[i], table.Ids, table.Columns, table.Origins))]);
    }

    // Matches and ambiguous components by the names of their members, whichever side is listed first.
    static List<string> Members(Book book, MatchSet found) =>
    [
        .. found.Legs.SelectMany(leg => Enumerable.Range(0, leg.Count)
            .Select(match => $"p{leg.PassOf(match)} {Names(book, leg, [.. leg.Leg.Sources.Select((_, side) => leg.RowsOf(side, match).ToArray())])}")
            .Concat(leg.Ambiguous.Select(each =>
                $"ambiguous p{each.Pass} {each.EdgeCount} {Names(book, leg, [.. each.Rows])}"))).Order(StringComparer.Ordinal),
    ];

    static string Names(Book book, LegMatches leg, params IReadOnlyList<int>[] rows) => string.Join(' ', rows
        .SelectMany((side, i) => side.Select(row => $"{leg.Leg.Names[i]}:{leg.TableOf(i, book.Table(leg.Leg.Names[i])).Id(row)}"))
        .Order(StringComparer.Ordinal));

    // Left and right of every pass change places; conditions are turned so that they mean the same.
    static Book Swapped(Book book) => book with
    {
        Pack = book.Pack with { Passes = [.. book.Pack.Passes.Select(Swapped)] },
    };

    // A pass that nets has no left and right: it has what is reversed and what reverses it.
    static PassSpec Swapped(PassSpec pass) => pass.IsNet ? pass : pass with
    {
        Left = pass.Right,
        Right = pass.Left,
        Cardinality = pass.Cardinality switch
        {
            Cardinality.OneToMany => Cardinality.ManyToOne,
            Cardinality.ManyToOne => Cardinality.OneToMany,
            _ => pass.Cardinality,
        },
        Key = [.. pass.Key.Select(pair => new KeyPair(pair.RightField, pair.LeftField, pair.NullsEqual))],
        Comparisons = [.. pass.Comparisons.Select(each =>
            new Comparison(each.Name, each.Right, each.Left, Swapped(each.Tolerance)))],
        Tie = pass.Tie with { LeftField = pass.Tie.RightField, RightField = pass.Tie.LeftField },
    };

    static Tolerance? Swapped(Tolerance? tolerance) => tolerance switch
    {
        AmountTolerance amount => new AmountTolerance(
            amount.Over, amount.Under, amount.Currency, amount.Base switch
            {
                PercentBase.Left => PercentBase.Right,
                PercentBase.Right => PercentBase.Left,
                _ => amount.Base,
            })
        {
            Fx = amount.Fx,
        },
        DayTolerance days => new DayTolerance(-days.To, -days.From, days.Calendar),
        ElapsedTolerance elapsed => new ElapsedTolerance(-elapsed.To, -elapsed.From),
        ContainsTolerance contains => new ContainsTolerance(!contains.RightIsPart),
        PatternTolerance pattern => pattern with
        {
            Of = pattern.Of switch
            {
                PatternSides.Left => PatternSides.Right,
                PatternSides.Right => PatternSides.Left,
                _ => PatternSides.Both,
            },
        },
        SimilarityTolerance similarity => similarity with
        {
            Blocks = [.. similarity.Blocks.Select(block =>
                block is TextBlock.Field field ? new TextBlock.Field(field.Right, field.Left) : block)],
        },
        _ => tolerance,
    };

    static List<string> Totals(RecordTable table, IEnumerable<int> rows) =>
        [.. rows.Where(row =>
            !table.Column("amount").IsNull(row)).Select(row => table.Money("amount").Money(row))
            .GroupBy(money => money.Currency)
            .Select(group => group.Aggregate((sum, money) => sum + money).ToString())
            .Order(StringComparer.Ordinal)];

    internal static List<string> Lines(MatchSet found) => [.. found.Duplicates.Select(each => each.ToString()), .. found.Legs.SelectMany(leg =>
        Enumerable.Range(0, leg.Count)
            .Select(match => $"{leg.Leg} p{leg.PassOf(match)} "
                + string.Join(" = ", leg.Leg.Sources.Select((_, side) => Rows(leg.RowsOf(side, match).ToArray()))))
            .Concat(leg.Ambiguous.Select(each => Line(
                leg.Leg, each.Pass, each.Rows[0], each.Rows.Count > 1 ? each.Rows[1] : [],
                [.. each.Edges.Select(edge => (edge.First.Row, edge.Second.Row))], each.EdgeCount)
                + Search(each.IsCapped ? each.Cap : null, each.HasMoreAnswers, each.Answers.Select(answer =>
                    $"{Rows(answer.Rows[0])}={Rows(answer.Rows[1])}"))))
            .Concat(leg.Partials.Select(each => $"p{each.Pass} partial {string.Join(' ', each.Rows)}"))
            .Concat(leg.Passes.Where(pass => pass.Alternatives > 0).Select(pass => $"p{pass.Pass} {pass.Alternatives} alternatives"))
            .Concat(leg.Leg.Sources.SelectMany((_, side) => leg.ResidualsOf(side)).Select(Line)))];

    internal static List<string> Lines(OracleAnswer found) => [.. found.Duplicates.Select(each => each.ToString()), .. found.Legs.SelectMany(leg =>
        leg.Matches.Select(match => $"{leg.Leg} p{match.Pass} {Rows(match.First)}{(leg.Leg.Sources.Count == 1 ? "" : $" = {Rows(match.Second)}")}")
            .Concat(leg.Ambiguous.Select(each =>
                Line(leg.Leg, each.Pass, each.First, each.Second, each.Edges, each.Edges.Count)
                + Search(each.Cap, each.HasMore, each.Answers)))
            .Concat(leg.Alternatives.Where(each => each.Count > 0).Select(each => $"p{each.Pass} {each.Count} alternatives"))
            .Concat(leg.Residuals.Select(Line)))];

    static string Line(Residual left) =>
        $"{left.Of.Id} {left.Of.Depth} of {left.Split} from {left.Root}: {left.Amount} {string.Join(' ', left.Of.Fields)} by p{left.Pass}";

    // Which answers are listed where there are too many is no matter of meaning.
    static string Search(CapCause? cap, bool hasMore, IEnumerable<string> answers) =>
        cap is not null ? $" {cap}" : hasMore ? " more" : string.Concat(answers.Order(StringComparer.Ordinal).Select(answer => $" {answer}"));

    // An answer lists the first edges and counts the rest.
    static string Line(
        LegSpec leg, int pass, IReadOnlyList<int> first, IReadOnlyList<int> second,
            IReadOnlyList<(int, int)> edges, long count) =>
        $"{leg} ambiguous p{pass} {Rows(first)} ~ {Rows(second)}: {string.Join(' ', edges.Take(AmbiguousComponent.MaxEdges))} {count}";

    static string Rows(IReadOnlyList<int> rows) => string.Join(',', rows);

    internal static List<string> All(MatchSet found) =>
        [.. Lines(found), .. found.Legs.SelectMany(leg => leg.Passes).Select(pass =>
            $"{pass.Pass} {pass.Candidates} {pass.Fitting} {pass.Matches} {string.Join('+', pass.Records)} {pass.Capped} {pass.Alternatives}"),
            .. found.Legs.SelectMany(leg => leg.Unrated.SelectMany(side => side.OrderBy(row => row.Key))
                .Select(row => $"{row.Key} without a rate: p{row.Value.Pass} {row.Value.Record} {row.Value.Day}"))];
}
