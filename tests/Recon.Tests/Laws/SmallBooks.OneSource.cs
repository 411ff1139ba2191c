// Random passes of one source, over the same small domains.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

static partial class SmallBooks
{
    static PassSpec DedupePass(Dice dice, int index, SourceSpec source, List<LegSpec> legs) => Matching.Books.Pass(
        $"p{index}", index, Leg(legs, source), source, source, Cardinality.OneToOne, OneSourceKey(dice), Windows(dice, source),
        dice.Of(
            new TieRule(TieKind.Oldest, "id", "id"), new TieRule(TieKind.Newest, "id", "id"),
            new TieRule(TieKind.Oldest, "booked", "booked"), new TieRule(TieKind.Newest, "at", "at")),
        hold: false,
        dice.Below(4) == 0 ? $"Odd( {source.Name} )" : null) with
    {
        Kind = PassKind.Dedupe,
    };

    // Amounts face the other amount negated.
    static PassSpec NetPass(Dice dice, int index, SourceSpec source, List<LegSpec> legs, bool isGroup)
    {
        var reference = dice.Below(3) == 0;
        var key = OneSourceKey(dice).Append(new KeyPair("ref", "reverses", false)).ToList();
        var amount = dice.Of(
            Amount("0", "0", null), Amount("0.01", "0.01", "EUR"), Amount("5", "5", null), Amount("20.01", "20.01", "EUR"));
        var times = Windows(dice, source).Where(window => window.Tolerance is not AmountTolerance).ToList();
        if (reference && !isGroup && dice.Below(2) == 0)
        {
            times = [.. times.Where(each => each.Left.Terms[0].Field != "booked"), Window(source, "booked", new DayTolerance(0, 4, null))];
        }

        var terms = dice.Below(4) == 0
            ? new[] { new Term(false, source.Name, "amount"), new Term(true, source.Name, "fee") }
            : [new Term(false, source.Name, "amount")];
        var operand = new Operand(source.Name, FieldKind.Money, terms);
        var negated = operand with { Terms = [.. terms.Select(term => term with { Minus = !term.Minus })] };
        times.Insert(dice.Below(times.Count + 1), new Comparison("sum", operand, negated, amount));
        return Matching.Books.Pass(
            $"p{index}", index, Leg(legs, source), source, source, Cardinality.OneToOne, reference ? key : [.. key.SkipLast(1)], times,
            isGroup ? TieRule.Ask : dice.Of(
                TieRule.Ask, TieRule.Ask, new(TieKind.Closest), Best(Cardinality.OneToOne, unlessAmbiguous: false),
                Best(Cardinality.OneToOne, unlessAmbiguous: true), new(TieKind.Oldest, "booked", "booked"),
                new(TieKind.Newest, "at", "at"), new(TieKind.Oldest, "id", "id")),
            hold: !isGroup && dice.Below(4) == 0,
            dice.Below(6) == 0 ? $"Odd( {source.Name} )" : null) with
        {
            Kind = isGroup ? PassKind.NetGroup : PassKind.Net,
        };
    }

    static Comparison Window(SourceSpec source, string field, Tolerance tolerance)
    {
        var operand = Matching.Books.Operand(source, field);
        return new Comparison($"{source.Name}.{field}", operand, operand, tolerance);
    }

    static List<KeyPair> OneSourceKey(Dice dice)
    {
        KeyPair? Pair(string field, bool nullsEqual) => new(field, field, nullsEqual);
        KeyPair?[] choices =
        [
            Pair("ref", false), Pair("ref", true), Pair("acct", false), Pair("amount", false), Pair("n", true),
            Pair("booked", false), null,
        ];
        KeyPair?[] chosen = [dice.Of(choices), dice.Below(3) == 0 ? dice.Of(choices) : null];
        return [.. chosen.OfType<KeyPair>().Distinct()];
    }

    static List<Comparison> Windows(Dice dice, SourceSpec source)
    {
        Comparison?[] chosen =
        [
            dice.Of(
                Window(source, "amount", Amount("0.01", "0.01", "EUR")), Window(source, "amount", Amount("0", "0", null)),
                Window(source, "amount", Amount("5", "5", null)), null, null),
            dice.Of(
                Window(source, "booked", new DayTolerance(-1, 1, null)), Window(source, "at", new DayTolerance(-1, 1, "TARGET2")),
                Window(source, "booked", new DayTolerance(0, 0, null)), null, null),
            dice.Of(Window(source, "at", new ElapsedTolerance(TimeSpan.FromHours(-6), TimeSpan.FromHours(6))), null, null),
        ];
        return [.. chosen.OfType<Comparison>()];
    }
}
