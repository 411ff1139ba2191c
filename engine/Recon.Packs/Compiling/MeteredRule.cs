// Puts the counting into a checked rule: what it goes through, and what texts it makes.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recon.Packs.Compiling;

/// <summary>
/// A list is charged where a chain of operators begins, by its length and the number of operators, before they run; a list that is kept for
/// later is charged each time it is gone through, item by item. A text is charged when it is made, or when something is asked of one that may be missing.
/// So a lambda needs to be counted only where it goes through a list itself, and most cost nothing more.
/// </summary>
sealed class MeteredRule(SemanticModel model, IReadOnlySet<ISymbol> helpers) : CSharpSyntaxRewriter
{
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitInvocationExpression(node)!;
        return IsOperator(node) && visited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
                && BeginsAt(((MemberAccessExpressionSyntax)node.Expression).Expression) is { } list
            ? call.WithExpression(access.WithExpression(Counted(list, access.Expression, ChainFrom(node))))
            : IsHelper(node) ? Counted((InvocationExpressionSyntax)visited)
            : MakesText(node) ? Call("Text", visited)
            : MakesPieces(node) ? Call("Of", visited, 1)
            : visited;
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (model.GetConstantValue(node).HasValue)
        {
            return node;
        }

        var visited = (ExpressionSyntax)base.VisitBinaryExpression(node)!;
        var isOutermost = !(node.Parent is BinaryExpressionSyntax parent && IsJoining(parent));
        return IsJoining(node) && isOutermost ? Call("Text", visited) : visited;
    }

    public override SyntaxNode? VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitInterpolatedStringExpression(node)!;
        return model.GetConstantValue(node).HasValue ? node : Call("Text", visited);
    }

    // What stands behind ?. cannot be counted in its place, so what is asked is.
    public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node)
    {
        var visited = (ConditionalAccessExpressionSyntax)base.VisitConditionalAccessExpression(node)!;
        var asked = IsText(model.GetTypeInfo(node.Expression).Type) && !Starts(node.Expression, SyntaxKind.MemberBindingExpression)
            ? visited.WithExpression(Call("Text", visited.Expression))
            : visited;
        return IsText(model.GetTypeInfo(node).Type) && !Starts(node, SyntaxKind.MemberBindingExpression) ? Call("Text", asked) : asked;
    }

    bool IsHelper(InvocationExpressionSyntax node) => model.GetSymbolInfo(node).Symbol is { } called && helpers.Contains(called);

    // One that calls two that call two …: each call is a step, and is given the meter.
    static InvocationExpressionSyntax Counted(InvocationExpressionSyntax call) => call.WithArgumentList(call.ArgumentList.WithArguments(
        call.ArgumentList.Arguments.Insert(0, SyntaxFactory.Argument(
            SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(ProgramText.Meter), SyntaxFactory.IdentifierName("Call")))))));

    /// <summary>The head of a helper with the meter before its own parameters.</summary>
    public static ParameterListSyntax WithMeter(ParameterListSyntax head) => head.WithParameters(head.Parameters.Insert(
        0, SyntaxFactory.Parameter(SyntaxFactory.Identifier(ProgramText.Meter))
            .WithType(SyntaxFactory.ParseTypeName("Recon.Model.Rules.RuleMeter ").WithTrailingTrivia(SyntaxFactory.Space))));

    bool IsJoining(BinaryExpressionSyntax node) => node.IsKind(SyntaxKind.AddExpression) && IsText(model.GetTypeInfo(node).Type);

    bool MakesText(InvocationExpressionSyntax node) => IsWhole(node) && IsText(model.GetTypeInfo(node).Type);

    bool MakesPieces(InvocationExpressionSyntax node) => IsWhole(node) && model.GetTypeInfo(node).Type is IArrayTypeSymbol;

    static bool IsWhole(InvocationExpressionSyntax node) => !Starts(node, SyntaxKind.MemberBindingExpression);

    static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    bool IsOperator(InvocationExpressionSyntax node) =>
        node.Expression is MemberAccessExpressionSyntax && model.GetSymbolInfo(node).Symbol is IMethodSymbol { ContainingType.Name: nameof(Enumerable) };

    // The list at the begin of a chain; null for what an operator before gives, and behind ?.
    ExpressionSyntax? BeginsAt(ExpressionSyntax receiver)
    {
        var bare = receiver;
        while (bare is ParenthesizedExpressionSyntax inner)
        {
            bare = inner.Expression;
        }

        return (bare is InvocationExpressionSyntax call && IsOperator(call)) || Starts(bare, SyntaxKind.MemberBindingExpression) ? null : receiver;
    }

    // Where the part of an expression that is read first is of this kind: .Split(' ') in note?.Split(' ').Any(…).
    static bool Starts(ExpressionSyntax expression, SyntaxKind kind) => expression switch
    {
        InvocationExpressionSyntax call => Starts(call.Expression, kind),
        MemberAccessExpressionSyntax access => Starts(access.Expression, kind),
        ElementAccessExpressionSyntax access => Starts(access.Expression, kind),
        ConditionalAccessExpressionSyntax access => Starts(access.Expression, kind),
        ParenthesizedExpressionSyntax inner => Starts(inner.Expression, kind),
        ElementBindingExpressionSyntax => kind == SyntaxKind.MemberBindingExpression,
        _ => expression.IsKind(kind),
    };

    // How many operators there are, and whether the last gives a list for later.
    (int Operators, bool IsKept) ChainFrom(InvocationExpressionSyntax first)
    {
        var (operators, last) = (1, first);
        SyntaxNode around = first;
        while (true)
        {
            while (around.Parent is ParenthesizedExpressionSyntax inner)
            {
                around = inner;
            }

            if (around.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access || access.Expression != around
                || !IsOperator(next))
            {
                break;
            }

            (operators, last, around) = (operators + 1, next, next);
        }

        var name = ((MemberAccessExpressionSyntax)last.Expression).Name.Identifier.ValueText;
        return (operators, name is nameof(Enumerable.Where) or nameof(Enumerable.Select) or nameof(Enumerable.Distinct));
    }

    static ExpressionSyntax Counted(ExpressionSyntax list, ExpressionSyntax visited, (int Operators, bool IsKept) chain) =>
        Call(chain.IsKept ? "Each" : "Of", visited, chain.Operators).WithLeadingTrivia(list.GetLeadingTrivia());

    static InvocationExpressionSyntax Call(string method, ExpressionSyntax argument, int? operators = null)
    {
        var arguments = SyntaxFactory.ArgumentList().AddArguments(SyntaxFactory.Argument(argument));
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(ProgramText.Meter), SyntaxFactory.IdentifierName(method)),
            operators is { } count
                ? arguments.AddArguments(SyntaxFactory.Argument(
                    SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(count))))
                : arguments);
    }
}
