// Says types in the words of a pack.
using Microsoft.CodeAnalysis;

namespace Recon.Packs.Compiling;

static class TypeWords
{
    /// <summary>For example <c>money</c>, <c>optional text</c>, <c>a list of records of provider</c>.</summary>
    public static string Of(ITypeSymbol type, RuleScope scope) => type.SpecialType switch
    {
        SpecialType.System_String when type.NullableAnnotation == NullableAnnotation.Annotated => "optional text",
        SpecialType.System_String => "text",
        SpecialType.System_Decimal => "a number",
        SpecialType.System_Int32 or SpecialType.System_Int64 => "a whole number",
        SpecialType.System_Boolean => "yes or no",
        SpecialType.System_Char => "a character",
        _ => type switch
        {
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional =>
                $"optional {Bare(Of(optional.TypeArguments[0], scope))}",
            INamedTypeSymbol { Arity: 1, TypeKind: TypeKind.Interface } list =>
                $"a list of {Plural(list.TypeArguments[0], scope)}",
            IArrayTypeSymbol array => $"a list of {Plural(array.ElementType, scope)}",
            { Name: "Money" } => "money",
            { Name: "DateOnly" } => "a date",
            { Name: "Instant" } => "an instant",
            { Name: "TimeSpan" } => "a span of time",
            _ when scope.ByRecordType(type.Name) is { } source => $"a record of {source.Name}",
            _ => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
        },
    };

    static string Plural(ITypeSymbol item, RuleScope scope) => scope.ByRecordType(item.Name) is { } source
        ? $"records of {source.Name}"
        : Bare(Of(item, scope)) is var word && word is "text" or "money" ? word : $"{word}s";

    static string Bare(string words) =>
        words.StartsWith("a ", StringComparison.Ordinal) ? words[2..]
        : words.StartsWith("an ", StringComparison.Ordinal) ? words[3..]
        : words;
}
