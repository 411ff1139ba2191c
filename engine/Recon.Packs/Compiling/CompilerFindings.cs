// Puts what the compiler says about a rule into the words of a pack.
using Recon.Model;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recon.Packs.Compiling;

/// <summary>One rule's translation of compiler diagnostics; the codes are Roslyn's.</summary>
sealed class CompilerFindings(
    SemanticModel model, RuleScope scope, IReadOnlyList<string> allSources, IReadOnlyList<string> parameters)
{
    public Said Of(Microsoft.CodeAnalysis.Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree!.GetRoot()
            .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return diagnostic.Id switch
        {
            "CS0103" => UnknownName(node),
            "CS1061" or "CS0117" => UnknownMember(node),
            "CS0019" => Operator(node),
            "CS8602" or "CS8629" or "CS8604" or "CS8600" or "CS8601" or "CS8605" =>
                RuleMessages.MayBeMissing(node.ToString()),
            "CS0029" or "CS0266" => Conversion(node),
            "CS8509" or "CS8524" or "CS8846" or "CS8655" => RuleMessages.NotExhaustive,
            "CS0161" => RuleMessages.NoAnswer,
            "CS0126" => RuleMessages.NoAnswer,
            "CS7036" or "CS1501" => OwnCall(node),
            _ => null,
        }
        ?? RuleMessages.Compiler(diagnostic.Id, Message(diagnostic));
    }

    Said UnknownName(SyntaxNode node)
    {
        var name = node.ToString();
        string[] known =
            [.. scope.Sources.Select(source => source.Name), ProgramText.Parameters, "Fn", "Math", "Money"];
        return allSources.Contains(name) ? RuleMessages.OutOfScope(name, known)
            : MemberHints.OfUnknown(name) is { } why ? RuleMessages.UnknownName(name, why)
            : RuleMessages.UnknownName(
                name, NearestName.Of(name, [.. known, .. ProgramText.Aliases.Keys]), known);
    }

    // A call of the program around the rules, with what a rule can give it.
    Said? OwnCall(SyntaxNode node)
    {
        var call = node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        var wanted = call is null ? null : model.GetSymbolInfo(call).CandidateSymbols.FirstOrDefault();
        return wanted is not null && SymbolEqualityComparer.Default.Equals(wanted.ContainingAssembly, model.Compilation.Assembly)
            ? RuleMessages.MemberNotAllowed(wanted.Name, null)
            : null;
    }

    Said? UnknownMember(SyntaxNode node)
    {
        var (receiver, name) = node.AncestorsAndSelf().OfType<ExpressionSyntax>().Select(Access)
            .FirstOrDefault(access => access.Name is not null);
        if (name is null)
        {
            return null;
        }

        var symbol = receiver is null ? null : model.GetSymbolInfo(receiver).Symbol;
        var type = symbol as ITypeSymbol ?? (receiver is null ? null : model.GetTypeInfo(receiver).Type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional)
        {
            type = receiver!.Parent is ConditionalAccessExpressionSyntax ? optional.TypeArguments[0] : type;
        }

        if (type is null)
        {
            return null;
        }

        if (scope.ByRecordType(type.Name) is { } source)
        {
            string[] fields = [.. source.Fields.Select(field => field.Spec.Name), "Id"];
            return RuleMessages.UnknownField(source.Name, name, NearestName.Of(name, fields), fields);
        }

        if (type.Name == ProgramText.Parameters)
        {
            return RuleMessages.UnknownParameter(name, NearestName.Of(name, parameters), parameters);
        }

        if (symbol is IParameterSymbol
            && scope.Sources.FirstOrDefault(other => other.IsList && other.Name == symbol.Name) is { } list
            && list.Fields.Any(field => field.Spec.Name == name))
        {
            return RuleMessages.ListHasNoField(list.Name, name);
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } missing
            && AllowedSurface.MembersOf(missing.TypeArguments[0]).Contains(name))
        {
            return RuleMessages.MayBeMissing(receiver!.ToString());
        }

        var members = Members(type);
        return RuleMessages.UnknownMember(
            TypeWords.Of(type, scope), name, NearestName.Of(name, members), members);
    }

    static (ExpressionSyntax? Receiver, string? Name) Access(ExpressionSyntax node) => node switch
    {
        MemberAccessExpressionSyntax access => (access.Expression, access.Name.Identifier.ValueText),
        MemberBindingExpressionSyntax binding => (
            binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression,
            binding.Name.Identifier.ValueText),
        _ => (null, null),
    };

    IReadOnlyList<string> Members(ITypeSymbol type)
    {
        var isList = type is IArrayTypeSymbol
            || (type is INamedTypeSymbol { Arity: 1, TypeKind: TypeKind.Interface });
        return isList
            ? AllowedSurface.MembersOf(model.Compilation.GetTypeByMetadataName("System.Linq.Enumerable")!)
            : AllowedSurface.MembersOf(type);
    }

    Said? Operator(SyntaxNode node)
    {
        if (node.AncestorsAndSelf().OfType<BinaryExpressionSyntax>().FirstOrDefault() is not { } binary)
        {
            return null;
        }

        var (left, right) = (Value(binary.Left), Value(binary.Right));
        if (IsMoney(left) && IsNumber(right) && binary.IsKind(SyntaxKind.DivideExpression))
        {
            return RuleMessages.MoneyDivided;
        }

        if (IsNumber(left) && IsMoney(right) && binary.IsKind(SyntaxKind.MultiplyExpression))
        {
            return RuleMessages.MoneySecond(binary.Left.ToString(), binary.Right.ToString());
        }

        if (IsMoney(left) && IsNumber(right))
        {
            return RuleMessages.MoneyAndNumber(Literal(binary.Right));
        }

        if (IsNumber(left) && IsMoney(right))
        {
            return RuleMessages.MoneyAndNumber(Literal(binary.Left));
        }

        var isLogic = binary.IsKind(SyntaxKind.LogicalAndExpression)
            || binary.IsKind(SyntaxKind.LogicalOrExpression);
        if (isLogic && (IsOptionalBool(binary.Left) || IsOptionalBool(binary.Right)))
        {
            return RuleMessages.OptionalAnswer;
        }

        return left is not null && right is not null
            ? RuleMessages.Compiler("CS0019", $"'{binary.OperatorToken.Text}' does not stand between "
                + $"{TypeWords.Of(left, scope)} and {TypeWords.Of(right, scope)}")
            : null;
    }

    Said? Conversion(SyntaxNode node)
    {
        if (node is not ExpressionSyntax expression)
        {
            return null;
        }

        var info = model.GetTypeInfo(expression);
        var isAnswer = node.Parent is ArrowExpressionClauseSyntax or ReturnStatementSyntax;
        if (info.ConvertedType?.SpecialType == SpecialType.System_Boolean && IsOptionalBool(expression))
        {
            return RuleMessages.OptionalAnswer;
        }

        if (IsMoney(Value(info.ConvertedType)) && IsNumber(Value(info.Type)))
        {
            return RuleMessages.MoneyAndNumber(Literal(expression));
        }

        if (!isAnswer && IsMoney(Value(info.Type)))
        {
            return RuleMessages.MoneyAsNumber(expression.ToString());
        }

        return isAnswer && info.Type is not null
            ? RuleMessages.WrongAnswer(
                scope.Answer is { } field ? CSharpKinds.Word(field.Kind) : "yes or no",
                TypeWords.Of(info.Type, scope))
            : null;
    }

    bool IsOptionalBool(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type is { } type && !SymbolEqualityComparer.Default.Equals(Value(type), type)
        && Value(type)?.SpecialType == SpecialType.System_Boolean;

    ITypeSymbol? Value(ExpressionSyntax expression) => Value(model.GetTypeInfo(expression).Type);

    static ITypeSymbol? Value(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional
            ? optional.TypeArguments[0]
            : type;

    static bool IsMoney(ITypeSymbol? type) => type?.Name == "Money";

    static bool IsNumber(ITypeSymbol? type) =>
        type?.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int32
            or SpecialType.System_Int64;

    // The hint repeats what the author wrote, as a decimal.
    static string Literal(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { Token: var token }
        ? token.Text.TrimEnd('m', 'M', 'L') + "m"
        : expression.ToString();

    string Message(Microsoft.CodeAnalysis.Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        foreach (var source in scope.Sources)
        {
            message = message
                .Replace($"System.Collections.Generic.IReadOnlyList<{source.RecordType}>",
                    $"list of {source.Name}", StringComparison.Ordinal)
                .Replace($"IReadOnlyList<{source.RecordType}>", $"list of {source.Name}",
                    StringComparison.Ordinal)
                .Replace(source.RecordType, source.Name, StringComparison.Ordinal);
        }

        return message.ReplaceLineEndings(" ");
    }
}
