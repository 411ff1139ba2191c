// Looks at what the names of a rule mean, and refuses every member, type and operation that is not listed.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>
/// One rule, bound. What does not bind at all is left to the compiler, whose errors keep the program from being emitted.
/// </summary>
sealed class BoundRule(SemanticModel model, RuleScope scope, IReadOnlySet<ISymbol> helpers, Action<TextSpan, Said> report)
{
    public const int MaxReplaceText = 64;

    // The deepest that a list of an optional value needs; deeper types only exist to grow.
    const int MaxTypeDepth = 4;

    public void Check(MethodDeclarationSyntax method, SyntaxNode rule)
    {
        foreach (var name in rule.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is INamespaceSymbol space)
            {
                report(name.Span, RuleMessages.NamesNamespace(space.Name));
            }
        }

        if (model.GetOperation(method) is { } root)
        {
            var growth = new TextGrowth(root);
            var tooLong = root.Descendants().FirstOrDefault(operation => rule.FullSpan.Contains(operation.Syntax.Span) && growth.IsTooLong(operation));
            if (tooLong is not null)
            {
                report(tooLong.Syntax.Span, RuleMessages.TextTooLong);
            }

            foreach (var operation in root.Descendants()
                .Where(operation => rule.FullSpan.Contains(operation.Syntax.Span)))
            {
                if (Refusal(operation) is { } said)
                {
                    report(operation.Syntax.Span, said);
                }
            }
        }

