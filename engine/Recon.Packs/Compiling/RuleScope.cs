// What a rule can see: its records, their fields, the parameters, and what it has to answer.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>A source as one rule sees it.</summary>
/// <param name="RecordType">The type of its records in the generated program.</param>
/// <param name="Fields">The fields in scope, with their position among the columns of the table.</param>
sealed record ScopedSource(
    SourceSpec Source, string RecordType, IReadOnlyList<ScopedField> Fields, bool IsList)
{
    public string Name => Source.Name;
}

/// <summary>A field as a property of a record.</summary>
/// <param name="Optional">True where the property can be missing (null).</param>
sealed record ScopedField(FieldSpec Spec, int Index, bool Optional);

/// <summary>The names that one rule can use.</summary>
/// <param name="Answer">The field it computes; null where it answers yes or no.</param>
sealed record RuleScope(IReadOnlyList<ScopedSource> Sources, FieldSpec? Answer)
{
    /// <summary>Its head, where it is a function that rules call.</summary>
    public HelperSignature? Helper { get; private init; }

    public static RuleScope Of(RuleShape shape) => shape switch
    {
        RuleShape.OfRecord record => new([All(record.Source)], null),
        RuleShape.OfPair pair => new([All(pair.Left), All(pair.Right)], null),
        RuleShape.OfGroup group => new([All(group.One), All(group.Many) with { IsList = true }], null),
        RuleShape.OfGroups groups => new(
            [All(groups.Left) with { IsList = true }, All(groups.Right) with { IsList = true }], null),
        RuleShape.OfSeveral several => new([.. several.Sources.Select(All)], null),
        RuleShape.OfHelper helper => new([], null) { Helper = helper.Signature },
        RuleShape.OfField field => new([Before(field.Source, field.Field)], field.Field),
        _ => throw new InvalidOperationException($"bug: no scope for {shape}"),
    };

    public ScopedSource? ByRecordType(string name) =>
        Sources.FirstOrDefault(source => source.RecordType == name);

    static ScopedSource All(SourceSpec source) => new(
        source, RecordType(source),
        [.. source.Fields.Select((field, index) => new ScopedField(field, index, field.Optional))],
        IsList: false);

    // Derived fields come one after the other; a required one may be missing in a row that is rejected later.
    static ScopedSource Before(SourceSpec source, FieldSpec field) => new(
        source, $"{RecordType(source)}_{field.Name}",
        [
            .. source.Fields.TakeWhile(other => other.Name != field.Name)
                .Select((other, index) =>
                    new ScopedField(other, index, other.Optional || other.Derived is not null)),
        ],
        IsList: false);

    // Names of sources begin with a small letter, so no two give one type name and none is a field's name.
    static string RecordType(SourceSpec source) =>
        $"{char.ToUpperInvariant(source.Name[0])}{source.Name[1..]}Record";
}

/// <summary>How kinds of fields are spelled in C#.</summary>
static class CSharpKinds
{
    public static string Type(FieldKind kind) => kind switch
    {
        FieldKind.Text => "string",
        FieldKind.Money => "Money",
        FieldKind.Number => "decimal",
        FieldKind.Date => "DateOnly",
        FieldKind.Instant => "Instant",
        _ => throw new InvalidOperationException($"bug: no C# for {kind}"),
    };

    public static string Word(FieldKind kind) => kind switch
    {
        FieldKind.Text => "text",
        FieldKind.Money => "money",
        FieldKind.Number => "a number",
        FieldKind.Date => "a date",
        FieldKind.Instant => "an instant",
        _ => throw new InvalidOperationException($"bug: no word for {kind}"),
    };
}
