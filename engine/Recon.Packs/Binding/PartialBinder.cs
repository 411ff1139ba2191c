// Binds `partial` of a 1:1 pass.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

static class PartialBinder
{
    /// <summary>How often a record may be split; null where the pass matches whole records.</summary>
    /// <param name="comparisons">Null where not all could be bound.</param>
    public static int? Bind(Keys pass, Cardinality cardinality, IReadOnlyList<Comparison>? comparisons, PackScope scope)
    {
        if (Most(pass, scope) is not { } most)
        {
            return null;
        }

        if (cardinality != Cardinality.OneToOne)
        {
            pass.RefuseIfPresent("partial", "only the larger of two records can be left in part", "1:1");
            return null;
        }

        if (comparisons?.Any(pair => pair.Tolerance is AmountTolerance { Fx: not null }) == true)
        {
            pass.RefuseIfPresent("partial", "amounts of two currencies have no part in common", "delete it, or the rates");
            return null;
        }

        if (comparisons is not null && (!comparisons.Any(IsOfTwoFields) || comparisons.Count(IsOfMoney) > 1))
        {
            scope.Report.Add(Findings.NoSplit, pass.PlaceOf("partial"), "within: { amount ~ paid: 0 }");
            return null;
        }

        return comparisons is null ? null : most;
    }

    static int? Most(Keys pass, PackScope scope)
    {
        switch (pass.Find("partial"))
        {
            case MapNode map:
                var keys = new Keys(map, pass.PlaceOf("partial"), PassShapes.Partial, scope.Report);
                return keys.NeedScalar("max", $"1 to {Defaults.MostSplits}") is { } max ? scope.Integer(max, 1, Defaults.MostSplits) : null;
            case ScalarNode:
                return Words.Choose(pass, "partial", Words.TrueFalse, false, scope.Report) ? Defaults.MostSplits : null;
            case var other:
                pass.Shape<ScalarNode>(other, "true, false or { max: 9 }");
                return null;
        }
    }

    static bool IsOfMoney(Comparison pair) => pair is { Tolerance: AmountTolerance, Left.Kind: FieldKind.Money };

    static bool IsOfTwoFields(Comparison pair) =>
        IsOfMoney(pair) && pair.Left.Terms is [{ Minus: false }] && pair.Right.Terms is [{ Minus: false }];
}