        CheckConstant(rule);
    }

    Said? Refusal(IOperation operation) =>
        !AllowedOperations.Kinds.Contains(operation.Kind)
            ? operation.Kind == OperationKind.MethodReference
                ? RuleMessages.MethodGroup(operation.Syntax.ToString())
                : RuleMessages.OperationNotAllowed(operation.Kind.ToString())
            : Member(operation) ?? TypeOf(operation) ?? Special(operation);

    Said? Member(IOperation operation) => operation switch
    {
        IInvocationOperation call => Member(call.TargetMethod.ReducedFrom ?? call.TargetMethod),
        IPropertyReferenceOperation property => Member(property.Property),
        IFieldReferenceOperation field => Member(field.Field),
        IBinaryOperation { OperatorMethod: { } method } => Member(method),
        IUnaryOperation { OperatorMethod: { } method } => Member(method),
        IConversionOperation { OperatorMethod: { } method } => Member(method),
        IRecursivePatternOperation { DeconstructSymbol: { } method } => Member(method),
        IInstanceReferenceOperation { ReferenceKind: not InstanceReferenceKind.PatternInput } =>
            RuleMessages.OperationNotAllowed("this"),
        _ => null,
    };

    Said? Member(ISymbol member)
    {
        var type = member.ContainingType;
        if (IsGenerated(type))
        {
            var isField = member is IPropertySymbol && scope.ByRecordType(type!.Name) is not null;
            return isField || helpers.Contains(member) || (type!.Name == ProgramText.Parameters && member is IFieldSymbol)
                ? null
                : RuleMessages.MemberNotAllowed(member.Name, null);
        }

        if (AllowedSurface.Allows(member)
            || member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Error })
        {
            return null;
        }

        var isBuiltIn = member is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator }
            || (type?.SpecialType == SpecialType.System_Decimal
                && member is IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion });
        return isBuiltIn
            ? null
            : RuleMessages.MemberNotAllowed(Display(member), MemberHints.Of(member));
    }

    Said? TypeOf(IOperation operation) => operation switch
    {
        IAnonymousFunctionOperation or IDelegateCreationOperation { Target: IAnonymousFunctionOperation } => null,
        IDelegateCreationOperation => RuleMessages.MethodGroup(operation.Syntax.ToString()),

        // What did not bind, and what == makes of two lists before it is refused.
        { Kind: OperationKind.None or OperationKind.Invalid } => null,
        IConversionOperation { IsImplicit: true, Parent: IBinaryOperation binary } when IsEquality(binary) => null,
        { Type: { } type } when !IsAllowed(type, 0) => RuleMessages.TypeNotAllowed(
            TypeWords.Of(type, scope),
            type.SpecialType == SpecialType.System_Object ? "join text with text only" : null),
        _ => null,
    };

    bool IsAllowed(ITypeSymbol type, int depth) => depth <= MaxTypeDepth && type switch
    {
        IArrayTypeSymbol array => array.Rank == 1 && IsAllowed(array.ElementType, depth + 1),
        INamedTypeSymbol { TypeKind: TypeKind.Error } => true,
        INamedTypeSymbol { IsTupleType: true } tuple =>
            depth == 0
            && tuple.TupleElements.All(element => !element.Type.IsTupleType && IsAllowed(element.Type, 1)),
        INamedTypeSymbol named when IsGenerated(named) => scope.ByRecordType(named.Name) is not null,
        INamedTypeSymbol named => AllowedSurface.Allows(named)
            && named.TypeArguments.All(argument => IsAllowed(argument, depth + 1)),
        _ => false,
    };

    Said? Special(IOperation operation) => operation switch
    {
        IInvocationOperation call => Call(call),
        IArgumentOperation { Parameter: { Name: "pattern", ContainingType.Name: nameof(Fn) } } pattern =>
            Patterns.Refusal(pattern.Value.ConstantValue),
        IInterpolationOperation { Expression.Type: { SpecialType: not SpecialType.System_String } type } =>
            RuleMessages.HoleNotText(TypeWords.Of(type, scope)),
        IBinaryOperation binary when IsEquality(binary) =>
            Compared(binary) ?? References(binary),
        ITupleBinaryOperation tuples => Tuples(tuples),
        _ => null,
    };

    Said? Call(IInvocationOperation call)
    {
        var (type, name) = (call.TargetMethod.ContainingType.Name, call.TargetMethod.Name);
        return (type, name) switch
        {
            ("String", "Replace" or "Split") => call.Arguments.All(IsShortConstant)
                ? null
                : RuleMessages.ArgumentNotConstant(name),
            (nameof(Enumerable), "Distinct" or "Contains") => Values(call.TargetMethod, ordered: false),
            (nameof(Enumerable), "Min" or "Max") => Values(call.TargetMethod, ordered: true),
            _ => null,
        };
    }

    static bool IsShortConstant(IArgumentOperation argument) =>
        argument.Value.ConstantValue is { HasValue: true, Value: not string { Length: > MaxReplaceText } };

    // Texts have no order but culture's, money none across currencies, records only their identity.
    Said? Values(IMethodSymbol method, bool ordered)
    {
        var isOfNumbers = ordered
            && method.ReturnType.SpecialType is SpecialType.System_Decimal or SpecialType.System_Int32;
        return isOfNumbers || method.TypeArguments.LastOrDefault() is not { } value || IsPlain(value, ordered)
            ? null
            : RuleMessages.MemberNotAllowed(
                $"{method.Name} over {TypeWords.Of(value, scope)}", "ask for a number or a date of theirs");
    }

    bool IsPlain(ITypeSymbol type, bool ordered)
    {
        var value = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional
            ? optional.TypeArguments[0]
            : type;
        var isUnordered = value.SpecialType == SpecialType.System_String || value.Name == "Money";
        return value is INamedTypeSymbol { IsTupleType: false } && scope.ByRecordType(value.Name) is null
            && value.TypeKind == TypeKind.Struct | value.SpecialType == SpecialType.System_String
            && !(ordered && isUnordered);
    }

    // Missing values that count as equal are what nobody means who was not told of them.
    Said? Compared(IBinaryOperation binary)
    {
        var (left, right, kind) = (binary.LeftOperand, binary.RightOperand, binary.OperatorKind);
        return Equality(left, right, kind) is { } said
            ? said with { Instead = RuleMessages.Same(Source(left), Source(right), kind == BinaryOperatorKind.NotEquals) }
            : null;
    }

    Said? Equality(IOperation left, IOperation right, BinaryOperatorKind kind) =>
        MayBeMissing(left) && MayBeMissing(right)
            ? RuleMessages.OptionalEquality(Source(left), Source(right), kind == BinaryOperatorKind.NotEquals)
            : null;

    static Said? References(IBinaryOperation equality)
    {
        var bothRefer = equality.OperatorMethod is null
            && equality.LeftOperand.Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String };
        return bothRefer && !IsNull(equality.LeftOperand) && !IsNull(equality.RightOperand)
            ? RuleMessages.ListEquality
            : null;
    }

    static bool IsEquality(IBinaryOperation binary) =>
        binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals;

    bool IsGenerated(ISymbol? symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, model.Compilation.Assembly);

    Said? Tuples(ITupleBinaryOperation tuples) =>
        Bare(tuples.LeftOperand) is ITupleOperation left && Bare(tuples.RightOperand) is ITupleOperation right
            ? left.Elements.Zip(right.Elements, (one, other) => Equality(one, other, tuples.OperatorKind))
                .FirstOrDefault(said => said is not null)
            : null;

    // What the flow analysis knows here: after x != null it is there.
    bool MayBeMissing(IOperation operation) =>
        !IsNull(operation) && Bare(operation).Syntax is ExpressionSyntax expression
        && model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.MaybeNull;

    static bool IsNull(IOperation operation) =>
        Bare(operation).ConstantValue is { HasValue: true, Value: null };

    static string Source(IOperation operation) => Bare(operation).Syntax.ToString();

    static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    void CheckConstant(SyntaxNode rule)
    {
        if (scope.Answer is not null || scope.Helper is not null)
        {
            return;
        }

        var answers = rule is ExpressionSyntax expression
            ? [expression]
            : rule.DescendantNodes().OfType<ReturnStatementSyntax>()
                .Select(answer => answer.Expression).OfType<ExpressionSyntax>().ToList();
        var values = answers.Select(answer => model.GetConstantValue(answer))
            .Select(constant => constant.HasValue ? constant.Value as bool? : null).Distinct().ToList();
        if (values is [{ } always])
        {
            report(answers[0].Span, RuleMessages.Constant(always ? "true" : "false"));
        }
    }

    static string Display(ISymbol member) => member.ContainingType?.Name == nameof(Enumerable)
        ? member.Name
        : member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
