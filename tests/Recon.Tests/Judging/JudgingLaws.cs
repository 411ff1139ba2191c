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
            JudgingText.Of(JudgingCase.Read(book.ToCase(shuffled: false)))
            == JudgingText.Of(JudgingCase.Read(book.ToCase(shuffled: true))));

    [Fact]
    public void A_record_that_no_match_holds_is_in_exactly_one_break_of_each_leg() =>
        AnyBook.Any.Sample(book =>
        {
            var judgement = Decide(book);
            return Enumerable.Range(0, book.Legs.Length).All(leg =>
            {
                var (_, first, second) = book.Legs[leg];
                var open = judgement.Breaks.Where(item => item.Kind == BreakKind.Open)
                    .Where(item => item.Leg.SequenceEqual([first, second]))
                    .SelectMany(item => item.Records).Select(record => record.Id).Order(StringComparer.Ordinal);
                var matched = book.MatchesOf(leg).ToList();
                var expected = Enumerable.Range(0, book.Of(first).Length)
                    .Where(i => matched.All(match => match.First != i)).Select(i => AnyBook.Id(first, i))
                    .Concat(Enumerable.Range(0, book.Of(second).Length)
                        .Where(i => matched.All(match => !match.Seconds.Contains(i))).Select(i => AnyBook.Id(second, i)));
                return open.SequenceEqual(expected.Order(StringComparer.Ordinal));
            });
        });

    [Fact]
    public void A_queued_posting_makes_the_difference_zero_and_stays_below_the_limit() =>
        AnyBook.Any.Sample(book => Decide(book).Postings.All(posting =>
        {
            var cents = (int)(posting.Amount.Value * 100) * (posting.Debit == "1200" ? 1 : -1);
            var books = posting.Records.Where(record => record.Source == "ledger").Sum(record => Cents(book, record));
            var others = posting.Records.Where(record => record.Source == "provider").Sum(record => Cents(book, record));
            return books + cents == others && (posting.State == PostingState.Queued) == (Math.Abs(cents) <= 2);
        }));

    [Fact]
    public void Exposure_is_what_the_slow_oracle_adds_up() =>
        AnyBook.Any.Sample(book =>
        {
            var rows = Decide(book).Exposure.Select(row =>
                (row.Source, row.Class, Net: (int)(row.Net.ToDecimal() * 100), Absolute: (int)(row.Absolute.ToDecimal() * 100), row.Count));
            return rows.Order().SequenceEqual(ExposureOracle.Of(book).Order());
        }, iter: 2000);

    [Fact]
    public void A_record_weighs_at_most_once() =>
        AnyBook.Any.Sample(book =>
        {
            var rows = Decide(book).Exposure.Where(row => AnyBook.Sources.Contains(row.Class.Split('-')[0]));
            return AnyBook.Sources.All(source =>
                rows.Where(row => row.Source == source).Sum(row => row.Count) <= book.Of(source).Length);
        });

    static Judgement Decide(AnyBook book) =>
        Judge.Decide(JudgingCase.Read(book.ToCase(shuffled: false)), CancellationToken.None);

    static int Cents(AnyBook book, RecordId record) => book.Of(record.Source)[record.Id[1] - '0'].Cents;
}
