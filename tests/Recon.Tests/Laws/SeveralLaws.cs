// Laws of passes over three sources.
using System.Collections.Concurrent;
using CsCheck;
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Testing;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class SeveralLaws
{
    [Fact]
    public void The_fast_matcher_equals_the_oracle() => SmallBooks.OfSeveral.Holds(
        book => Assert.Equal(OracleSeveral.Lines(book, SmallRules.Instance), OracleSeveral.Lines(book, Match(book))));

    // Always the same books: what is rare is in them, and not in every two thousand.
    const ulong SeedOfKinds = 1;

    [Fact]
    public void Every_kind_of_answer_occurs()
    {
        var reached = new ConcurrentDictionary<string, int>();
        Parallel.For(0, 2000, number =>
        {
            var book = SmallBooks.OfSeveral.Generate(new PCG((uint)number, SeedOfKinds), null, out _);
            var leg = Match(book).Legs.Single(each => each.Leg.Sources.Count == 3);
            _ = leg.Count > 0 && reached.TryAdd("match", 1);
            _ = leg.Ambiguous.Count > 0 && reached.TryAdd("ambiguous", 1);
            _ = leg.Passes.Any(pass => pass.Alternatives > 0) && reached.TryAdd("alternatives", 1);
            foreach (var match in Enumerable.Range(0, leg.Count))
            {
                var pass = book.Pack.Passes[leg.PassOf(match)];
                reached.TryAdd($"match by {pass.Tie.Kind}", 1);
                _ = pass.When is not null && reached.TryAdd("match by C#", 1);
            }

            leg.Partials.ToList().ForEach(partial => reached.TryAdd($"without {partial.Missing}", 1));
        });
        Assert.Equal(
            [
                "alternatives", "ambiguous", "match", "match by Ask", "match by Best", "match by C#", "match by Closest", "match by Newest",
                "match by Oldest", "without 0", "without 1", "without 2",
            ],
            reached.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Threads_and_seeds_change_nothing() => Gen.Select(SmallBooks.OfSeveral, Gen.Int[1, 4], Gen.Long).Holds(
        (book, threads, seed) => Assert.Equal(
            MatchingLaws.All(Match(book)),
            MatchingLaws.All(Match(book, Matching.Books.Options(threads, SmallRules.Instance, seed) with { Cut = new WorkCut(3, 1) }))));

    [Fact]
    public void Declaring_the_sources_in_the_reverse_order_changes_nothing() => SmallBooks.OfSeveral.Where(HangsOnNoOrder).Holds(
        book =>
        {
            var pack = SwappedSources.Of(book.Pack);
            var swapped = new Book(pack, [.. pack.Sources.Select(source => book.Table(source.Name))
                .Select((table, i) => new RecordTable(pack.Sources[i], table.Ids, table.Columns, table.Origins))]);
            Assert.Equal(Members(book, Match(book)), Members(swapped, Match(swapped)));
        });

    [Fact]
    public void A_record_is_matched_or_open_on_each_leg_and_in_one_match_at_most() => SmallBooks.OfSeveral.Holds(
        book =>
        {
            foreach (var leg in Match(book).Legs)
            {
                for (var side = 0; side < leg.Leg.Sources.Count; side++)
                {
                    var matchOf = leg.MatchOfRow(side, book.Table(leg.Leg.Names[side]).Count);
                    var listed = leg.Ambiguous.SelectMany(each => each.Rows[side])
                        .Concat(leg.Partials.Select(each => each.Rows[side]).Where(row => row >= 0)).ToList();
                    Assert.Equal(listed.Count, listed.Distinct().Count());
                    Assert.All(listed, row => Assert.True(matchOf[row] == -1 && leg.TakenBy(side, row) == -1));
                    Assert.All(Enumerable.Range(0, matchOf.Length), row => Assert.True(matchOf[row] == -1 || leg.TakenBy(side, row) == -1));
                }
            }
        });

    [Fact]
    public void A_key_without_budget_is_capped_and_nothing_is_guessed() => SmallBooks.OfSeveral.Holds(
        book =>
        {
            var options = Matching.Books.Options(1, SmallRules.Instance) with { Cut = WorkCut.Default with { BlockSteps = 0 } };
            foreach (var leg in Match(book, options).Legs.Where(each => each.Leg.Sources.Count == 3))
            {
                Assert.All(leg.Ambiguous, each => Assert.True(each.IsCapped && each.Rows.All(rows => rows.Count > 0)));
                Assert.All(Enumerable.Range(0, leg.Count), match => Assert.Equal(1, leg.RowsOf(0, match).Length));
            }
        });

    // Of three sources it matters which takes first, from which side the smallest list is read, and who stands where of equals.
    static bool HangsOnNoOrder(Book book) => book.Pack.Passes.All(pass => !pass.IsOfSeveral || pass.Tie.Kind == TieKind.Ask);

    static MatchSet Match(Book book, Recon.Matching.MatchOptions? options = null) => Recon.Matching.Matcher.Match(
        book.Pack, book.Tables, Recon.Matching.MatchScope.Everything(book.Pack),
        options ?? Matching.Books.Options(1, SmallRules.Instance), CancellationToken.None);

    // By the names of the members, whichever side is listed first.
    static List<string> Members(Book book, MatchSet found) =>
    [
        .. found.Legs.SelectMany(leg => Enumerable.Range(0, leg.Count)
            .Select(match => $"p{leg.PassOf(match)} " + Names(book, leg, [.. leg.Leg.Names.Select((_, side) => leg.RowsOf(side, match).ToArray())]))
            .Concat(leg.Ambiguous.Select(each => $"ambiguous p{each.Pass} {each.EdgeCount} {Names(book, leg, [.. each.Rows])}"))
            .Concat(leg.Partials.Select(each => $"partial p{each.Pass} "
                + Names(book, leg, [.. each.Rows.Select(row => row < 0 ? Array.Empty<int>() : [row])])))).Order(StringComparer.Ordinal),
    ];

    static string Names(Book book, LegMatches leg, IReadOnlyList<IReadOnlyList<int>> rows) => string.Join(' ', rows
        .SelectMany((side, i) => side.Select(row => $"{leg.Leg.Names[i]}:{book.Table(leg.Leg.Names[i]).Id(row)}"))
        .Order(StringComparer.Ordinal));
}
