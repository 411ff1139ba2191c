// Binds a pass over three or more sources: `join: [ledger, provider, bank]`.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary>What each two sources demand of each other is bound as a pass of those two.</summary>
sealed class SeveralPassBinder(PackScope scope, LegMaker legs)
{
    internal const string Example = "join: [ledger, provider, bank]";

    // Who is against a truth is kept in the bits of a byte.
    const int MostSources = 8;

    /// <summary>The pass; null, reported, where its sources cannot be told.</summary>
    public PassSpec? Bind(Keys keys, ScalarNode? id, ListNode join, Place place)
    {
        if (Sources(keys, join) is not { } sources)
        {
            return null;
        }

        Refuse(keys);
        var leg = legs.Of(sources);
        var parts = Key(keys, sources);
        var comparisons = new SeveralComparisons(scope, sources, PassBinder.Calendar(keys, leg, scope));
        comparisons.Bind(keys);
        BoundSource[] sides = [.. sources.OrderBy(source => source.Spec.Index)];
        var pairs = new List<PassSpec>();
        for (var first = 0; first < sides.Length; first++)
        {
            foreach (var second in sides.Skip(first + 1))
            {
                var isInOrder = sources.IndexOf(sides[first]) < sources.IndexOf(second);
                var (left, right) = isInOrder ? (sides[first], second) : (second, sides[first]);
                pairs.Add(new PassSpec(
                    id?.Text ?? "", scope.Passes.Count, new LegSpec(leg.Index, [sides[first].Spec, second.Spec]), left.Spec, right.Spec,
                    Cardinality.OneToOne, [.. parts.Select(part => part.PairOf(left, right))], comparisons.Of(left, right),
                    TieRule.Ask, Hold: false, When: null, id?.Place ?? place));
            }
        }

        var pass = new PassSpec(
            id?.Text ?? "", scope.Passes.Count, leg, sources[0].Spec, sources[1].Spec, Cardinality.OneToOne, [],
            comparisons.Stated, new TieBinder(scope, sides).Bind(keys),
            Words.Choose(keys, "hold", Words.TrueFalse, Defaults.Hold, scope.Report),
            scope.Rule(keys.Find("when"), $"passes.{id?.Text}.when"), id?.Place ?? place)
        {
            Pairs = pairs,
        };
        if (pass.When is { } when && sources.TrueForAll(source => source.CanCompile(when)))
        {
            scope.Rules.Add(new RuleToCompile(when, PassBinder.ShapeOf(pass)));
        }

        if (comparisons.Complete && parts.Count > 0 == keys.Has("key") && sources.TrueForAll(source => source.IsCertain))
        {
            CheckSense(pass, keys, sources);
        }

        return pass;
    }

    List<BoundSource>? Sources(Keys keys, ListNode join)
    {
        var names = join.Items.Select(item => keys.Shape<ScalarNode>(item, "a source")).ToList();
        if (names.Exists(name => name is null))
        {
            return null;
        }

        if (names.Count is < 3 or > MostSources || names.DistinctBy(name => name!.Text).Count() != names.Count)
        {
            scope.Report.Add(Findings.BadJoinOfSeveral, join.Place, Example, $"{MostSources}");
            return null;
        }

        var sources = names.ConvertAll(name => scope.Source(name!.Text, name.Place));
        return sources.Contains(null) ? null : sources.ConvertAll(source => source!);
    }

    static void Refuse(Keys keys)
    {
        foreach (var key in (string[])["size", "search", "prefer"])
        {
            keys.RefuseIfPresent(key, "a join of several sources has no groups");
        }

        keys.RefuseIfPresent("partial", "a join of several sources matches whole records");
        keys.RefuseIfPresent("push_down", "a server joins two sources");
    }

    List<KeyPart> Key(Keys keys, List<BoundSource> sources)
    {
        var nulls = Words.Choose(keys, "nulls", PassBinder.Nulls, Defaults.NullsEqual, scope.Report);
        if (!keys.Has("key"))
        {
            keys.RefuseIfPresent("nulls", "the pass has no key");
        }

        var parts = new List<KeyPart>();
        foreach (var node in keys.OneOrMore("key"))
        {
            if (Fields(node, keys, sources) is { } fields)
            {
                parts.Add(new KeyPart(sources, fields, nulls));
            }
        }

        return parts;
    }

    // One field a source, of one kind.
    List<FieldSpec>? Fields(Node node, Keys keys, List<BoundSource> sources)
    {
        var names = node is MapNode map
            ? Named(new Keys(map, keys.PlaceOf("key"), "this key", scope.Report, [.. sources.Select(source => source.Name)]), sources)
            : [.. Enumerable.Repeat(keys.Shape<ScalarNode>(node, "a field"), sources.Count)];
        var fields = new List<FieldSpec>();
        for (var i = 0; i < sources.Count; i++)
        {
            if (names[i] is { } name && sources[i].Field(name.Text, name.Place, scope.Report, out var certain) is { } field && certain)
            {
                fields.Add(field);
            }
        }

        var other = fields.Find(field => field.Kind != fields[0].Kind);
        if (other is not null)
        {
            scope.Report.Add(
                Findings.KindsDiffer, node.Place, "a key is equal on all sides: derive a field of the same kind", $"'{fields[0].Name}'",
                Literals.Name(fields[0].Kind), $"'{other.Name}'", Literals.Name(other.Kind));
        }

        return fields.Count == sources.Count && other is null ? fields : null;
    }

    static List<ScalarNode?> Named(Keys keys, List<BoundSource> sources) =>
        sources.ConvertAll(source => keys.NeedScalar(source.Name));

    void CheckSense(PassSpec pass, Keys keys, List<BoundSource> sources)
    {
        PassBinder.CheckAmountOnly(pass, keys, scope);
        PassBinder.CheckTie(pass, keys, scope);
        var withMoney = sources.FindAll(source => source.Spec.Fields.Any(field => field.Kind == FieldKind.Money));
        var alone = withMoney.Find(source => !pass.PartsOf(source.Spec).Any(PairsMoney));
        if (alone is not null && withMoney.Find(source => source != alone) is { } other)
        {
            scope.Report.Add(
                Findings.NoMoneyPaired, keys.PlaceOf("id"), $"compare: {{ {alone.Name}.…: {other.Name}.… }}", alone.Name, other.Name);
        }
    }

    static bool PairsMoney(PassSpec pair) => pair.Comparisons.Any(each => each.Left.Kind == FieldKind.Money)
        || pair.Key.Any(part => pair.Left.Field(part.LeftField).Kind == FieldKind.Money);

    /// <summary>One part of the key.</summary>
    /// <param name="Fields">By source.</param>
    sealed record KeyPart(List<BoundSource> Sources, List<FieldSpec> Fields, bool NullsEqual)
    {
        public KeyPair PairOf(BoundSource left, BoundSource right) =>
            new(Fields[Sources.IndexOf(left)].Name, Fields[Sources.IndexOf(right)].Name, NullsEqual);
    }
}
