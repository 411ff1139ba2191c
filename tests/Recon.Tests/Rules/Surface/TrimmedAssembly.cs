// Writes an assembly of the platform as C# without bodies, with the listed types and members and nothing else.
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Recon.Tests.Rules.Surface;

/// <summary>The text of one trimmed reference, from the symbols of the assembly as it is.</summary>
/// <param name="listed">All types and members of the surface, whatever their assembly.</param>
sealed class TrimmedAssembly(IReadOnlySet<ISymbol> listed)
{
    const int LongestLine = 160;

    static readonly SymbolDisplayFormat Names = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    static readonly SymbolDisplayFormat Heads = Names
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis);

    readonly StringBuilder _text = new();

    public string Write(IAssemblySymbol assembly)
    {
        _text.Append(CultureInfo.InvariantCulture, $"// What the compiler of rules sees of {assembly.Name}. ");
        _text.Append("Written from the lists of members by a test; not to be edited.\n");
        _text.Append("#nullable enable\n");
        foreach (var space in listed.OfType<INamedTypeSymbol>()
            .Where(type => type.ContainingType is null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly))
            .GroupBy(type => type.ContainingNamespace.ToDisplayString(), StringComparer.Ordinal).OrderBy(space => space.Key, StringComparer.Ordinal))
        {
            _text.Append(CultureInfo.InvariantCulture, $"\nnamespace {space.Key}\n{{\n");
            var (before, isLong) = (_text.Length, false);
            foreach (var type in space.OrderBy(Id, StringComparer.Ordinal))
            {
                var start = _text.Length;
                Type(type, "    ");
                var wasLong = isLong;
                isLong = _text.ToString(start, _text.Length - start).Count(c => c == '\n') > 1;
                _text.Insert(start, start > before && (isLong || wasLong) ? "\n" : "");
            }

            _text.Append("}\n");
        }

        return _text.ToString();
    }

    void Type(INamedTypeSymbol type, string indent)
    {
        if (type.TypeKind == TypeKind.Delegate)
        {
            var call = type.DelegateInvokeMethod!;
            Line(indent, $"public delegate {call.ReturnType.ToDisplayString(Names)} {Name(type)}{Parameters(call)};");
            return;
        }

        var bases = Bases(type).Select(each => each.ToDisplayString(Names)).ToList();
        var head = $"{Attributes(type)}public {Kind(type)} {Name(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}{Constraints(type)}";
        var (lines, types) = (Lines(type).ToList(), type.GetTypeMembers().Where(listed.Contains).ToList());
        if (lines.Count + types.Count == 0)
        {
            Line(indent, $"{head} {{ }}");
            return;
        }

        Line(indent, head);
        Line(indent, "{");
        foreach (var line in lines)
        {
            Line(indent + "    ", line);
        }

        foreach (var nested in types)
        {
            Type(nested, indent + "    ");
        }

        Line(indent, "}");
    }

    IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        var members = type.GetMembers().Where(listed.Contains).Where(member => member is not INamedTypeSymbol).OrderBy(Id, StringComparer.Ordinal).ToList();
        return type.TypeKind switch
        {
            TypeKind.Enum => members.OfType<IFieldSymbol>().OrderBy(member => member.ConstantValue)
                .Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Name} = {member.ConstantValue},")),
            TypeKind.Interface => members.Select(member => Member(member, "")),
            _ => [.. Held(type, members), .. members.Select(member => Member(member, Modifiers(member))), .. Fulfilled(type)],
        };
    }

    // A struct that holds nothing would be given without having been set; a class has no constructor but the listed ones.
    static IEnumerable<string> Held(INamedTypeSymbol type, List<ISymbol> members) => type switch
    {
        { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None or SpecialType.System_Nullable_T } => ["readonly int _held;"],
        { TypeKind: TypeKind.Class, IsStatic: false } when !members.Any(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor }) =>
            [$"extern {type.Name}();"],
        _ => [],
    };

    // What the listed interfaces of a type ask of it.
    IEnumerable<string> Fulfilled(INamedTypeSymbol type) => Bases(type).Where(each => each.TypeKind == TypeKind.Interface)
        .SelectMany(each => each.GetMembers().Where(member => listed.Contains(member.OriginalDefinition)))
        .Where(member => type.FindImplementationForInterfaceMember(member) is { } found
            && (found.ContainingType.TypeKind == TypeKind.Interface || !listed.Contains(found)))
        .Select(member => Member(member, "extern ", $"{member.ContainingType.ToDisplayString(Names)}."));

    IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        var above = type.TypeKind is TypeKind.Class ? type.BaseType : null;
        while (above is not null && !listed.Contains(above.OriginalDefinition))
        {
            above = above.BaseType;
        }

        var interfaces = type.AllInterfaces.Where(each => listed.Contains(each.OriginalDefinition)).ToList();
        var named = interfaces.Where(each => !interfaces.Exists(other => other.AllInterfaces.Contains(each, SymbolEqualityComparer.Default)))
            .OrderBy(each => each.ToDisplayString(), StringComparer.Ordinal);
        return above is null or { SpecialType: SpecialType.System_Object } ? named : [above, .. named];
    }

    static string Kind(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => "enum",
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct } => $"{(type.IsReadOnly ? "readonly " : "")}{(type.IsRefLikeType ? "ref " : "")}struct",
        { IsStatic: true } => "static class",
        _ => $"{(type.IsAbstract ? "abstract " : "")}{(type.IsSealed ? "sealed " : "")}class",
    };

    static string Modifiers(ISymbol member) => member is IFieldSymbol field
        ? $"public {(field.IsConst ? "const " : field.IsStatic ? "static readonly " : "")}"
        : $"{(member.DeclaredAccessibility == Accessibility.Protected ? "protected" : "public")} {(member.IsStatic ? "static " : "")}"
            + $"{(member.IsOverride ? "override " : member.IsAbstract || member.IsVirtual ? "virtual " : "")}extern ";

    string Member(ISymbol member, string modifiers, string owner = "") => member switch
    {
        IFieldSymbol field => $"{modifiers}{field.Type.ToDisplayString(Names)} {field.Name}{(field.IsConst ? $" = {Constant(field)}" : "")};",
        IPropertySymbol property => $"{Attributes(property)}{Indexer(property)}{modifiers}{Reference(property)}{property.Type.ToDisplayString(Names)} {owner}"
            + (property.IsIndexer ? $"this[{string.Join(", ", property.Parameters.Select(Parameter))}]" : property.Name)
            + (IsNamedArgument(property) ? " { get; set; }" : " { get; }"),
        IMethodSymbol { MethodKind: MethodKind.Constructor } made => $"{modifiers}{made.ContainingType.Name}{Parameters(made)};",
        IMethodSymbol { MethodKind: MethodKind.Conversion } turned => $"{modifiers}{(turned.Name == "op_Implicit" ? "implicit" : "explicit")} operator "
            + $"{turned.ReturnType.ToDisplayString(Names)}{Parameters(turned)};",
        IMethodSymbol method => $"{Attributes(method)}{Returned(method)}{modifiers}{method.ReturnType.ToDisplayString(Names)} "
            + $"{owner}{Name(method)}{Parameters(method)}{Constraints(method)};",
        _ => throw new InvalidOperationException($"no way to write {member}"),
    };

    static string Indexer(IPropertySymbol property) => property is { IsIndexer: true, MetadataName: not "Item" }
        ? $"[System.Runtime.CompilerServices.IndexerName(\"{property.MetadataName}\")] "
        : "";

    // Attributes are given these where they are written.
    static bool IsNamedArgument(IPropertySymbol property) => property is { SetMethod: not null, ContainingType.BaseType.Name: nameof(Attribute) };

    static string Constant(IFieldSymbol field) => field.ConstantValue is string text
        ? SymbolDisplay.FormatLiteral(text, quote: true)
        : field.ConstantValue is decimal exact ? string.Create(CultureInfo.InvariantCulture, $"{exact}m")
        : string.Create(CultureInfo.InvariantCulture, $"{field.ConstantValue}");

    static string Reference(IPropertySymbol property) => property.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    };

    static string Name(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } sign => "operator " + SyntaxFacts.GetText(SyntaxFacts.GetOperatorKind(sign.Name)),
        IMethodSymbol { TypeParameters: [_, ..] types } => $"{symbol.Name}<{string.Join(", ", types.Select(each => each.Name))}>",
        INamedTypeSymbol { TypeParameters: [_, ..] types } => $"{symbol.Name}<{string.Join(", ", types.Select(Varied))}>",
        _ => symbol.Name,
    };

    static string Varied(ITypeParameterSymbol type) => type.Variance switch
    {
        VarianceKind.In => $"in {type.Name}",
        VarianceKind.Out => $"out {type.Name}",
        _ => type.Name,
    };

    string Parameters(IMethodSymbol method) => $"({string.Join(", ", method.Parameters.Select(Parameter))})";

    string Parameter(IParameterSymbol parameter) => Attributes(parameter)
        + (parameter is { Ordinal: 0, ContainingSymbol: IMethodSymbol { IsExtensionMethod: true } } ? "this " : "")
        + parameter.ToDisplayString(Heads)
        + Default(parameter);

    static string Default(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue
        ? string.Create(CultureInfo.InvariantCulture, $" = ({parameter.Type.ToDisplayString(Names)}){parameter.ExplicitDefaultValue ?? "null"}")
        : "";

    string Constraints(ISymbol symbol)
    {
        var types = symbol switch { INamedTypeSymbol type => type.TypeParameters, IMethodSymbol method => method.TypeParameters, _ => [] };
        return string.Concat(types.Select(type => (type.Name, Kind: Constraint(type))).Where(each => each.Kind.Length > 0)
            .Select(each => $" where {each.Name} : {each.Kind}"));
    }

    string Constraint(ITypeParameterSymbol type) => string.Join(", ",
    [
        .. type.HasValueTypeConstraint ? ["struct"] : type.HasReferenceTypeConstraint ? ["class"] : Array.Empty<string>(),
        .. type.ConstraintTypes.OfType<INamedTypeSymbol>().Where(each => listed.Contains(each.OriginalDefinition)).Select(each => each.ToDisplayString(Names)),
    ]);

    string Attributes(ISymbol symbol) => string.Concat(symbol.GetAttributes().Where(IsListed).Select(attribute => $"[{attribute}] "));

    string Returned(IMethodSymbol method) => string.Concat(method.GetReturnTypeAttributes().Where(IsListed).Select(attribute => $"[return: {attribute}] "));

    // Those that the compiler writes by itself may not be written.
    bool IsListed(AttributeData attribute) => attribute.AttributeClass is { } type && listed.Contains(type)
        && type.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis";

    void Line(string indent, string line)
    {
        if (indent.Length + line.Length <= LongestLine)
        {
            _text.Append(indent).Append(line).Append('\n');
            return;
        }

        var rest = line;
        for (var left = indent; rest.Length > 0; left = indent + "    ")
        {
            var most = LongestLine - left.Length;
            var end = rest.Length <= most ? rest.Length : rest.LastIndexOf(", ", most - 1, StringComparison.Ordinal) + 1;
            _text.Append(left).Append(rest.AsSpan(0, end)).Append('\n');
            rest = rest[end..].TrimStart();
        }
    }

    static string Id(ISymbol symbol) => symbol.GetDocumentationCommentId()!;
}
