// Random small books: three sources, several legs, every kind of pass, key, tolerance and tie.
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;
using Xunit;

namespace Recon.Tests.Laws;

/// <summary>
/// Books from dice: small domains, so that keys repeat, amounts lie at their bounds and records are interchangeable.
/// </summary>
static partial class SmallBooks
{
    static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York"];
    static readonly string[] Names = ["a", "b", "c"];

    static readonly (string Name, FieldKind Kind)[] Fields =
    [
        ("id", FieldKind.Text), ("ref", FieldKind.Text), ("acct", FieldKind.Text),
            ("amount", FieldKind.Money),
        ("fee", FieldKind.Money), ("booked", FieldKind.Date), ("at", FieldKind.Instant),
            ("n", FieldKind.Number), ("name", FieldKind.Text), ("reverses", FieldKind.Text),
    ];

    // The last is longer than a key holds inline.
    static readonly string?[] Refs = ["R1", "R1", "R1", "R1", "R2", null, "",
        "a reference that is too long to be held inline: 1"];
    static readonly string?[] Accounts = ["A", "A", "A", "A", "A", "B", null,
        "a reference that is too long to be held inline: 2"];
    static readonly string?[] Amounts = [
        "10.00 EUR", "10.00 EUR", "10 EUR", "10.01 EUR", "10.02 EUR", "20.00 EUR", "5.00 EUR", "5.01 EUR",
            "-5.00 EUR", "-10.00 EUR", "-10.00 EUR", "-10.01 EUR",
        "0.00 EUR", "10.00 USD", "12.50 USD", "11.01 USD", "8.00 GBP", null,
    ];
    static readonly string?[] Reversals = [null, null, null, "R1", "R1", "R2"];
    static readonly string?[] Fees = ["0.00 EUR", "0.01 EUR", "0.00 EUR", "0.00 EUR", "0.010 USD", null];
    static readonly string?[] Dates = ["2026-04-02", "2026-04-03", "2026-04-03", "2026-04-07", "2026-04-08",
        null];
    static readonly string?[] Moments = ["2026-04-02T21:59:59Z", "2026-04-02T22:00:00Z",
        "2026-04-03T03:30:00Z", "2026-04-07T12:00:00Z", null];
    static readonly string?[] Numbers = ["1", "1.0", "2", "2.50", null];

    static readonly Gen<int[]> Row = Gen.Int[0, 1000].Array[10];

    static readonly Gen<int[][]> Rows = Gen.Frequency(
        (9, Row.Array[0, 8]),
        (1, Row.Array[15, 30]));

    static readonly Gen<int[]> PassDice = Gen.Int[0, 1000].Array[70];

    public static Gen<Book> Books { get; } = Gen.Select(
        Rows, Rows, Rows, PassDice.Array[1, 4], Gen.Int[0, 1000], (a, b, c, passes, extra) =>
            Build([a, b, c], passes, extra));

    static Book Build(int[][][] rows, int[][] passDice, int extra)
    {
        SourceSpec[] sources = [.. Names.Select((name, index) =>
            Matching.Books.Source(name, index, Zones[index], Fields))];
        var legs = new List<LegSpec>();
        var passes = passDice.Select((dice, index) => Pass(new Dice(dice), index, sources, legs)).ToList();
        ClassSpec[] classes = extra % 3 == 0
            ? [Matching.Books.Class("odd", new BreakCondition.Any(), "a.n == b.n")]
            : [];

        // The oracle weighs every choice of a pass that looks for the best.
        var most = passes.Any(pass => pass.Tie.Kind == TieKind.Best) ? 7 : int.MaxValue;
        return new Book(
            Matching.Books.Pack(sources, legs, passes, classes),
            [.. sources.Select((source, index) => Table(source, [.. rows[index].Take(most)]))]);
    }

    static RecordTable Table(SourceSpec source, int[][] rows)
    {
        var ids = new string[rows.Length];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = row > 0 && !ids[row - 1].Contains('/') && rows[row][0] / 50 % 3 == 0
                ? $"{ids[row - 1]}/{1 + (row % 2)}" : $"{source.Name}{(rows[row][0] % 50):00}{row:00}";
        }

