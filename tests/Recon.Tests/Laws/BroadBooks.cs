// Random books of one hot key: many values, windows that let most of them meet, conditions that tell some apart.
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

/// <summary>Two sources, one to three 1:1 passes with up to three windows each; up to 40 records a side share the key.</summary>
static class BroadBooks
{
    static readonly (string Name, FieldKind Kind)[] Fields =
    [
        ("id", FieldKind.Text), ("ref", FieldKind.Text), ("amount", FieldKind.Money), ("booked", FieldKind.Date),
        ("n", FieldKind.Number),
    ];

    static readonly string[] Names = ["a", "b"];

    static readonly Gen<int[][]> Rows = Gen.Int[0, 100_000].Array[5].Array[0, 40];

    public static Gen<Book> Books { get; } = Gen.Select(
        Rows, Rows, Gen.Int[0, 100_000].Array[12].Array[1, 3], Gen.Bool, Build);

    static Book Build(int[][] first, int[][] second, int[][] passes, bool swapped)
    {
        SourceSpec[] sources = [.. Names.Select((name, index) => Matching.Books.Source(name, index, "UTC", Fields))];
        var leg = Matching.Books.Leg(0, sources);
        var (left, right) = swapped ? (sources[1], sources[0]) : (sources[0], sources[1]);
        var pack = Matching.Books.Pack(sources, [leg], [.. passes.Select((dice, index) => Pass(dice, index, leg, left, right))]);

        // The oracle weighs every choice of a pass that looks for the best.
        var most = pack.Passes.Any(pass => pass.Tie.Kind == TieKind.Best) ? 7 : int.MaxValue;
        return new Book(pack, [Table(sources[0], [.. first.Take(most)]), Table(sources[1], [.. second.Take(most)])]);
    }

    static RecordTable Table(SourceSpec source, int[][] rows) => Matching.Books.Table(source, rows.Select((dice, index) => new[]
    {
        $"{source.Name}{dice[0] % 50:00}{index:00}",
        dice[1] % 12 == 0 ? "S" : "R",
        $"{dice[2] % 13}.{dice[2] % 7:00} EUR",
        $"2026-04-{1 + (dice[3] % 28):00}",
        $"{dice[4] % 4}",
    }));

    static PassSpec Pass(int[] dice, int index, LegSpec leg, SourceSpec left, SourceSpec right)
    {
        var conditions = new List<Comparison>();
        if (dice[0] % 3 != 0)
        {
            conditions.Add(Matching.Books.Compare(left, "amount", right, "amount", Amount(dice[1] % 6, dice[2] % 9, "EUR")));
        }

        if (dice[3] % 3 != 0)
        {
            var from = (dice[4] % 12) - 8;
            conditions.Add(Matching.Books.Compare(left, "booked", right, "booked", new DayTolerance(from, from + 1 + (dice[5] % 14), null)));
        }

        if (dice[6] % 4 == 0)
        {
            conditions.Add(Matching.Books.Compare(left, "n", right, "n", Amount(dice[7] % 3, 1, null)));
        }

        if (dice[8] % 2 == 0)
        {
            conditions.Reverse();
        }

        TieRule[] ties =
        [
            TieRule.Ask, new(TieKind.Closest), new(TieKind.Best), new(TieKind.Best) { UnlessAmbiguous = true }, new(TieKind.Oldest, "booked", "booked"),
            new(TieKind.Newest, "booked", "booked"), new(TieKind.Oldest, "id", "id"), new(TieKind.Newest, "id", "id"),
        ];
        string?[] whens = [null, null, $"{left.Name}.n == {right.Name}.n", $"{left.Name}.id < {right.Name}.id", $"Odd( {left.Name} )"];
        return Matching.Books.Pass(
            $"p{index}", index, leg, left, right, Cardinality.OneToOne, [new KeyPair("ref", "ref", false)], conditions,
            ties[dice[9] % ties.Length], dice[10] % 4 == 0, whens[dice[11] % whens.Length]);
    }

    static AmountTolerance Amount(int under, int over, string? currency)
    {
        Assert.True(ExactNumber.TryParse($"{under}", out var low));
        Assert.True(ExactNumber.TryParse($"{over}", out var high));
        return new AmountTolerance(low, high, currency is null ? null : Currency.Of(currency));
    }
}
