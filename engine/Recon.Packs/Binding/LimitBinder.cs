// Binds the limit of a resolution, and the circuit breaker of a pack.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class LimitBinder(PackScope scope)
{
    const int MostPostings = 1_000_000_000;

    /// <param name="posted">Fields whose amounts are posted; one whose currency stands in a column may be in any.</param>
    /// <param name="field">Binds the field of a record of the break; null, reported, where there is none.</param>
    public LimitSpec Bind(Keys owner, IReadOnlyList<FieldSpec> posted, Func<ScalarNode, OnceValue?> field)
    {
        if (owner.Map("limit") is not { } map)
        {
            return LimitSpec.None;
        }

        var keys = new Keys(map, owner.PlaceOf("limit"), ClassShapes.Limit, scope.Report);
        var run = Ceiling(keys, "run", posted);
        return new LimitSpec
        {
            Each = Values(keys, "each", posted),
            Run = WithCount(keys, run),
            Day = Ceiling(keys, "day", posted),
            Account = Ceiling(keys, "account", posted),
            Counterparty = Counterparty(keys, posted, field),
        };
    }

    /// <summary>The circuit breaker: the usual one where the pack does not name one, null where it is off.</summary>
    public BreakerSpec? Breaker(Keys root)
    {
        if (root.Find("breaker") is not { } node)
        {
            return BreakerSpec.Usual;
        }

        if (node is ScalarNode { Text: "off" })
        {
            return null;
        }

        if (root.Shape<MapNode>(node, "'off' or a mapping") is not { } map)
        {
            return BreakerSpec.Usual;
        }

        var keys = new Keys(map, root.PlaceOf("breaker"), ClassShapes.Breaker, scope.Report);
        return new BreakerSpec(
            scope.Integer(keys.Scalar("times"), 2, 1_000_000) ?? BreakerSpec.Usual.Times,
            scope.Integer(keys.Scalar("dates"), BreakerSpec.FewestDates, 1_000) ?? BreakerSpec.Usual.Dates,
            Values(keys, "below", []));
    }

    // `count` alone is that of a run, as most packs mean it.
    Ceiling? WithCount(Keys keys, Ceiling? run)
    {
        if (run?.Count is not null)
        {
            keys.RefuseIfPresent("count", "'run' has a count already");
            return run;
        }

        return Count(keys) is { } count ? new Ceiling(run?.Values ?? [], count) : run;
    }

    int? Count(Keys keys) => scope.Integer(keys.Scalar("count"), 0, MostPostings);

    CounterpartyLimit? Counterparty(Keys owner, IReadOnlyList<FieldSpec> posted, Func<ScalarNode, OnceValue?> field)
    {
        if (owner.Map("counterparty") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, owner.PlaceOf("counterparty"), ClassShapes.CounterpartyLimit, scope.Report);
        var by = keys.NeedScalar("by", "the field that names it: ledger.customer") is { } node ? field(node) : null;
        return Bounded(keys, owner.PlaceOf("counterparty"), posted) is { } ceiling && by is not null
            ? new CounterpartyLimit(by, ceiling)
            : null;
    }

    /// <summary>Amounts, or a mapping of <c>value</c> and <c>count</c>.</summary>
    Ceiling? Ceiling(Keys owner, string key, IReadOnlyList<FieldSpec> posted) => owner.Find(key) switch
    {
        null => null,
        MapNode map => Bounded(
            new Keys(map, owner.PlaceOf(key), ClassShapes.Ceiling, scope.Report), owner.PlaceOf(key), posted),
        _ => Values(owner, key, posted) is { Count: > 0 } values ? new Ceiling(values, null) : null,
    };

    Ceiling? Bounded(Keys keys, Place place, IReadOnlyList<FieldSpec> posted)
    {
        if (!keys.Has("value") && !keys.Has("count"))
        {
            scope.Report.Add(Findings.MissingKey, place, "{ value: 100.00 EUR, count: 50 }", "value", "a limit");
            return null;
        }

        return new Ceiling(Values(keys, "value", posted), Count(keys));
    }

    /// <summary>One amount, or a list with one a currency; sorted by currency.</summary>
    IReadOnlyList<Money> Values(Keys owner, string key, IReadOnlyList<FieldSpec> posted)
    {
        var values = new List<Money>();
        foreach (var item in owner.OneOrMore(key))
        {
            if (owner.Shape<ScalarNode>(item, "an amount, or a list with one for each currency") is { } node && Value(node, posted) is { } value)
            {
                if (values.Exists(known => known.CurrencyCode == value.CurrencyCode))
                {
                    scope.Report.Add(Findings.DuplicateName, node.Place, "one amount for each currency", "limits in", value.Currency);
                }

                values.Add(value);
            }
        }

        return [.. values.OrderBy(value => value.Currency, StringComparer.Ordinal)];
    }

    Money? Value(ScalarNode node, IReadOnlyList<FieldSpec> posted)
    {
        var value = scope.Money(node);
        if (value is { Number.Sign: < 0 })
        {
            scope.Report.Add(Findings.BadNumber, node.Place, null, node.Text, "an amount of 0 or more");
        }

        CurrencyChecks.CanNeverMeet(value?.CurrencyCode, posted, node.Place, scope.Report);
        return value;
    }
}
