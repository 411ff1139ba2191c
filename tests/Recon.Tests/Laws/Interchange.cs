// Which records the oracle holds to be interchangeable.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

/// <summary>Which records are interchangeable, for packs whose C# only names <c>source.field</c>, or the source alone.</summary>
static class Interchange
{
    public static bool Same(Pack pack, PassSpec pass, RecordTable table, int row, int other)
    {
        if (row == other)
        {
            return true;
        }

        var source = table.Source;
        var readsId = pass.When is { } when
            && (Reads(when.Text, source, "id") || ReadsWhole(when.Text, source));
        var isAlone = pass.Leg.Sources.Count == 1;
        return !readsId && pass.PartsOf(source).All(part => part.Key.All(pair => FieldOf(part, pair) != "id"))
            && source.Fields.Select(field => field.Name)
            .Where(field => field != "id" && IsRead(field))
            .All(field => table.Column(field).ValueEquals(row, table.Column(field), other));

        string FieldOf(PassSpec part, KeyPair pair) => part.Left.Name == source.Name ? pair.LeftField : pair.RightField;

        bool IsRead(string field) => pack.Passes.Where(each => each.Leg.Index == pass.Leg.Index
            || (each.Leg.Names.Contains(source.Name) && (isAlone || each.IsOfOneSource))).SelectMany(each => each.PartsOf(source)).Any(each =>
                each.Key.Any(pair => (each.IsOfOneSource && pair.RightField == field) ||
                    (each.Left.Name == source.Name ? pair.LeftField : pair.RightField) == field)
                || each.Comparisons.Any(pair =>
                    pair.Left.Terms.Concat(pair.Right.Terms).Any(term =>
                    term.Source == source.Name && term.Field == field)
                    || (pair.Tolerance is AmountTolerance { Fx: { } rate } && rate.DateSource == source.Name && rate.DateField == field)
                    || (pair.Tolerance is SimilarityTolerance similar && similar.Blocks.OfType<TextBlock.Field>().Any(
                        block => (each.Left.Name == source.Name ? block.Left : block.Right) == field)))
                || (each.Left.Name == source.Name ? each.Tie.LeftField : each.Tie.RightField) == field
                || (each.When is { } rule
                    && (Reads(rule.Text, source, field) || ReadsWhole(rule.Text, source))))
            || pack.Passes.Where(each => each.IsOfSeveral && each.Leg.Index == pass.Leg.Index).Any(each =>
                each.Tie.SideFields.ElementAtOrDefault(each.Leg.SideOf(source.Name)) == field
                || (each.When is { } rule && (Reads(rule.Text, source, field) || ReadsWhole(rule.Text, source))))
            || pack.Classes.Any(rule => rule.When is { } text && Reads(text.Text, source, field));
    }

    static bool Reads(string text, SourceSpec source, string field) =>
        text.Split(' ').Contains($"{source.Name}.{field}");

    static bool ReadsWhole(string text, SourceSpec source) => text.Split(' ').Contains(source.Name);
}
