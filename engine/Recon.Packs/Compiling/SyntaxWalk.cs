// Walks the tree of a rule without recursion and refuses every node that is not listed or not plain.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Kind = Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace Recon.Packs.Compiling;

/// <summary>One walk. It goes no deeper than the first node it refuses in each branch.</summary>
sealed class SyntaxWalk(IReadOnlySet<string> reserved, Action<TextSpan, Said> report)
{
    public void Walk(CSharpSyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth, int Lambdas)>();
        open.Push((root, 0, 0));
        while (open.TryPop(out var item))
        {
            var (node, depth, lambdas) = item;
            lambdas += node is LambdaExpressionSyntax ? 1 : 0;
            if (depth > RuleSyntax.MaxDepth)
            {
                report(node.Span, RuleMessages.TooBig("levels", RuleSyntax.MaxDepth));
                return;
            }

            var said = lambdas > RuleSyntax.MaxLambdas
                ? RuleMessages.TooBig("functions inside functions", RuleSyntax.MaxLambdas)
                : !AllowedSyntax.Kinds.Contains(node.Kind()) ? AllowedSyntax.Refusal(node)
                : Form(node);
            if (said is not null)
            {
                report(node.Span, said);
                continue;
            }

            foreach (var child in node.ChildNodes())
            {
                open.Push((child, IsSpine(node, child) ? depth : depth + 1, lambdas));
            }
        }
    }

    // a && b && c: long, but flat; the compiler walks it in a loop.
    static bool IsSpine(SyntaxNode node, SyntaxNode child) =>
        child.RawKind == node.RawKind
        && ((node is BinaryExpressionSyntax binary && binary.Left == child
            && !node.IsKind(Kind.CoalesceExpression))
            || (node is BinaryPatternSyntax pattern && pattern.Left == child));

    Said? Form(SyntaxNode node) => node switch
    {
        LambdaExpressionSyntax lambda => Lambda(lambda),
        ParameterSyntax parameter => Plain(
            parameter.Type is null && !parameter.Modifiers.Any() && !parameter.AttributeLists.Any()
                && parameter.Default is null,
            "a parameter with a type", "write x => …") ?? Name(parameter.Identifier),
        ArgumentSyntax argument => Plain(argument.RefKindKeyword.IsKind(Kind.None), "ref, out and in", null),
        InterpolationSyntax hole => Plain(
            hole.AlignmentClause is null && hole.FormatClause is null,
            "a format in the holes of $\"…\"", null),
        CastExpressionSyntax cast =>
            Plain(IsNumberType(cast.Type), "this cast", "decimal, int and long can be cast to"),
        PredefinedTypeSyntax type => Plain(IsPlainType(type), $"the type {type}", null),
        NullableTypeSyntax nullable => Plain(nullable.ElementType is PredefinedTypeSyntax, "this type", null),
        ImplicitArrayCreationExpressionSyntax array =>
            array.Initializer.Expressions.Count > RuleSyntax.MaxArray
            ? RuleMessages.TooBig("values in a list", RuleSyntax.MaxArray)
            : Plain(array.Commas.Count == 0, "a list of several dimensions", null),
        RecursivePatternSyntax pattern => Plain(
            pattern.Type is null && pattern.Designation is null
                && pattern.PositionalPatternClause is not { Subpatterns.Count: < 2 },
            "this pattern", null),
        TupleExpressionSyntax tuple => Tuple(tuple),
        SwitchExpressionSyntax { Arms.Count: > RuleSyntax.MaxArms }
            or SwitchStatementSyntax { Sections.Count: > RuleSyntax.MaxArms } =>
            RuleMessages.TooBig("arms of a switch", RuleSyntax.MaxArms),
        VariableDeclaratorSyntax variable => Plain(
            variable.Initializer is not null,
            "a variable without a value", "write var name = …;") ?? Name(variable.Identifier),
        VariableDeclarationSyntax declaration => Plain(
            declaration.Variables.Count == 1 && IsLocalType(declaration.Type),
            "this declaration", "write var name = …;"),
        LocalDeclarationStatementSyntax local => Plain(
            !local.Modifiers.Any() && local.UsingKeyword.IsKind(Kind.None)
                && local.AwaitKeyword.IsKind(Kind.None),
            "this declaration", "write var name = …;"),
        _ => null,
    };

    static Said? Lambda(LambdaExpressionSyntax lambda) => Plain(
        !lambda.Modifiers.Any() && !lambda.AttributeLists.Any() && lambda.Block is null
            && lambda.Parent is ArgumentSyntax
            && lambda is not ParenthesizedLambdaExpressionSyntax { ReturnType: not null },
        "a function in this form", "functions are arguments of Any, All, Where, Sum …: x => …");

    // Tuples double their type with each nesting: they may be compared or switched on, never kept.
    static Said? Tuple(TupleExpressionSyntax tuple) => tuple.Arguments.Count > RuleSyntax.MaxTuple
        ? RuleMessages.TooBig("values side by side", RuleSyntax.MaxTuple)
        : Plain(
            ((tuple.Parent?.Kind() is Kind.EqualsExpression or Kind.NotEqualsExpression)
                || (tuple.Parent is SwitchExpressionSyntax choice && choice.GoverningExpression == tuple))
            && !tuple.Ancestors().OfType<TupleExpressionSyntax>().Any(),
            "(a, b) in this place", "it can stand beside ==, != or before switch");

    Said? Name(SyntaxToken name) =>
        reserved.Contains(name.ValueText) ? RuleMessages.ReservedName(name.ValueText) : null;

    static Said? Plain(bool holds, string what, string? hint) =>
        holds ? null : RuleMessages.NotInLanguage(what, hint);

    static bool IsNumberType(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax plain => plain.Keyword.Kind() is Kind.DecimalKeyword or Kind.IntKeyword
            or Kind.LongKeyword,
        NullableTypeSyntax nullable => nullable.ElementType is PredefinedTypeSyntax,
        _ => false,
    };

    static bool IsPlainType(PredefinedTypeSyntax type) =>
        type.Keyword.Kind() is Kind.StringKeyword or Kind.DecimalKeyword
        or Kind.IntKeyword or Kind.LongKeyword or Kind.BoolKeyword or Kind.CharKeyword;

    static bool IsLocalType(TypeSyntax type) =>
        type is PredefinedTypeSyntax or NullableTypeSyntax
            or IdentifierNameSyntax { Identifier.ValueText: "var" };
}
