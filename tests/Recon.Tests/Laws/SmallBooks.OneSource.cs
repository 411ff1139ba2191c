// Random passes of one source, over the same small domains.
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

static partial class SmallBooks
{
    static PassSpec OneSourcePass(Dice dice, int index, SourceSpec source, List<LegSpec> legs) => Matching.Books.Pass(
        $"p{index}", index, Leg(legs, source), source, source, Cardinality.OneToOne, OneSourceKey(dice), Windows(dice, source),
        dice.Of(
            new TieRule(TieKind.Oldest, "id", "id"), new TieRule(TieKind.Newest, "id", "id"),
            new TieRule(TieKind.Oldest, "booked", "booked"), new TieRule(TieKind.Newest, "at", "at")),
        hold: false,
        dice.Below(4) == 0 ? $"Odd( {source.Name} )" : null) with
    {
        Kind = PassKind.Dedupe,
    };

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
        Comparison Window(string field, Tolerance tolerance)
        {
            var operand = Matching.Books.Operand(source, field);
            return new Comparison($"{source.Name}.{field}", operand, operand, tolerance);
        }

        Comparison?[] chosen =
        [
            dice.Of(
                Window("amount", Amount("0.01", "0.01", "EUR")), Window("amount", Amount("0", "0", null)),
                Window("amount", Amount("5", "5", null)), null, null),
            dice.Of(
                Window("booked", new DayTolerance(-1, 1, null)), Window("at", new DayTolerance(-1, 1, "TARGET2")),
                Window("booked", new DayTolerance(0, 0, null)), null, null),
            dice.Of(Window("at", new ElapsedTolerance(TimeSpan.FromHours(-6), TimeSpan.FromHours(6))), null, null),
        ];
        return [.. chosen.OfType<Comparison>()];
    }
}
