// Laws of passes that look for the best choice as a whole.
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

public sealed class BestChoiceLaws
{
    [Fact]
    public void Widening_one_tolerance_never_matches_fewer_records_in_that_pass() =>
        Gen.Select(BroadBooks.Books, Gen.Int[0, 20], Gen.Int[0, 9], Gen.Int[0, 9]).Holds(
            (book, which, under, over) =>
            {
                var pass = book.Pack.Passes[^1] with { Tie = new TieRule(TieKind.Best) };
                if (pass.Comparisons.Count > 0)
                {
                    Assert.True(Matched(book, pass) <= Matched(book, Widened(pass, which % pass.Comparisons.Count, under, over)));
                }
            });

    static int Matched(Book book, PassSpec last)
    {
        var pack = book.Pack with { Passes = [.. book.Pack.Passes.SkipLast(1), last] };
        return Recon.Matching.Matcher.Match(
            pack, book.Tables, Recon.Matching.MatchScope.Everything(pack), Matching.Books.Options(1, SmallRules.Instance),
            CancellationToken.None).Legs[0].Passes.Single(each => each.Pass == last.Index).Matches;
    }

    static PassSpec Widened(PassSpec pass, int which, int under, int over) => pass with
    {
        Comparisons = [.. pass.Comparisons.Select((each, index) =>
            index == which ? each with { Tolerance = Widened(each.Tolerance!, under, over) } : each)],
    };

    static Tolerance Widened(Tolerance tolerance, int under, int over) => tolerance switch
    {
        AmountTolerance amount => amount with
        {
            Under = amount.Under.Amount!.Value + new ExactNumber(under, 0),
            Over = amount.Over.Amount!.Value + new ExactNumber(over, 0),
        },
        DayTolerance days => days with { From = days.From - under, To = days.To + over },
        _ => throw new InvalidOperationException($"no wider {tolerance}"),
    };
}
