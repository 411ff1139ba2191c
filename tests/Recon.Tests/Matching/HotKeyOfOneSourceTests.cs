// One key that a hundred thousand records share must cost no square of them.
using System.Globalization;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class HotKeyOfOneSourceTests
{
    const int Rows = 100_000;

    static readonly SourceSpec Source = Books.Source(
        "a", 0, "UTC", ("id", FieldKind.Text), ("ref", FieldKind.Text), ("at", FieldKind.Instant), ("amount", FieldKind.Money));

    [Fact]
    public void Duplicates_of_one_key_are_all_found()
    {
        var found = Book(row => 0, within: []).Match();
        Assert.Equal(Rows - 1, found.Duplicates.Count);
        Assert.All(found.Duplicates, duplicate => Assert.Equal(0, duplicate.Kept));
    }

    [Fact]
    public void Duplicates_of_one_key_within_two_windows_are_all_found()
    {
        // One record a minute, and a window of an hour: of sixty-one in a row the first stays.
        var found = Book(row => row, [Window("at", new ElapsedTolerance(TimeSpan.FromHours(-1), TimeSpan.FromHours(1))), Cents()]).Match();
        Assert.Equal(Rows - ((Rows + 60) / 61), found.Duplicates.Count);
        Assert.All(found.Duplicates, duplicate => Assert.Equal(duplicate.Row - (duplicate.Row % 61), duplicate.Kept));
    }

    [Theory]
    [InlineData(PassKind.Net, TieKind.Ask)]
    [InlineData(PassKind.Net, TieKind.Closest)]
    [InlineData(PassKind.Net, TieKind.Oldest)]
    [InlineData(PassKind.NetGroup, TieKind.Ask)]
    public void Records_of_one_key_that_cancel_are_all_found(PassKind kind, TieKind tie)
    {
        var amount = Cents() with { Right = Negated(Cents().Right) };
        var hour = Window("at", new ElapsedTolerance(TimeSpan.FromDays(-365), TimeSpan.FromDays(365)));
        var book = Book(row => row, [amount, hour], row => row % 2 == 0 ? "1.00 EUR" : "-1.00 EUR");
        var pass = book.Pack.Passes[0] with { Kind = kind, Tie = tie == TieKind.Oldest ? new TieRule(tie, "at", "at") : new TieRule(tie) };
        var found = new Book(Books.Pack([Source], [book.Pack.Legs[0]], [pass]), book.Tables).Match().Legs[0];
        Assert.Equal(tie == TieKind.Ask && kind == PassKind.Net ? 0 : Rows, found.MembersOf(0).Rows.Length);
        Assert.Equal(tie == TieKind.Ask && kind == PassKind.Net ? 1 : 0, found.Ambiguous.Count);
    }

    static Operand Negated(Operand operand) =>
        operand with { Terms = [.. operand.Terms.Select(term => term with { Minus = !term.Minus })] };

    static Book Book(Func<int, int> minutes, IEnumerable<Comparison> within, Func<int, string>? amountOf = null)
    {
        var leg = Books.Leg(0, Source);
        var pass = Books.Pass(
            "twice", 0, leg, Source, Source, Cardinality.OneToOne, [new KeyPair("ref", "ref", false)], within,
            new TieRule(TieKind.Oldest, "id", "id")) with
        {
            Kind = PassKind.Dedupe,
        };
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, Rows).Select(row => new[]
        {
            row.ToString("D6", CultureInfo.InvariantCulture), "R",
            start.AddMinutes(minutes(row)).ToString("O", CultureInfo.InvariantCulture), amountOf?.Invoke(row) ?? "1.00 EUR",
        });
        return new Book(Books.Pack([Source], [leg], [pass]), [Books.Table(Source, rows)]);
    }

    static Comparison Window(string field, Tolerance tolerance) =>
        new(field, Books.Operand(Source, field), Books.Operand(Source, field), tolerance);

    static Comparison Cents() => Window("amount", Tolerances.Parse("0.01 EUR"));
}
