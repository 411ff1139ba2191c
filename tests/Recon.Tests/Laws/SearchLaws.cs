// The laws of searches whose budget is small: the same verdict under every cut, and never a guess.
using CsCheck;
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class SearchLaws
{
    [Fact]
    public void A_small_budget_gives_the_same_answer_under_every_cut() => Gen.Select(SmallBooks.Books, Gen.Int[0, 300], Gen.Int[1, 4], Gen.Long).Holds(
        (book, steps, threads, seed) =>
        {
            var bounded = WithSteps(book, steps);
            Assert.Equal(
                MatchingLaws.All(Match(bounded, WorkCut.Default)),
                MatchingLaws.All(Match(bounded, new WorkCut(ChunkRows: 3, PartitionRows: 1, RoundRows: 4), threads, seed)));
        });

    [Fact]
    public void What_a_small_budget_decides_is_decided_so_without_one() => Gen.Select(SmallBooks.Books, Gen.Int[0, 300]).Holds(
        (book, steps) =>
        {
            // One pass alone: what it leaves undecided changes no later one.
            var first = book with { Pack = book.Pack with { Passes = [book.Pack.Passes[0]] } };
            var all = MatchingLaws.Lines(Match(first, WorkCut.Default)).ToHashSet(StringComparer.Ordinal);
            Assert.All(
                MatchingLaws.Lines(Match(WithSteps(first, steps), WorkCut.Default)).Where(line => !line.EndsWith(" Steps", StringComparison.Ordinal)),
                line => Assert.Contains(line, all));
        });

    static Book WithSteps(Book book, long steps) => book with
    {
        Pack = book.Pack with
        {
            Passes =
            [
                .. book.Pack.Passes.Select(pass => pass.Search is { } search ? pass with { Search = search with { Steps = steps } } : pass),
            ],
        },
    };

    static MatchSet Match(Book book, WorkCut cut, int threads = 1, long seed = 1) => Recon.Matching.Matcher.Match(
        book.Pack,
        book.Tables,
        Recon.Matching.MatchScope.Everything(book.Pack),
        Matching.Books.Options(threads, SmallRules.Instance, seed) with { Cut = cut },
        CancellationToken.None);
}