        var table = Matching.Books.Table(source, rows.Select((dice, index) => new[]
        {
            ids[index],
            Refs[dice[1] % Refs.Length],
            Accounts[dice[2] % Accounts.Length],
            Amounts[dice[3] % Amounts.Length],
            Fees[dice[4] % Fees.Length],
            Dates[dice[5] % Dates.Length],
            Moments[dice[6] % Moments.Length],
            Numbers[dice[7] % Numbers.Length],
            SmallTolerances.Names[dice[8] % SmallTolerances.Names.Length],
            Reversals[dice[9] % Reversals.Length],
        }));

        // Some records were open before: in a pass of one source they stay. Some of these are what was left of others.
        bool[] carried = [.. Enumerable.Range(0, table.Count).Select(row => table.Id(row)[2] == '7' || table.Id(row)[^2..] == "/2")];
        return new RecordTable(source, table.Ids, table.Columns, table.Origins with
        {
            Carried = carried,
            Residuals = Enumerable.Range(0, table.Count).Where(row => carried[row] && table.Id(row).Contains('/'))
                .ToDictionary(row => row, row => new ResidualOf(table.Id(row)[..^2], table.Id(row)[^1] - '0', 1, ["amount"])),
        });
    }

    static PassSpec Pass(Dice dice, int index, SourceSpec[] sources, List<LegSpec> legs)
    {
        var kind = dice.Below(16);
        if (kind < 5)
        {
            return kind < 2
                ? DedupePass(dice, index, dice.Of(sources), legs)
                : NetPass(dice, index, dice.Of(sources), legs, kind == 2);
        }

        var leftIndex = dice.Below(3);
        var left = sources[leftIndex];
        var right = sources[(leftIndex + 1 + dice.Below(2)) % 3];
        var leg = Leg(legs, left, right);
        var cardinality = dice.Of(
            Cardinality.OneToOne, Cardinality.OneToOne, Cardinality.OneToMany, Cardinality.ManyToOne, Cardinality.ManyToMany);
        var pass = Matching.Books.Pass(
            $"p{index}", index, leg, left, right, cardinality, Key(dice), Conditions(dice, left, right, cardinality),
                Tie(dice, cardinality),
            dice.Below(4) == 0, When(dice, left, right));
        return pass.IsGroup ? Grouping(dice, pass) : Splitting(dice, pass);
    }

    static PassSpec Grouping(Dice dice, PassSpec pass)
    {
        var fewest = dice.Of(1, 1, 1, 2);
        var (isBounded, isSearched) = (dice.Below(4) == 0, dice.Below(2) == 0);
        var size = new GroupSize(fewest, fewest + dice.Below(3));
        var search = new SearchSpec(dice.Of(4, 7, 9), 1_000_000_000, dice.Of(1, 2, 10), dice.Below(3) == 0 && fewest == 1);
        isSearched &= pass.Comparisons.Any(pair => pair.Tolerance is AmountTolerance);
        return pass with
        {
            Tie = pass.Cardinality == Cardinality.ManyToMany ? TieRule.Ask : pass.Tie,
            Size = isSearched || isBounded ? size : GroupSize.Any,
            Search = isSearched ? search : null,
        };
    }

    static PassSpec Splitting(Dice dice, PassSpec pass)
    {
        int? most = dice.Below(3) == 0 ? dice.Of(1, 2, 9, 9) : null;
        return pass.Comparisons.Any(IsSplittable) ? pass with { Partial = most } : pass;
    }

    static bool IsSplittable(Comparison pair) =>
        pair is { Tolerance: AmountTolerance { Fx: null }, Left: { Kind: FieldKind.Money, Terms.Count: 1 } };

    static LegSpec Leg(List<LegSpec> legs, params SourceSpec[] sources)
    {
        var leg = Matching.Books.Leg(legs.Count, sources);
        var known = legs.FirstOrDefault(each => each.Names.SequenceEqual(leg.Names));
        if (known is null)
        {
            legs.Add(leg);
        }

        return known ?? leg;
    }

    static List<KeyPair> Key(Dice dice)
    {
        KeyPair?[] choices =
        [
            new("ref", "ref", false), new("acct", "acct", false), new("acct", "ref", false),
                new("ref", "ref", true),
            new("amount", "amount", false), new("booked", "at", false), new("at", "booked", false),
                new("n", "n", true),
            new("at", "at", true), new("booked", "booked", false), new("amount", "amount", true), null, null,
        ];
        KeyPair?[] chosen = [dice.Of(choices), dice.Below(3) == 0 ? dice.Of(choices) : null];
        return [.. chosen.OfType<KeyPair>().Distinct()];
    }

    static List<Comparison> Conditions(Dice dice, SourceSpec left, SourceSpec right, Cardinality cardinality)
    {
        var conditions = new List<Comparison>();
        var amount = dice.Of<AmountTolerance?>(
            Amount("0", "0", null), Amount("0.01", "0.01", "EUR"), Amount("0", "0.02", "EUR"),
                Amount("0.005", "0.015", "EUR"),
            Amount("0.02", "0.02", null), Amount("5", "5", "EUR"), Amount("30", "30", "USD"), null, null,
            SmallTolerances.Percent(dice.Below));
        if (dice.Below(5) == 0)
        {
            amount = SmallTolerances.Rated(dice.Below, dice.Of(left, right).Name);
        }

        if (amount is not null)
        {
            var net = dice.Below(4) == 0;
            var operand = net
                ? new Operand(left.Name, FieldKind.Money,
                    [new Term(false, left.Name, "amount"), new Term(true, left.Name, "fee")])
                : Matching.Books.Operand(left, "amount");
            conditions.Add(new Comparison("amounts", operand, Matching.Books.Operand(right, "amount"),
                amount));
        }

        var days = dice.Of<DayTolerance?>(
            new(-1, 1, null), new(0, 4, null), new(1, 1, null), new(-1, 1, "TARGET2"), new(0, 0, "TARGET2"),
                null, null, null, null, null);
        if (days is not null)
        {
            conditions.Add(Matching.Books.Compare(
                left, dice.Of("booked", "at"), right, dice.Of("booked", "at"), days));
        }

        if (dice.Below(9) == 0)
        {
            var hours = TimeSpan.FromHours(dice.Below(8));
            conditions.Add(Matching.Books.Compare(left, "at", right, "at",
                new ElapsedTolerance(-hours, hours * dice.Below(2))));
        }

        if (dice.Below(9) == 0)
        {
            conditions.Add(Matching.Books.Compare(left, "n", right, "n", dice.Below(3) == 0
                ? SmallTolerances.Percent(dice.Below) with { Currency = null } : Amount("1", "0", null)));
        }

        if (SmallTolerances.Text(dice.Below) is { } text)
        {
            // Alone more often than not, or few texts would ever meet.
            conditions.RemoveAll(_ => dice.Below(3) > 0);
            conditions.Add(Matching.Books.Compare(
                left, dice.Of("name", "name", "ref"), right, dice.Of("name", "name", "name", "ref"), text));
        }

        if (dice.Below(2) == 0)
        {
            conditions.Reverse();
        }

        return conditions;
    }

    static AmountTolerance Amount(string under, string over, string? currency)
    {
        Assert.True(ExactNumber.TryParse(under, out var low));
        Assert.True(ExactNumber.TryParse(over, out var high));
        return new AmountTolerance(low, high, currency is null ? null : Currency.Of(currency));
    }

    static TieRule Tie(Dice dice, Cardinality cardinality) => dice.Of(
        TieRule.Ask, TieRule.Ask, TieRule.Ask, TieRule.Ask, TieRule.Ask, new(TieKind.Closest),
            Best(cardinality, unlessAmbiguous: false), Best(cardinality, unlessAmbiguous: true), new(TieKind.Oldest, "booked", "at"),
        new(TieKind.Newest, "at", "at"), new(TieKind.Oldest, "id", "id"), new(TieKind.Newest, "id", "id"));

    // Groups know no best choice.
    static TieRule Best(Cardinality cardinality, bool unlessAmbiguous) => cardinality == Cardinality.OneToOne
        ? new TieRule(TieKind.Best) { UnlessAmbiguous = unlessAmbiguous }
        : new TieRule(TieKind.Closest);

    static string? When(Dice dice, SourceSpec left, SourceSpec right) => dice.Below(8) switch
    {
        0 => $"{left.Name}.n == {right.Name}.n",
        1 => $"{left.Name}.id < {right.Name}.id",
        2 => $"Odd( {left.Name} )",
        _ => null,
    };

    sealed class Dice(int[] rolled)
    {
        int _next;

        public int Below(int sides) => rolled[_next++] % sides;

        public T Of<T>(params T[] choices) => choices[Below(choices.Length)];
    }
}
