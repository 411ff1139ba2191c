// Binds the section `passes`, and the legs that the passes make.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class PassBinder(PackScope scope)
{
    public const int MostEntries = 500;

    public static readonly (string, bool)[] Nulls = [("equal", true)];

    readonly LegMaker _legs = new(scope);

    static readonly (string Word, Cardinality Cardinality)[] Cardinalities =
        [("1:1", Cardinality.OneToOne), ("1:n", Cardinality.OneToMany), ("n:1", Cardinality.ManyToOne),
            ("n:m", Cardinality.ManyToMany)];

    public static string Name(Cardinality cardinality) =>
        Cardinalities.First(pair => pair.Cardinality == cardinality).Word;

    public void Bind(Keys root)
    {
        foreach (var map in Entries(root, "passes", scope.Report))
        {
            BindPass(map);
        }
    }

    /// <summary>The mappings of a section that is a list of them.</summary>
    public static IEnumerable<MapNode> Entries(Keys root, string section, Report report)
    {
        var list = root.List(section);
        if (list is { Items.Count: > MostEntries })
        {
            report.Add(
                Findings.TooMany, root.PlaceOf(section), "split the pack", $"{list.Items.Count}",
                $"{MostEntries}");
        }

        foreach (var item in list?.Items ?? [])
        {
            if (root.Shape<MapNode>(item, "a mapping with 'id'") is { } map)
            {
                yield return map;
            }
        }
    }

    void BindPass(MapNode map)
    {
        if (!DedupePassBinder.IsMeant(map) && !NetPassBinder.IsMeant(map))
        {
            BindJoin(map);
            return;
        }

        var pass = NetPassBinder.IsMeant(map)
            ? new NetPassBinder(scope).Bind(map, _legs)
            : new DedupePassBinder(scope).Bind(map, _legs);
        if (pass is not null)
        {
            scope.Passes.Add(pass);
        }
    }

    /// <summary>The id of a pass, noted so that no other has it; null, reported, where there is none.</summary>
    public static ScalarNode? Id(Keys keys, PackScope scope)
    {
        var id = keys.NeedScalar("id", "the name by which results speak of it");
        if (id is null || !Names.CheckId(id, "a pass", scope.Report))
        {
            return id;
        }

        if (BuiltInPasses.Has(id.Text))
        {
            scope.Report.Add(Findings.ReservedName, id.Place, "choose another name", id.Text, "the engine gives this pass itself");
        }
        else if (!scope.PassIds.Add(id.Text))
        {
            scope.Report.Add(Findings.DuplicateName, id.Place, "give each its own id", "passes", id.Text);
        }

        return id;
    }

    void BindJoin(MapNode map)
    {
        var keys = new Keys(map, map.Place, PassShapes.Join, scope.Report);
        var id = Id(keys, scope);
        if (keys.Find("join") is ListNode several)
        {
            if (new SeveralPassBinder(scope, _legs).Bind(keys, id, several, map.Place) is { } bound)
            {
                scope.Passes.Add(bound);
            }

            return;
        }

        if (Join(keys) is not { } join)
        {
            return;
        }

        var (left, right, cardinality) = join;
        var leg = _legs.Of(left, right);
        var pairs = Key(keys, left, right);
        var calendar = Calendar(keys, leg, scope);
        var comparisons = new ComparisonBinder(scope, left, right, cardinality, calendar).Bind(keys);
        var pass = new PassSpec(
            id?.Text ?? "", scope.Passes.Count, leg, left.Spec, right.Spec, cardinality, pairs,
            comparisons.List,
            new TieBinder(scope, [left, right]).Bind(keys),
            Words.Choose(keys, "hold", Words.TrueFalse, Defaults.Hold, scope.Report),
            scope.Rule(keys.Find("when"), $"passes.{id?.Text}.when"), id?.Place ?? map.Place)
        {
            Partial = PartialBinder.Bind(keys, cardinality, comparisons.Complete ? comparisons.List : null, scope),
            IsPushedDown = PushDownBinder.Bind(keys, scope),
        };
        pass = new GroupBinder(scope).Bind(pass, keys, comparisons.Complete);
        scope.Passes.Add(pass);
        if (comparisons.Complete && pairs.Count > 0 == keys.Has("key"))
        {
            CheckSense(pass, keys, left, right);
        }

        if (pass.When is { } when && left.CanCompile(when) && right.CanCompile(when))
        {
            scope.Rules.Add(new RuleToCompile(when, ShapeOf(pass)));
        }
    }

    /// <summary>What C# about a match of the pass sees.</summary>
    public static RuleShape ShapeOf(PassSpec pass) => pass.Cardinality switch
    {
        _ when pass.IsOfOneSource => new RuleShape.OfRecord(pass.Left),
        _ when pass.IsOfSeveral => new RuleShape.OfSeveral(pass.Leg.Sources),
        Cardinality.OneToOne => new RuleShape.OfPair(pass.Left, pass.Right),
        Cardinality.OneToMany => new RuleShape.OfGroup(pass.Left, pass.Right),
        Cardinality.ManyToMany => new RuleShape.OfGroups(pass.Left, pass.Right),
        _ => new RuleShape.OfGroup(pass.Right, pass.Left),
    };

    (BoundSource, BoundSource, Cardinality)? Join(Keys keys)
    {
        const string Example = "ledger 1:1 provider; 1:n, n:1 or n:m for groups";
        var node = keys.Need("join", Example);
        if (keys.Shape<ScalarNode>(node, "a join") is not { } join)
        {
            return null;
        }

        var match = JoinText().Match(join.Text);
        if (!match.Success)
        {
            scope.Report.Add(Findings.BadJoin, join.Place, ManySources().IsMatch(join.Text) ? SeveralPassBinder.Example : Example, join.Text);
            return null;
        }

        var left = scope.SourceOrNearest(
            match.Groups[1].Value, join.PlaceOf(match.Groups[1].Index, match.Groups[1].Length));
        var right = scope.SourceOrNearest(
            match.Groups[3].Value, join.PlaceOf(match.Groups[3].Index, match.Groups[3].Length));
        if (left is not null && left == right)
        {
            if (match.Groups[1].Value == match.Groups[3].Value)
            {
                scope.Report.Add(Findings.BadJoin, join.Place, "two different sources", join.Text);
            }

            return null;
        }

        var cardinality = Cardinalities.First(pair => pair.Word == match.Groups[2].Value).Cardinality;
        return left is null || right is null ? null : (left, right, cardinality);
    }

    /// <summary>The pass's own calendar, else that of the source declared first that names one.</summary>
    public static string? Calendar(Keys keys, LegSpec leg, PackScope scope)
    {
        scope.CalendarsKnown &= !keys.IsMisspelt("calendar");
        return keys.Has("calendar")
            ? scope.Calendar(keys.Scalar("calendar"))
            : leg.Sources.Select(source => source.Calendar).FirstOrDefault(name => name is not null);
    }

    List<KeyPair> Key(Keys keys, BoundSource left, BoundSource right)
    {
        var nulls = Words.Choose(keys, "nulls", Nulls, Defaults.NullsEqual, scope.Report);
        if (!keys.Has("key"))
        {
            keys.RefuseIfPresent("nulls", "the pass has no key");
        }

        var pairs = new List<KeyPair>();
        foreach (var node in keys.OneOrMore("key"))
        {
            var pair = node is MapNode map ? KeyOfTwo(map, keys.PlaceOf("key"), left, right, nulls)
                : KeyOfOne(keys.Shape<ScalarNode>(node, "a field"), left, right, nulls);
            if (pair is not null)
            {
                AddKey(pairs, pair, node.Place, scope.Report);
            }
        }

        return pairs;
    }

    /// <summary>Adds a pair of fields that no entry before has.</summary>
    public static void AddKey(List<KeyPair> pairs, KeyPair pair, Place place, Report report)
    {
        if (pairs.Contains(pair))
        {
            report.Add(
                Findings.DuplicateName, place, "keep one", "keys",
                pair.LeftField == pair.RightField ? pair.LeftField : $"{pair.LeftField}, {pair.RightField}");
        }
        else
        {
            pairs.Add(pair);
        }
    }

    KeyPair? KeyOfOne(ScalarNode? name, BoundSource left, BoundSource right, bool nulls)
    {
        if (name is null)
        {
            return null;
        }

        var first = left.Field(name.Text, name.Place, scope.Report, out var sure);
        var second = right.Field(name.Text, name.Place, scope.Report, out var alsoSure);
        return Pair(first, second, sure && alsoSure, name.Place, nulls);
    }

    KeyPair? KeyOfTwo(MapNode map, Place owner, BoundSource left, BoundSource right, bool nulls)
    {
        var keys = new Keys(map, owner, "this key", scope.Report, left.Name, right.Name);
        var (one, other) = (keys.NeedScalar(left.Name), keys.NeedScalar(right.Name));
        if (one is null || other is null)
        {
            return null;
        }

        var first = left.Field(one.Text, one.Place, scope.Report, out var sure);
        var second = right.Field(other.Text, other.Place, scope.Report, out var alsoSure);
        return Pair(first, second, sure && alsoSure, other.Place, nulls);
    }

    KeyPair? Pair(FieldSpec? left, FieldSpec? right, bool certain, Place place, bool nulls)
    {
        if (left is null || right is null || !certain)
        {
            return null;
        }

        if (left.Kind != right.Kind)
        {
            scope.Report.Add(
                Findings.KindsDiffer, place, "a key is equal on both sides: derive a field of the same kind",
                $"'{left.Name}'", Literals.Name(left.Kind), $"'{right.Name}'", Literals.Name(right.Kind));
            return null;
        }

        return new KeyPair(left.Name, right.Name, nulls);
    }

    /// <summary>What a pass must rest on.</summary>
    void CheckSense(PassSpec pass, Keys keys, BoundSource left, BoundSource right)
    {
        if (left.IsCertain && right.IsCertain)
        {
            CheckAmountOnly(pass, keys, scope);
        }

        var money = pass.Comparisons.Any(pair => pair.Left.Kind == FieldKind.Money)
            || pass.Key.Any(pair => pass.Left.Field(pair.LeftField).Kind == FieldKind.Money);
        CheckTie(pass, keys, scope);

        if (HasMoney(left) is { } one && HasMoney(right) is { } other && !money)
        {
            scope.Report.Add(
                Findings.NoMoneyPaired, keys.PlaceOf("id"),
                $"compare: {{ {left.Name}.{one}: {right.Name}.{other} }}", left.Name, right.Name);
        }
    }

    /// <summary>What a tie needs of the pass.</summary>
    public static void CheckTie(PassSpec pass, Keys keys, PackScope scope)
    {
        var hasNoDistance = pass.Tie.Kind switch
        {
            TieKind.Closest => pass.Comparisons.All(pair => pair.Tolerance is null || !pair.CanDiffer),
            TieKind.Best => pass.When is null && pass.Comparisons.All(pair => pair.Tolerance is null),
            _ => false,
        };
        if (hasNoDistance)
        {
            scope.Report.Add(
                Findings.NoDistance, keys.PlaceOf("tie"),
                "name an amount or a date under 'within', or 'tie: ask'", pass.Tie.Kind == TieKind.Best ? "best" : "closest");
        }

        if (pass.Tie.Kind == TieKind.Best && pass.Cardinality != Cardinality.OneToOne)
        {
            scope.Report.Add(Findings.BestOfGroups, keys.PlaceOf("tie"), "closest, ask, or a join 1:1", Name(pass.Cardinality));
        }
    }

    /// <summary>A pass needs more than an amount, or a reason.</summary>
    public static void CheckAmountOnly(PassSpec pass, Keys keys, PackScope scope)
    {
        var reason = scope.Text(keys.Scalar("allow_amount_only"));
        if (IsAmountOnly(pass) && reason is null && !keys.Has("allow_amount_only"))
        {
            scope.Report.Add(
                Findings.AmountOnly, keys.PlaceOf("id"),
                "add a 'key' or a date under 'within', or 'allow_amount_only: \"the reason\"'", pass.Id);
        }
    }

    static string? HasMoney(BoundSource source) =>
        source.Spec.Value ?? source.Spec.Fields.FirstOrDefault(field => field.Kind == FieldKind.Money)?.Name;

    /// <summary>True where nothing but amounts ties the records together; in a join of several sources: those of one of them.</summary>
    public static bool IsAmountOnly(PassSpec pass) => pass.IsOfSeveral
        ? pass.Leg.Sources.Any(source => pass.PartsOf(source).All(IsAmountOnly))
        : pass.Key.All(pair => OperandBinder.IsAmount(pass.Left.Field(pair.LeftField).Kind))
        && pass.Comparisons.All(pair => pair.Tolerance is null or AmountTolerance);

    [GeneratedRegex(
        @"^\s*([A-Za-z0-9_]+)\s+(1:1|1:n|n:1|n:m)\s+([A-Za-z0-9_]+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex JoinText();

    [GeneratedRegex(",", RegexOptions.CultureInvariant)]
    private static partial Regex ManySources();
}
