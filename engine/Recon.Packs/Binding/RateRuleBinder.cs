// Binds `fx` of a tolerance: which rates, of which day, into which currency.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary><c>fx: { rates: ECB, date: booked, to: EUR, max_age: 5d }</c>.</summary>
sealed partial class RateRuleBinder(PackScope scope, BoundSource left, BoundSource right)
{
    // A rate that is older than a year is no rate of the day.
    const int OldestAge = 366;

    /// <summary>The tolerance with its rates; null, reported, where they cannot be told or do not fit.</summary>
    /// <param name="owner">The mapping of the tolerance.</param>
    public AmountTolerance? Bind(AmountTolerance tolerance, MapNode owner, FieldKind kind)
    {
        var entry = owner.Find("fx")!;
        if (kind != FieldKind.Money)
        {
            scope.Report.Add(
                Findings.WrongKind, entry.Key.Place, "numbers have no currency", "what 'fx' converts", Literals.Name(kind), "money");
            return null;
        }

        if (new Keys(owner, owner.Place, "a tolerance", scope.Report, [.. owner.Entries.Select(known => known.Key.Text)])
            .Map("fx") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, entry.Key.Place, PassShapes.Rates, scope.Report);
        var rates = scope.Text(keys.NeedScalar("rates", "the name of rates in recon.yaml: rates: { ECB: rates/ecb.csv }"));
        var date = keys.NeedScalar("date", "whose day decides: date: booked") is { } field ? DateOf(field) : null;
        var to = keys.NeedScalar("to", "the currency that both amounts are compared in: to: EUR") is { } code ? CurrencyOf(code) : null;
        var age = keys.Has("max_age") ? AgeOf(keys.Scalar("max_age")) : Defaults.RateAge;
        return rates is null || date is not var (source, name) || to is not { } currency || age is not { } oldest
            || !IsIn(tolerance, currency, owner)
            ? null
            : tolerance with { Fx = new RateRule(rates, source, name, currency, oldest) };
    }

    // An amount of the tolerance says how far apart the converted amounts may be.
    bool IsIn(AmountTolerance tolerance, Currency to, MapNode owner)
    {
        if (tolerance.Currency is { } other && other != to)
        {
            scope.Report.Add(Findings.TwoCurrencies, owner.Place, $"write the tolerance in {to}, or convert to {other}", $"{other}", $"{to}");
            return false;
        }

        var isBare = tolerance.Currency is null
            && (tolerance.Under.Amount is { IsZero: false } || tolerance.Over.Amount is { IsZero: false });
        if (isBare)
        {
            scope.Report.Add(
                Findings.BadTolerance, owner.Place, $"the amounts are compared in {to}: 0.50 {to}", Literals.AnyCurrency, "amounts with 'fx'");
        }

        return !isBare;
    }

    (string Source, string Field)? DateOf(ScalarNode node)
    {
        var dot = node.Text.IndexOf('.', StringComparison.Ordinal);
        var name = node.Text[(dot + 1)..];
        BoundSource[] sides = dot < 0
            ? [.. new[] { left, right }.Where(side => side.Find(name) is not null)]
            : [.. new[] { left, right }.Where(side => side.Name == node.Text[..dot])];
        switch (sides)
        {
            case [var side]:
                return side.Field(name, node.Place, scope.Report, out var certain) is { } field && (!certain || IsTime(field, node))
                    ? (side.Name, field.Name)
                    : null;
            case []:
                scope.Report.Add(
                    Findings.UnknownField, node.Place,
                    NearestName.Hint(name, left.Spec.Fields.Concat(right.Spec.Fields).Select(field => field.Name)),
                    node.Text, $"the join of '{left.Name}' and '{right.Name}'");
                return null;
            default:
                scope.Report.Add(
                    Findings.AmbiguousField, node.Place, $"{left.Name}.{name} or {right.Name}.{name}", name, $"'{left.Name}' and '{right.Name}'");
                return null;
        }
    }

    bool IsTime(FieldSpec field, ScalarNode node)
    {
        var isTime = field.Kind is FieldKind.Date or FieldKind.Instant;
        if (!isTime)
        {
            scope.Report.Add(Findings.WrongKind, node.Place, null, $"'{node.Text}'", Literals.Name(field.Kind), "a date or an instant");
        }

        return isTime;
    }

    Currency? CurrencyOf(ScalarNode node)
    {
        if (scope.Text(node) is not { } code)
        {
            return null;
        }

        if (Currency.TryParse(code, out var currency))
        {
            return currency;
        }

        scope.Report.Add(Findings.BadText, node.Place, "three capital letters: EUR", code, "a currency");
        return null;
    }

    int? AgeOf(ScalarNode? node)
    {
        if (scope.Text(node) is not { } text)
        {
            return null;
        }

        if (AgeText().Match(text) is { Success: true } match
            && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var days and <= OldestAge)
        {
            return days;
        }

        scope.Report.Add(Findings.BadNumber, node!.Place, "5d: a rate of one of the 5 days before serves too", text, "a number of days up to 366d");
        return null;
    }

    [GeneratedRegex(@"^([0-9]{1,3})d\z", RegexOptions.CultureInvariant)]
    private static partial Regex AgeText();
}
