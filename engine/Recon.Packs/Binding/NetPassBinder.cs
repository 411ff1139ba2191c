// Binds passes that take records of one source that cancel.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class NetPassBinder(PackScope scope)
{
    const string Example = "ledger, or ledger n:m for all records of a key";

    /// <summary>The two records of a key that names one by the other.</summary>
    public const string Original = "original", Reversal = "reversal";

    /// <summary>How <c>net</c> says that all records of a key are taken together.</summary>
    public const string AllOfKey = "n:m";

    /// <summary>True where the mapping of a pass says that it is one.</summary>
    public static bool IsMeant(MapNode map) => map.Find("net") is not null;

    /// <returns>The pass; null, reported, where its source cannot be told.</returns>
    public PassSpec? Bind(MapNode map, LegMaker legs)
    {
        var keys = new Keys(map, map.Place, PassShapes.Net, scope.Report);
        var id = PassBinder.Id(keys, scope);
        if (Net(keys) is not var (source, kind))
        {
            return null;
        }

        var pairs = Key(keys, source);
        var pass = new PassSpec(
            id?.Text ?? "", scope.Passes.Count, legs.Of(source), source.Spec, source.Spec, Cardinality.OneToOne, pairs,
            Windows(keys, source, kind, pairs, out var complete), Tie(keys, source, kind),
            kind == PassKind.Net && Words.Choose(keys, "hold", Words.TrueFalse, Defaults.Hold, scope.Report),
            scope.Rule(keys.Find("when"), $"passes.{id?.Text}.when"), id?.Place ?? map.Place)
        {
            Kind = kind,
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

    (BoundSource, PassKind)? Net(Keys keys)
    {
        if (keys.NeedScalar("net", Example) is not { } net)
        {
            return null;
        }

        var match = NetText().Match(net.Text);
        if (!match.Success)
        {
            scope.Report.Add(Findings.BadNet, net.Place, Example, net.Text);
            return null;
        }

        var name = match.Groups[1];
        return scope.Source(name.Value, net.PlaceOf(name.Index, name.Length)) is { } source
            ? (source, match.Groups[2].Value == AllOfKey ? PassKind.NetGroup : PassKind.Net)
            : null;
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
            if (PairOf(node, keys, source, nulls) is not { } pair)
            {
                continue;
            }

            if (pair.LeftField != pair.RightField && pairs.Exists(known => known.LeftField != known.RightField))
            {
                scope.Report.Add(Findings.TwoReferences, node.Place, "keep the one that names the record", source.Name);
            }
            else
            {
                PassBinder.AddKey(pairs, pair, node.Place, scope.Report);
            }
        }

        return pairs;
    }

    KeyPair? PairOf(Node node, Keys owner, BoundSource source, bool nulls)
    {
        if (node is not MapNode map)
        {
            return Field(owner.Shape<ScalarNode>(node, "a field"), source) is { } field
                ? new KeyPair(field.Name, field.Name, nulls)
                : null;
        }

        var names = new Keys(map, owner.PlaceOf("key"), PassShapes.Reference, scope.Report);
        var (original, reversal) = (names.NeedScalar(Original), names.NeedScalar(Reversal));
        var (left, right) = (Field(original, source), Field(reversal, source));
        if (left is null || right is null)
        {
            return null;
        }

        if (left.Kind != right.Kind)
        {
            scope.Report.Add(
                Findings.KindsDiffer, reversal!.Place, "a key is equal on both sides: derive a field of the same kind",
                $"'{left.Name}'", Literals.Name(left.Kind), $"'{right.Name}'", Literals.Name(right.Kind));
            return null;
        }

        // Records without a reference are what is reversed, so two missing ones are never equal.
        return new KeyPair(left.Name, right.Name, NullsEqual: nulls && left.Name == right.Name);
    }

    FieldSpec? Field(ScalarNode? name, BoundSource source) =>
        name is not null && source.Field(name.Text, name.Place, scope.Report, out var sure) is { } field && sure ? field : null;

    /// <summary>The windows of the pass; amounts face the other record's amount negated, so that they are what is left of both.</summary>
    List<Comparison> Windows(Keys keys, BoundSource source, PassKind kind, List<KeyPair> pairs, out bool complete)
    {
        var calendar = keys.Has("calendar") ? scope.Calendar(keys.Scalar("calendar")) : source.Spec.Calendar;
        var isDirected = kind == PassKind.Net && pairs.Exists(pair => pair.LeftField != pair.RightField);
        var windows = new OneSourceWindows(scope, source, calendar).Bind(keys, isDirected, out complete);
        if (complete && source.IsCertain && !windows.Exists(window => window.Tolerance is AmountTolerance))
        {
            if (source.Spec.Value is { } value)
            {
                var operand = new Operand(source.Name, FieldKind.Money, [new Term(false, source.Name, value)]);
                windows.Insert(0, new Comparison(
                    OperandBinder.Text(operand.Terms), operand, operand, new AmountTolerance(ExactNumber.Zero, ExactNumber.Zero, null)));
            }
            else
            {
                complete = false;
                scope.Report.Add(Findings.NoNetAmount, keys.PlaceOf("net"), "within: { amount: 0 }", source.Name);
            }
        }

        return windows.ConvertAll(window => window.Tolerance is AmountTolerance ? Facing(window) : window);
    }

    static Comparison Facing(Comparison window) => window with
    {
        Name = OperandBinder.Text(window.Left, summed: true),
        Right = window.Left with { Terms = [.. window.Left.Terms.Select(term => term with { Minus = !term.Minus })] },
    };

    TieRule Tie(Keys keys, BoundSource source, PassKind kind)
    {
        if (kind == PassKind.Net)
        {
            return new TieBinder(scope, [source, source]).Bind(keys);
        }

        keys.RefuseIfPresent("tie", "all records of a key are taken together");
        keys.RefuseIfPresent("hold", "all records of a key are taken together");
        return Defaults.Tie;
    }

    [GeneratedRegex(@"^\s*([A-Za-z0-9_]+)(?:\s+(1:1|n:m))?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NetText();
}
