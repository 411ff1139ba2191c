// The laws of judging, on any small book, against a slow and obvious oracle.
using CsCheck;
using Recon.Judging;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class JudgingLaws
{
    [Fact]
    public void The_order_of_rows_and_matches_changes_nothing() =>
        AnyBook.Any.Sample(book =>
            JudgingText.Of(JudgingCase.ReadAll(book.ToCase(shuffled: false)))
            == JudgingText.Of(JudgingCase.ReadAll(book.ToCase(shuffled: true))));

    [Fact]
    public void A_record_that_no_match_holds_is_in_exactly_one_break_of_each_leg() =>
        AnyBook.Any.Sample(book =>
        {
            var judgement = Decide(book);
            return Enumerable.Range(0, book.Legs.Length).All(leg =>
            {
                string[] names = [book.Legs[leg].First, book.Legs[leg].Second];
                var open = judgement.Breaks
                    .Where(item => item.Kind == BreakKind.Open && item.Leg.SequenceEqual(names))
                    .SelectMany(item => item.Records)
                    .Select(record => record.Id);
                return open.Order(StringComparer.Ordinal).SequenceEqual(Unmatched(book, leg));
            });
        });

    [Fact]
    public void A_queued_posting_makes_the_difference_zero_and_stays_below_the_limit() =>
        AnyBook.Any.Sample(book => Decide(book).Postings.All(posting =>
        {
            var cents = (int)(posting.Amount.Value * 100) * (posting.Debit == "1200" ? 1 : -1);
            var isQueued = posting.State == PostingState.Queued;
            return Sum(book, posting, "ledger") + cents == Sum(book, posting, "provider")
                && isQueued == (Math.Abs(cents) <= 2);
        }));

    [Fact]
    public void Exposure_is_what_the_slow_oracle_adds_up() =>
        AnyBook.Any.Sample(book =>
        {
            var rows = Decide(book).Exposure
                .Select(row => (row.Source!, row.Class!, Cents(row.Net), Cents(row.Absolute), row.Count));
            return rows.Order().SequenceEqual(ExposureOracle.Of(book).Order());
        }, iter: 2000);

    [Fact]
    public void A_record_weighs_at_most_once() =>
        AnyBook.Any.Sample(book =>
        {
            var rows = Decide(book).Exposure.Where(row => AnyBook.Sources.Contains(row.Class!.Split('-')[0]));
            return AnyBook.Sources.All(source =>
                rows.Where(row => row.Source == source).Sum(row => row.Count) <= book.Of(source).Length);
        });

    static Judgement Decide(AnyBook book) =>
        Judge.Decide(JudgingCase.Read(book.ToCase(shuffled: false)), CancellationToken.None);

    static IEnumerable<string> Unmatched(AnyBook book, int leg)
    {
        var (_, first, second) = book.Legs[leg];
        var matches = book.MatchesOf(leg).ToList();
        var firsts = Enumerable.Range(0, book.Of(first).Length)
            .Where(i => matches.All(match => match.First != i))
            .Select(i => AnyBook.Id(first, i));
        var seconds = Enumerable.Range(0, book.Of(second).Length)
            .Where(i => matches.All(match => !match.Seconds.Contains(i)))
            .Select(i => AnyBook.Id(second, i));
        return firsts.Concat(seconds).Order(StringComparer.Ordinal);
    }

    static int Sum(AnyBook book, Posting posting, string source) => posting.Records
        .Where(record => record.Source == source)
        .Sum(record => book.Of(source)[record.Id[1] - '0'].Cents);

    static int Cents(ExactTotal total) => (int)total.UnitsAt(2);
}
