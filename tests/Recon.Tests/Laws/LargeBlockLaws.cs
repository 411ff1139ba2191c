// The laws of keys with too many candidates: choosing without a list of pairs gives the same answer, or none.
using CsCheck;
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class LargeBlockLaws
{
    static readonly WorkCut NothingListed = new(ChunkRows: 3, PartitionRows: 1, BlockPairs: 0);

    [Fact]
    public void Without_a_list_of_pairs_the_answer_is_that_of_the_oracle() => SmallBooks.Books.Holds(
        book => Assert.Equal(
            MatchingLaws.Lines(Oracle.Match(book, SmallRules.Instance)), MatchingLaws.Lines(Match(book, NothingListed))));

    [Fact]
    public void Broad_windows_and_many_values_change_nothing() => BroadBooks.Books.Holds(
        book => Assert.Equal(
            MatchingLaws.Lines(Oracle.Match(book, SmallRules.Instance)), MatchingLaws.Lines(Match(book, NothingListed))));

    [Fact]
    public void A_small_budget_gives_the_same_answer_under_every_cut() => Gen.Select(BroadBooks.Books, Gen.Int[0, 600], Gen.Int[1, 4], Gen.Long).Holds(
        (book, steps, threads, seed) => Assert.Equal(
            MatchingLaws.All(Match(book, NothingListed with { BlockSteps = steps })),
            MatchingLaws.All(Match(book, new WorkCut(2, 2, RoundRows: 3, BlockPairs: 0, BlockSteps: steps), threads, seed))));

    [Fact]
    public void A_key_without_budget_stays_open_as_one_capped_component() => BroadBooks.Books.Holds(
        book =>
        {
            foreach (var leg in Match(book, NothingListed with { BlockSteps = 0 }).Legs)
            {
                var capped = leg.Ambiguous.Where(each => each.IsCapped).ToList();
                Assert.True(capped.Count <= leg.Passes.Sum(pass => pass.Capped));
                Assert.All(capped, each => Assert.True(each.Rows[0].Count > 0 && each.Rows[1].Count > 0));
                for (var side = 0; side < 2; side++)
                {
                    var matchOf = leg.MatchOfRow(side, book.Table(leg.Leg.Names[side]).Count);
                    var rows = leg.Ambiguous.SelectMany(each => side == 0 ? each.Rows[0] : each.Rows[1]).ToList();
                    Assert.Equal(rows.Count, rows.Distinct().Count());
                    Assert.All(rows, row => Assert.Equal(-1, matchOf[row]));
                }
            }
        });

    static MatchSet Match(Book book, WorkCut cut, int threads = 1, long seed = 1) => Recon.Matching.Matcher.Match(
        book.Pack,
        book.Tables,
        Recon.Matching.MatchScope.Everything(book.Pack),
        Matching.Books.Options(threads, SmallRules.Instance, seed) with { Cut = cut },
        CancellationToken.None);
}
