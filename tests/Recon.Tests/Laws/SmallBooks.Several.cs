// Random books with passes over three sources, among passes over two of them.
using CsCheck;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

static partial class SmallBooks
{
    static readonly Gen<int[]> SeveralDice = Gen.Int[0, 1000].Array[190];

    /// <summary>One to three passes, of which the first joins all three sources or the second does.</summary>
    public static Gen<Book> OfSeveral { get; } = Gen.Select(
        Row.Array[0, 6], Row.Array[0, 6], Row.Array[0, 6], SeveralDice.Array[1, 3], Gen.Int[0, 1000], (a, b, c, passes, extra) =>
            BuildSeveral([a, b, c], passes, extra));

    static Book BuildSeveral(int[][][] rows, int[][] passDice, int extra)
    {
        SourceSpec[] sources = [.. Names.Select((name, index) => Matching.Books.Source(name, index, "UTC", Fields))];
        var legs = new List<LegSpec>();
        var passes = passDice.Select((dice, index) => index == Math.Min(extra % 2, passDice.Length - 1) || dice[0] % 2 == 0
            ? SeveralPass(new Dice(dice), index, sources, legs)
            : PairPass(new Dice(dice), index, sources, legs)).ToList();

        // The oracle weighs every choice of a pass that looks for the best.
        var most = passes.Exists(pass => pass.IsOfSeveral && pass.Tie.Kind == TieKind.Best) ? 4 : int.MaxValue;
        ClassSpec[] classes = extra % 3 == 0 ? [Matching.Books.Class("odd", new BreakCondition.Any(), "a.n == b.n")] : [];
        return new Book(
            Matching.Books.Pack(sources, legs, passes, classes),
            [.. sources.Select((source, index) => Table(source, [.. rows[index].Take(most)]))]);
    }

    static PassSpec PairPass(Dice dice, int index, SourceSpec[] sources, List<LegSpec> legs)
    {
        var left = dice.Below(3);
        var right = (left + 1 + dice.Below(2)) % 3;
        return Matching.Books.Pass(
            $"p{index}", index, Leg(legs, sources[left], sources[right]), sources[left], sources[right], Cardinality.OneToOne, Key(dice),
            Conditions(dice, sources[left], sources[right], Cardinality.OneToOne),
            dice.Of(TieRule.Ask, new TieRule(TieKind.Oldest, "id", "id")), dice.Below(4) == 0);
    }

    static PassSpec SeveralPass(Dice dice, int index, SourceSpec[] sources, List<LegSpec> legs)
    {
        var leg = Leg(legs, sources);
        var hold = dice.Below(4) == 0;
        string?[] fields = [dice.Of("ref", "ref", "acct", "amount", null), dice.Below(3) == 0 ? dice.Of("acct", "booked", "n") : null];
        List<KeyPair> key = [.. fields.OfType<string>().Distinct().Select(field => new KeyPair(field, field, dice.Below(4) == 0))];
        var pairs = new List<PassSpec>();
        foreach (var (first, second) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var (left, right) = dice.Below(2) == 0 ? (first, second) : (second, first);
            pairs.Add(Matching.Books.Pass(
                $"p{index}", index, Matching.Books.Leg(leg.Index, sources[first], sources[second]), sources[left], sources[right],
                Cardinality.OneToOne, key, dice.Below(3) == 0 ? [] : Conditions(dice, sources[left], sources[right], Cardinality.OneToOne)));
        }

        return Matching.Books.Pass(
            $"p{index}", index, leg, sources[0], sources[1], Cardinality.OneToOne, [],
            dice.Below(2) == 0 ? Stated(pairs) : Stated(pairs).Reverse(), SeveralTie(dice), hold, SeveralWhen(dice)) with
        {
            Pairs = pairs,
        };
    }

    static IEnumerable<Comparison> Stated(List<PassSpec> pairs) => pairs.SelectMany(pair => pair.Comparisons);

    static TieRule SeveralTie(Dice dice) => dice.Of(
        TieRule.Ask, TieRule.Ask, new(TieKind.Closest), new(TieKind.Best), new(TieKind.Best) { UnlessAmbiguous = true },
        new(TieKind.Oldest) { SideFields = ["booked", "at", "id"] }, new(TieKind.Newest) { SideFields = ["at", "booked", "booked"] },
        new(TieKind.Newest) { SideFields = ["id", "id", "id"] });

    static string? SeveralWhen(Dice dice) => dice.Below(8) switch
    {
        0 => "a.n == c.n",
        1 => "b.id < c.id",
        2 => "Odd( b )",
        _ => null,
    };
}
