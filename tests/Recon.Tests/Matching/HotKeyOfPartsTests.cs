// One key that all records share, and amounts that are matched in part: rounds stay as cheap as passes.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class HotKeyOfPartsTests
{
    const int Records = 20_000;

    static readonly (string Name, FieldKind Kind)[] Fields =
        [("id", FieldKind.Text), ("ref", FieldKind.Text), ("amount", FieldKind.Money), ("booked", FieldKind.Date)];

    static readonly SourceSpec Ledger = Books.Source("ledger", 0, "UTC", Fields);
    static readonly SourceSpec Bank = Books.Source("bank", 1, "UTC", Fields);
    static readonly LegSpec Leg = Books.Leg(0, Ledger, Bank);

    [Theory]
    [InlineData(TieKind.Oldest)]
    [InlineData(TieKind.Closest)]
    public void All_but_one_record_are_used_up_in_few_rounds(TieKind tie)
    {
        var found = Match(new TieRule(tie, "booked", "booked"), most: 9);
        Assert.InRange(found.Count, Records, 3 * Records);
        Assert.Equal(found.Count, found.Passes[0].Matches);
        Assert.InRange(Math.Min(OpenOn(found, 0), OpenOn(found, 1)), 0, 1);
    }

    [Fact]
    public void A_pass_that_asks_finds_one_question()
    {
        var found = Match(TieRule.Ask, most: 9);
        Assert.Equal((Records, Records), (Assert.Single(found.Ambiguous).Rows[0].Count, found.Ambiguous[0].Rows[1].Count));
    }

    static int OpenOn(LegMatches found, int side) => found.MatchOfRow(side, Records).Count(match => match < 0);

    static LegMatches Match(TieRule tie, int most)
    {
        Assert.True(ExactNumber.TryParse("0", out var nothing));
        var within = Books.Compare(Ledger, "amount", Bank, "amount", new AmountTolerance(nothing, nothing, null));
        var pass = Books.Pass("hot", 0, Leg, Ledger, Bank, Cardinality.OneToOne, [new KeyPair("ref", "ref", false)], [within], tie);
        var book = new Book(
            Books.Pack([Ledger, Bank], [Leg], [pass with { Partial = most }]),
            [Books.Table(Ledger, Rows(record => 10_000 + (record * 7919 % 10_007))), Books.Table(Bank, Rows(record => 8_000 + (record * 6007 % 10_009)))]);
        return Recon.Matching.Matcher.Match(
            book.Pack, book.Tables, Recon.Matching.MatchScope.Everything(book.Pack), Books.Options(threads: 2), CancellationToken.None).Legs[0];
    }

    static IEnumerable<string[]> Rows(Func<int, int> cents) => Enumerable.Range(0, Records).Select(record => new[]
    {
        $"{record:000000}", "HOT", string.Create(CultureInfo.InvariantCulture, $"{cents(record) / 100}.{cents(record) % 100:00} EUR"),
        new DateOnly(2026, 1, 1).AddDays(record * 7 % 90).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });
}
