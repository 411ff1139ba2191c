// Binds the tolerances of money and numbers: amounts, percentages, caps, one side or both.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>
/// <c>0.02 EUR</c>, <c>1% of larger</c>, <c>1% of left max 5.00 EUR</c>, and as a mapping <c>{ up_to: … }</c> or
/// <c>{ under: …, over: … }</c>, with <c>of</c> and <c>max</c> for its percentages.
/// </summary>
sealed partial class AmountToleranceBinder(PackScope scope, Operand left, Operand right)
{
    const string Forms = "0.02 EUR, 1% of larger, 1% of left max 5.00 EUR";

    public static readonly (string Word, PercentBase Base)[] Bases =
    [
        ("left", PercentBase.Left), ("right", PercentBase.Right), ("larger", PercentBase.Larger),
        ("smaller", PercentBase.Smaller),
    ];

    /// <summary>One bound as written: what it allows, in which currency, of which base.</summary>
    readonly record struct Written(AmountBound Bound, Currency? Currency, PercentBase? Base);

    FieldKind Kind => left.Kind;

    /// <summary>The currency that an amount speaks of; null for 0, which speaks of none.</summary>
    static string? NameOf(ExactNumber? amount, Currency? currency) =>
        currency?.Code ?? (amount is null or { IsZero: true } ? null : Literals.AnyCurrency);

    /// <summary><c>left</c> as packs write it.</summary>
    public static string Word(PercentBase baseOf) => Bases.First(pair => pair.Base == baseOf).Word;

    /// <summary>True for what may be meant as an amount or a share.</summary>
    public static bool IsForm(string text) => text.Contains('%', StringComparison.Ordinal) || Literals.TryNumber(text, out _)
        || Literals.TryMoney(text, out _) || Literals.TryAmountOfAnyCurrency(text, out _);

    public AmountTolerance? Bind(Node node)
    {
        if (node is MapNode map)
        {
            return OfMap(map);
        }

        if (node is ListNode)
        {
            scope.Report.Add(Findings.BadTolerance, node.Place, Forms, "a list", "amounts");
            return null;
        }

        return node is ScalarNode scalar && Bound(scalar) is { } bound && Based(bound, scalar)
            ? new AmountTolerance(bound.Bound, bound.Bound, bound.Currency, bound.Base)
            : null;
    }

    AmountTolerance? OfMap(MapNode map)
    {
        if (map.Find("from") is not null || map.Find("to") is not null)
        {
            scope.Report.Add(
                Findings.ToleranceKind, map.Place, "{ under: 1.00 EUR, over: 0 }", Literals.Name(Kind),
                "from … to");
            return null;
        }

        var keys = new Keys(map, map.Place, PassShapes.AmountTolerance, scope.Report);
        if (!keys.Has("up_to") && !keys.Has("under") && !keys.Has("over"))
        {
            keys.Need("up_to", "{ up_to: 1%, of: larger }, { under: 1.00 EUR, over: 0 }");
            return null;
        }

        if (keys.Has("up_to"))
        {
            keys.RefuseIfPresent("under", "'up_to' bounds both sides");
            keys.RefuseIfPresent("over", "'up_to' bounds both sides");
        }

        var (under, over) = keys.Has("up_to") ? ("up_to", "up_to") : ("under", "over");
        var low = Side(keys, under);
        var high = under == over ? low : Side(keys, over);
        return low is { } a && high is { } b ? Whole(keys, a, b) : null;
    }

    /// <summary>A side that is not named allows nothing.</summary>
    Written? Side(Keys keys, string key) => keys.Has(key)
        ? keys.Scalar(key) is { } node ? Bound(node) : null
        : new Written(new ExactNumber(Defaults.UnnamedBound, 0), null, null);

    AmountTolerance? Whole(Keys keys, Written low, Written high)
    {
        var isPercent = low.Bound.Percent is not null || high.Bound.Percent is not null;
        if (!isPercent)
        {
            keys.RefuseIfPresent("of", "no bound is a percentage");
            keys.RefuseIfPresent("max", "no bound is a percentage");
        }

        var cap = keys.Scalar("max") is { } max && isPercent ? Amount(max) : null;
        if (isPercent && keys.Has("max")
            && (cap is not { } most || !OneCurrency(keys, "max", low, NameOf(most.Number, most.Currency))
                || !OneCurrency(keys, "max", high, NameOf(most.Number, most.Currency))))
        {
            return null;
        }

        (low, high) = (Capped(low, cap), Capped(high, cap));
        PercentBase? named = keys.Scalar("of") is { } of && isPercent
            ? Base(of.Text, of.Place)
            : low.Base ?? high.Base;
        return named is null && isPercent
            ? NoBase(keys.Has("of"), keys.PlaceOf(keys.Has("up_to") ? "up_to" : keys.Has("under") ? "under" : "over"))
            : OneBase(keys, named, low, high) && OneCurrency(keys, "over", low, NameOf(high.Bound.Amount, high.Currency))
            ? new AmountTolerance(low.Bound, high.Bound, low.Currency ?? high.Currency, named)
            : null;
    }

    AmountTolerance? NoBase(bool wrong, Place place)
    {
        if (!wrong)
        {
            scope.Report.Add(
                Findings.PercentOfWhat, place, "of: left, right, larger or smaller", "the percentage");
        }

        return null;
    }

    bool OneBase(Keys keys, PercentBase? named, Written low, Written high)
    {
        var other = low.Base is { } a && a != named ? a : high.Base is { } b && b != named ? b : named;
        if (other == named)
        {
            return true;
        }

        scope.Report.Add(
            Findings.BadTolerance, keys.PlaceOf(keys.Has("of") ? "of" : "over"), "one base for both bounds",
            $"of {Word(named!.Value)} and of {Word(other!.Value)}", "amounts");
        return false;
    }

