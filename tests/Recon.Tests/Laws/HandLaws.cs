// The laws of what people match by hand and take apart, over random small books.
using CsCheck;
using Recon.Matching;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Acting;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class HandLaws
{
    [Fact]
    public void What_is_matched_by_hand_is_matched_and_all_else_is_as_if_it_had_been_settled_before() =>
        Gen.Select(SmallBooks.Books, Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99]).Holds(
            (book, one, other, more) =>
            {
                if (LegOf(book) is not { } leg)
                {
                    return;
                }

                var rows = leg.Names.Select((name, side) => RowsOf(book.Table(name).Count, side == 0 ? one : other, more)).ToArray();
                var index = book.Pack.Passes.Count;
                var byHand = book.Pack.Passes.First(pass => pass.Leg == leg) with { Id = "by-hand", Index = index, Kind = PassKind.ByHand, Partial = null };
                var pack = book.Pack with { Passes = [.. book.Pack.Passes, byHand] };
                var given = Matcher.Match(
                    pack, book.Tables, MatchScope.Everything(pack),
                    Options with { Given = new Dictionary<int, IReadOnlyList<int[][]>> { [index] = [rows] } }, CancellationToken.None);
                var found = given.Legs[leg.Index];
                var (start, end) = found.MatchesOf(index);
                Assert.Equal((found.Count - 1, found.Count), (start, end));
                Assert.Equal(rows, leg.Names.Select((_, side) => found.RowsOf(side, start).ToArray()));

                var settled = MatchScope.Everything(book.Pack);
                leg.Names.Index().ToList().ForEach(side => settled.SettledRows[leg.Index][side.Index] =
                    [.. Enumerable.Range(0, book.Table(side.Item).Count).Select(row => rows[side.Index].Contains(row))]);
                var without = Matcher.Match(book.Pack, book.Tables, settled, Options, CancellationToken.None);
                Assert.Equal(Lines(without, int.MaxValue), Lines(given, index));
            },
            oneIn: 4);

    [Fact]
    public void What_was_taken_apart_is_not_found_again_and_nothing_is_matched_twice() =>
        Gen.Select(SmallBooks.Books, Gen.Int[0, 99]).Holds(
            (book, which) =>
            {
                var scope = MatchScope.Everything(book.Pack);
                var sets = Matcher.Match(book.Pack, book.Tables, scope, Options, CancellationToken.None).Legs
                    .Where(leg => leg.Leg.Sources.Count > 1).SelectMany(leg => Sets(book, leg)).ToList();
                List<LegRows> apart = sets.Count == 0 ? [] : [sets[which % sets.Count], sets[which * 7 % sets.Count]];
                var (found, _) = KeptApart.Match(book.Pack, book.Tables, scope, Options, apart, CancellationToken.None);
                Assert.All(apart, set => Assert.DoesNotContain(Text(set), Sets(book, found.Legs[set.Leg]).Select(Text)));
                Assert.All(found.Legs, leg => Assert.All(leg.Leg.Names.Index(), side => leg.MatchedRows(side.Index, book.Table(side.Item).Count)));
            },
            oneIn: 4);

    static MatchOptions Options => Matching.Books.Options(1, SmallRules.Instance);

    static LegSpec? LegOf(Book book) => book.Pack.Legs.FirstOrDefault(leg => leg.Sources.Count == 2
        && leg.Names.All(name => book.Table(name).Count > 0) && book.Pack.Passes.Any(pass => pass.Leg == leg));

    // One row, or two where there are some.
    static int[] RowsOf(int count, int one, int more) => [.. new SortedSet<int> { one % count, (more % 2 == 0 ? one : one + more) % count }];

    static List<string> Lines(MatchSet found, int without) =>
    [
        .. found.Legs.SelectMany(leg => Enumerable.Range(0, leg.Count).Where(match => leg.PassOf(match) != without)
            .Select(match => $"{leg.Leg} p{leg.PassOf(match)} {Members(leg, match)}")
            .Concat(leg.Ambiguous.Select(each => $"{leg.Leg} ambiguous p{each.Pass} {string.Join('|', each.Rows.Select(rows => string.Join(',', rows)))}"))),
        .. found.Duplicates.Select(duplicate => duplicate.ToString()),
    ];

    static string Members(LegMatches leg, int match) =>
        string.Join('|', leg.Leg.Names.Select((_, side) => string.Join(',', leg.RowsOf(side, match).ToArray())));

    // Of whole records: what is left of one cannot be named by people.
    static IEnumerable<LegRows> Sets(Book book, LegMatches leg) => Enumerable.Range(0, leg.Count)
        .Select(match => new LegRows(leg.Leg.Index, [.. leg.Leg.Names.Select((_, side) => leg.RowsOf(side, match).ToArray())]))
        .Where(set => set.Rows.Select((rows, side) => rows.All(row => row < book.Table(leg.Leg.Names[side]).Count)).All(whole => whole));

    static string Text(LegRows set) => $"{set.Leg} {string.Join('|', set.Rows.Select(rows => string.Join(',', rows)))}";
}
