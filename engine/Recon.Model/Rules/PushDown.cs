// What a record still has to say where its server has found its match: which columns travel, which stay behind.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

/// <summary>
/// An exact pass whose two sources are queries of one connection may be joined by the server. A row that it joins travels without the
/// optional texts that no rule asks of a matched record, and without columns that no field reads. The engine matches all rows itself.
/// </summary>
public static class PushDown
{
    /// <summary>The pass in which the server may join rows of the source; null where there is none.</summary>
    public static PassSpec? Of(Pack pack, SourceSpec source) =>
        pack.Passes.FirstOrDefault(pass => pass.IsPushedDown && (pass.Left.Name == source.Name || pass.Right.Name == source.Name));

    /// <summary>Fields of the source that travel of every row, in the order of the pack.</summary>
    public static IReadOnlyList<FieldSpec> Travelling(Pack pack, SourceSpec source)
    {
        var asked = Asked(pack, source).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. source.Fields.Where(field => field.Derived is null
                && (field.Kind != FieldKind.Text || !field.Optional || asked.Contains(field.Name))),
        ];
    }

    /// <summary>
    /// The columns by which a row that is delivered again is known, and the names of the fields that they are; null where the whole row counts.
    /// </summary>
    public static IReadOnlySet<string>? Counted(Pack pack, SourceSpec source) => Of(pack, source) is null
        ? null
        : Travelling(pack, source).SelectMany(field => field.Columns.Append(field.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Columns of the left source that must hold the same text as a column of the right one, first those of the key.</summary>
    public static IReadOnlyList<FacingColumns> Facing(PassSpec pass)
    {
        var fields = pass.Key.Select(pair => (pair.LeftField, pair.RightField, IsKey: true))
            .Concat(pass.Comparisons.Select(pair => (Field(pair, pass.Left), Field(pair, pass.Right), IsKey: false)));
        return
        [
            .. fields.SelectMany(pair => pass.Left.Field(pair.Item1).Columns
                .Zip(pass.Right.Field(pair.Item2).Columns, (left, right) => new FacingColumns(left, right, pair.IsKey)))
                .DistinctBy(pair => (pair.Left, pair.Right)),
        ];
    }

    /// <summary>True where two fields make the same value of the same cells.</summary>
    public static bool AreReadAlike(FieldSpec left, FieldSpec right) =>
        left.Derived is null && right.Derived is null && left.Kind == right.Kind && left.Clean.Count == 0 && right.Clean.Count == 0
        && left.Pattern == right.Pattern && left.Zone == right.Zone
        && left.Currency?.Constant == right.Currency?.Constant && (left.Currency?.Column is null) == (right.Currency?.Column is null)
        && (left.DebitColumn is null) == (right.DebitColumn is null) && AreAlike(left.Sign, right.Sign);

    static bool AreAlike(SignRule? left, SignRule? right) => left is null || right is null
        ? left == right
        : left.DebitIsPlus == right.DebitIsPlus && left.Debit.SequenceEqual(right.Debit) && left.Credit.SequenceEqual(right.Credit);

    // A pair that faces the other way round names its fields by source.
    static string Field(Comparison pair, SourceSpec source) =>
        (pair.Left.Source == source.Name ? pair.Left : pair.Right).Terms[0].Field;

    static IEnumerable<string> Asked(Pack pack, SourceSpec source)
    {
        var pass = Of(pack, source);
        var derived = source.Fields.Select(field => field.Derived?.Text).OfType<string>().ToList();
        IEnumerable<string?> named =
        [
            source.Id, source.Value, source.PostingKey,
            .. source.Controls.Select(control => control.Field),
            .. pack.Trust.SelectMany(trust => trust.Sources).Where(field => field.Source == source.Name).Select(field => field.Field),
            .. pass is null ? [] : AskedBy(pass, source),
            .. source.Fields.Select(field => field.Name).Where(name => derived.Exists(text => text.Contains(name, StringComparison.Ordinal))),
        ];
        return named.OfType<string>();
    }

    static IEnumerable<string?> AskedBy(PassSpec pass, SourceSpec source)
    {
        var isLeft = pass.Left.Name == source.Name;
        return pass.Key.Select(pair => isLeft ? pair.LeftField : pair.RightField)
            .Concat(pass.Comparisons.SelectMany(pair => pair.Left.Terms.Concat(pair.Right.Terms))
                .Where(term => term.Source == source.Name).Select(term => term.Field))
            .Append(isLeft ? pass.Tie.LeftField : pass.Tie.RightField);
    }
}

/// <summary>A column of each source that face each other.</summary>
public sealed record FacingColumns(string Left, string Right, bool IsKey);
