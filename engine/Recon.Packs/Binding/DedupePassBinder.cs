// Binds passes that look for records of one source that came twice.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class DedupePassBinder(PackScope scope)
{
    static readonly (string Word, TieKind Kind)[] Orders =
        [("oldest", TieKind.Oldest), ("newest", TieKind.Newest)];

    /// <summary>True where the mapping of a pass says that it is one.</summary>
    public static bool IsMeant(MapNode map) => map.Find("dedupe") is not null;

    /// <returns>The pass; null, reported, where its source cannot be told.</returns>
    public PassSpec? Bind(MapNode map, LegMaker legs)
    {
        var keys = new Keys(map, map.Place, PassShapes.Dedupe, scope.Report);
        var id = PassBinder.Id(keys, scope);
        var name = keys.NeedScalar("dedupe", "the source whose records may come twice");
        if (name is null || scope.Source(name.Text, name.Place) is not { } source)
        {
            return null;
        }

        var calendar = keys.Has("calendar") ? scope.Calendar(keys.Scalar("calendar")) : source.Spec.Calendar;
        var windows = new OneSourceWindows(scope, source, calendar).Bind(keys, isDirected: false, out var complete);
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
            if (keys.Shape<ScalarNode>(node, "a field") is { } name
                && source.Field(name.Text, name.Place, scope.Report, out var sure) is { } field && sure)
            {
                PassBinder.AddKey(pairs, new KeyPair(field.Name, field.Name, nulls), node.Place, scope.Report);
            }
        }

        return pairs;
    }

    TieRule Keep(Keys owner, BoundSource source)
    {
        if (owner.Map("keep") is not { } map)
        {
            return Defaults.Keep;
        }

        var keys = new Keys(map, owner.PlaceOf("keep"), PassShapes.Keep, scope.Report);
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
