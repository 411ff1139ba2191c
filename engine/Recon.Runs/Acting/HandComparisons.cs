// Which amounts face each other in a match by hand.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Acting;

static class HandComparisons
{
    /// <summary>
    /// The amounts that the first pass of the leg that has any compares, else those that its key says are equal, else what each
    /// source weighs by (<c>value:</c>). Totals of both sides; no tolerance.
    /// </summary>
    internal static IReadOnlyList<Comparison> Of(Pack pack, LegSpec leg)
    {
        var passes = pack.Passes.Where(pass => pass.Leg.Index == leg.Index && !pass.IsOfOneSource).ToList();
        return passes.Select(pass => pass.Comparisons.Where(IsOfAmounts).ToList())
            .Concat(passes.Select(pass => (pass.IsOfSeveral ? pass.Pairs : [pass]).SelectMany(KeyAmounts).ToList()))
            .Append([.. leg.Sources.Zip(leg.Sources.Skip(1)).Select(Values).OfType<Comparison>()])
            .FirstOrDefault(amounts => amounts.Count > 0) ?? [];
    }

    static bool IsOfAmounts(Comparison pair) => pair.Left.Kind == FieldKind.Money && pair.Right.Kind == FieldKind.Money;

    static IEnumerable<Comparison> KeyAmounts(PassSpec pass) => pass.Key
        .Where(pair => pass.Left.Field(pair.LeftField).Kind == FieldKind.Money)
        .Select(pair => Facing((pass.Left, pair.LeftField), (pass.Right, pair.RightField)));

    static Comparison? Values((SourceSpec Left, SourceSpec Right) sides) =>
        sides.Left.Value is { } left && sides.Right.Value is { } right ? Facing((sides.Left, left), (sides.Right, right)) : null;

    static Comparison Facing((SourceSpec Source, string Field) left, (SourceSpec Source, string Field) right) => new(
        $"{left.Source.Name}.{left.Field} ~ {right.Source.Name}.{right.Field}", Operand(left), Operand(right), Tolerance: null);

    static Operand Operand((SourceSpec Source, string Field) side) =>
        new(side.Source.Name, FieldKind.Money, [new Term(Minus: false, side.Source.Name, side.Field)]);
}
