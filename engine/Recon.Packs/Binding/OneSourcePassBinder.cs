// Binds passes that look at one source alone: dedupe.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

sealed class OneSourcePassBinder(PackScope scope)
{
    static readonly (string Word, TieKind Kind)[] Orders =
        [("oldest", TieKind.Oldest), ("newest", TieKind.Newest)];

    /// <summary>True where the mapping of a pass says that it looks at one source.</summary>
    public static bool IsMeant(MapNode map) => map.Find("dedupe") is not null;

    /// <returns>The pass; null, reported, where its source cannot be told.</returns>
    public PassSpec? Bind(MapNode map, LegMaker legs)
    {
        var keys = new Keys(
            map, map.Place, "a dedupe pass", scope.Report, "id", "dedupe", "key", "nulls", "within", "calendar", "keep",
            "allow_amount_only", "when", "description");
        var id = PassBinder.Id(keys, scope);
        var name = keys.NeedScalar("dedupe", "the source whose records may come twice");
        if (name is null || scope.Source(name.Text, name.Place) is not { } source)
        {
            return null;
        }

        var calendar = keys.Has("calendar") ? scope.Calendar(keys.Scalar("calendar")) : source.Spec.Calendar;
        var windows = Windows(keys, source, calendar, out var complete);
        var pairs = Key(keys, source);
        var pass = new PassSpec(
            id?.Text ?? "", scope.Passes.Count, legs.Of(source), source.Spec, source.Spec, Cardinality.OneToOne,
            pairs, windows, Keep(keys, source), Hold: false,
            scope.Rule(keys.Find("when"), $"passes.{id?.Text}.when"), id?.Place ?? map.Place)
        {
            Kind = PassKind.Dedupe,
        };
        if (complete && source.IsCertain && pairs.Count > 0 == keys.Has("key"))
        {
            PassBinder.CheckAmountOnly(pass, keys, scope);
        }

        if (pass.When is { } when && source.CanCompile(when))
        {
            scope.Rules.Add(new RuleToCompile(when, new RuleShape.OfRecord(source.Spec)));
        }

        return pass;
    }

    List<KeyPair> Key(Keys keys, BoundSource source)
    {
        var nulls = Words.Choose(keys, "nulls", PassBinder.Nulls, Defaults.NullsEqual, scope.Report);
        if (!keys.Has("key"))
        {
            keys.RefuseIfPresent("nulls", "the pass has no key");
        }

        var pairs = new List<KeyPair>();
        foreach (var node in keys.OneOrMore("key"))
        {
            if (keys.Shape<ScalarNode>(node, "a field") is not { } name
                || source.Field(name.Text, name.Place, scope.Report, out var sure) is not { } field || !sure)
            {
                continue;
            }

            var pair = new KeyPair(field.Name, field.Name, nulls);
            if (pairs.Contains(pair))
            {
                scope.Report.Add(Findings.DuplicateName, node.Place, "keep one", "keys", field.Name);
            }
            else
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    /// <summary>Fields or small sums, each with how far two records may lie apart, either way.</summary>
    /// <param name="complete">False where one could not be bound.</param>
    List<Comparison> Windows(Keys keys, BoundSource source, string? calendar, out bool complete)
    {
        var map = keys.Map("within");
        var windows = new List<Comparison>();
        complete = map is not null || !keys.Has("within");
        foreach (var entry in map?.Entries ?? [])
        {
            if (Window(entry, source, calendar) is not { } window)
            {
                complete = false;
            }
            else if (windows.Exists(known => known.Name == window.Name))
            {
                scope.Report.Add(Findings.DuplicateName, entry.Key.Place, "keep one", "windows for", window.Name);
            }
            else
            {
                windows.Add(window);
            }
        }

        return windows;
    }

    Comparison? Window(Entry entry, BoundSource source, string? calendar)
    {
        var operand = new OperandBinder(scope, source, source, Cardinality.OneToOne).BindOne(entry.Key);
        if (operand is null || entry.Value is LostNode)
        {
            return null;
        }

        if (entry.Value is ScalarNode { IsNull: true })
        {
            scope.Report.Add(Findings.NoValue, entry.Key.Place, "0, 0.02 EUR, 2d, 36h", entry.Key.Text);
            return null;
        }

        var tolerance = new ToleranceBinder(scope, source, source, calendar).Bind(entry.Value, operand, operand);
        if (tolerance is ContainsTolerance or PatternTolerance or SimilarityTolerance
            or AmountTolerance { Base: not null } or AmountTolerance { Fx: not null })
        {
            scope.Report.Add(
                Findings.NotYet, entry.Value.Place, "0, 0.02 EUR, 2d, 36h", "such a tolerance in a pass of one source");
            return null;
        }

        if (tolerance is not null && !IsSameBothWays(tolerance))
        {
            scope.Report.Add(
                Findings.OneSidedWindow, entry.Value.Place, "0, 0.02 EUR, 2d, 36h", OperandBinder.Text(operand.Terms));
            return null;
        }

        return tolerance is null ? null : new Comparison(OperandBinder.Text(operand.Terms), operand, operand, tolerance);
    }

    static bool IsSameBothWays(Tolerance tolerance) => tolerance switch
    {
        AmountTolerance amount => amount.Under == amount.Over,
        DayTolerance days => days.From == -days.To,
        ElapsedTolerance elapsed => elapsed.From == -elapsed.To,
        _ => false,
    };

    TieRule Keep(Keys owner, BoundSource source)
    {
        if (owner.Map("keep") is not { } map)
        {
            return Defaults.Keep;
        }

        var keys = new Keys(map, owner.PlaceOf("keep"), "'keep'", scope.Report, "oldest", "newest");
        var chosen = Orders.Where(order => keys.Has(order.Word)).ToList();
        if (chosen.Count != 1)
        {
            scope.Report.Add(Findings.OneOf, map.Place, null, "'keep'", "oldest, newest");
            return Defaults.Keep;
        }

        var node = keys.Scalar(chosen[0].Word);
        var field = node?.Text == "id" ? "id"
            : node is null ? null
            : source.FieldOf(node, scope.Report, "a date or an instant", FieldKind.Date, FieldKind.Instant)?.Name;
        return field is null ? Defaults.Keep : new TieRule(chosen[0].Kind, field, field);
    }
}