    bool OneCurrency(Keys keys, string key, Written side, string? currency)
    {
        if (NameOf(side.Bound.Amount, side.Currency) is not { } one || currency is not { } other || one == other)
        {
            return true;
        }

        scope.Report.Add(
            Findings.TwoCurrencies, keys.Find(key)!.Place, "one tolerance, one currency", one, other);
        return false;
    }

    static Written Capped(Written side, (ExactNumber Number, Currency? Currency)? cap) =>
        cap is not { } most || side.Bound.Percent is null ? side : side with
        {
            Bound = side.Bound with
            {
                Amount = side.Bound.Amount is { } own && own < most.Number ? own : most.Number,
            },
            Currency = side.Currency ?? most.Currency,
        };

    /// <summary>One bound: 0, an amount, or a percentage with base and cap as far as it says so.</summary>
    Written? Bound(ScalarNode node)
    {
        var text = PackScope.IsReference(node) && scope.Parameters.Use(node) is { Kind: FieldKind.Text } given
            ? given.Value
            : node.Text;
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return Percent(text, node);
        }

        if (TimeSpanText().IsMatch(text))
        {
            scope.Report.Add(Findings.ToleranceKind, node.Place, "0.02 EUR", Literals.Name(Kind), text);
            return null;
        }

        return Amount(node) is { } amount ? new Written(amount.Number, amount.Currency, null) : null;
    }

    Written? Percent(string text, ScalarNode node)
    {
        var match = PercentText().Match(text);
        var percent = ExactNumber.Zero;
        var isNumber = match.Success && Literals.TryNumber(match.Groups["share"].Value, out percent);
        if (!isNumber || percent > new ExactNumber(100, 0))
        {
            var hint = isNumber ? "a percentage lies between 0% and 100%" : Forms;
            scope.Report.Add(Findings.BadTolerance, node.Place, hint, text, "amounts");
            return null;
        }

        (ExactNumber Number, Currency? Currency)? cap = null;
        if (match.Groups["max"] is { Success: true } most && (cap = Cap(most.Value, node)) is null)
        {
            return null;
        }

        PercentBase? named = null;
        if (match.Groups["of"] is { Success: true } of && (named = Base(of.Value, node.Place)) is null)
        {
            return null;
        }

        return new Written(new AmountBound(cap?.Number, percent), cap?.Currency, named);
    }

    (ExactNumber Number, Currency? Currency)? Cap(string text, ScalarNode node)
    {
        if (Kind == FieldKind.Money && Literals.TryAmountOfAnyCurrency(text, out var each))
        {
            return NotNegative((each, null), text, node);
        }

        if (Literals.CanonicalText(text, Kind) is null)
        {
            Literals.Refuse(node, text, Kind, scope.Report);
            return null;
        }

        var cap = Literals.TryMoney(text, out var money) ? (money.Number, money.CurrencyCode)
            : Literals.TryNumber(text, out var number) ? (number, default(Currency?)) : default;
        return NotNegative(cap, text, node);
    }

    (ExactNumber Number, Currency? Currency)? NotNegative(
        (ExactNumber Number, Currency? Currency) bound, string text, ScalarNode node)
    {
        if (bound.Number.Sign >= 0)
        {
            return bound;
        }

        scope.Report.Add(Findings.BadTolerance, node.Place, "a tolerance is 0 or more", text, "an amount");
        return null;
    }

    PercentBase? Base(string word, Place place)
    {
        foreach (var (known, meaning) in Bases)
        {
            if (known == word)
            {
                return meaning;
            }
        }

        var hint = word == left.Source ? $"'{word}' is the left side: write 'left'"
            : word == right.Source ? $"'{word}' is the right side: write 'right'"
            : NearestName.Hint(word, Bases.Select(pair => pair.Word));
        scope.Report.Add(
            Findings.BadWord, place, hint, word, string.Join(", ", Bases.Select(pair => pair.Word)));
        return null;
    }

    /// <summary>0, or a literal or parameter of the kind.</summary>
    (ExactNumber Number, Currency? Currency)? Amount(ScalarNode node)
    {
        if (node.Text == "0")
        {
            return (ExactNumber.Zero, null);
        }

        (ExactNumber Number, Currency? Currency)? bound = null;
        if (Kind == FieldKind.Money && Literals.TryAmountOfAnyCurrency(node.Text, out var each))
        {
            bound = (each, null);
        }
        else if (Kind == FieldKind.Money)
        {
            bound = scope.Money(node) is { } money ? (money.Number, money.CurrencyCode) : null;
        }
        else if (scope.Value(node, FieldKind.Number) is { } text && Literals.TryNumber(text, out var number))
        {
            bound = (number, null);
        }

        return bound is null ? null
            : bound.Value.Number.IsZero ? (ExactNumber.Zero, bound.Value.Currency)
            : NotNegative(bound.Value, node.Text, node);
    }

    /// <summary>A percentage has one base: on a single line it stands behind it.</summary>
    bool Based(Written bound, ScalarNode node)
    {
        var complete = bound.Bound.Percent is null || bound.Base is not null;
        if (!complete)
        {
            var share = node.Text[..(node.Text.IndexOf('%', StringComparison.Ordinal) + 1)];
            scope.Report.Add(
                Findings.PercentOfWhat, node.Place,
                $"{share} of larger{node.Text[share.Length..]}; or of left, right, smaller", share);
        }

        return complete;
    }

    [GeneratedRegex(
        @"^(?<share>[0-9.]+)%(?: of (?<of>[^ ]+))?(?: max (?<max>.+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PercentText();

    [GeneratedRegex(@"^[+-]?[0-9]+(d|h|m| business days?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeSpanText();
}
