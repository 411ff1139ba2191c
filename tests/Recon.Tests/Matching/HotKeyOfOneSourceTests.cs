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

    static Book Book(Func<int, int> minutes, IEnumerable<Comparison> within)
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
            start.AddMinutes(minutes(row)).ToString("O", CultureInfo.InvariantCulture), "1.00 EUR",
        });
        return new Book(Books.Pack([Source], [leg], [pass]), [Books.Table(Source, rows)]);
    }

    static Comparison Window(string field, Tolerance tolerance) =>
        new(field, Books.Operand(Source, field), Books.Operand(Source, field), tolerance);

    static Comparison Cents() => Window("amount", Tolerances.Parse("0.01 EUR"));
}
