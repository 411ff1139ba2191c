// The kinds of syntax that a rule is made of, and words for those it is not.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Kind = Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace Recon.Packs.Compiling;

/// <summary>Anything that is not here is refused.</summary>
static class AllowedSyntax
{
    public static IReadOnlySet<Kind> Kinds { get; } = new HashSet<Kind>
    {
        // Values and names.
        Kind.NumericLiteralExpression, Kind.StringLiteralExpression, Kind.CharacterLiteralExpression,
        Kind.TrueLiteralExpression, Kind.FalseLiteralExpression, Kind.NullLiteralExpression,
        Kind.IdentifierName, Kind.PredefinedType, Kind.NullableType, Kind.ParenthesizedExpression,
        Kind.InterpolatedStringExpression, Kind.InterpolatedStringText, Kind.Interpolation,
        Kind.ImplicitArrayCreationExpression, Kind.ArrayInitializerExpression, Kind.TupleExpression,

        // Reaching into values, calling functions.
        Kind.SimpleMemberAccessExpression, Kind.ConditionalAccessExpression, Kind.MemberBindingExpression,
        Kind.ElementAccessExpression, Kind.BracketedArgumentList, Kind.ElementBindingExpression,
        Kind.InvocationExpression, Kind.ArgumentList, Kind.Argument, Kind.NameColon,
        Kind.SimpleLambdaExpression, Kind.ParenthesizedLambdaExpression, Kind.ParameterList, Kind.Parameter,

        // Reckoning and comparing.
        Kind.AddExpression, Kind.SubtractExpression, Kind.MultiplyExpression, Kind.DivideExpression,
        Kind.ModuloExpression,
        Kind.UnaryMinusExpression, Kind.UnaryPlusExpression, Kind.LogicalNotExpression, Kind.CastExpression,
        Kind.LogicalAndExpression, Kind.LogicalOrExpression, Kind.CoalesceExpression,
        Kind.ConditionalExpression,
        Kind.EqualsExpression, Kind.NotEqualsExpression, Kind.LessThanExpression,
        Kind.LessThanOrEqualExpression,
        Kind.GreaterThanExpression, Kind.GreaterThanOrEqualExpression,

        // Patterns.
        Kind.IsPatternExpression, Kind.ConstantPattern, Kind.RelationalPattern, Kind.AndPattern,
        Kind.OrPattern,
        Kind.NotPattern, Kind.ParenthesizedPattern, Kind.DiscardPattern, Kind.RecursivePattern,
        Kind.PropertyPatternClause, Kind.PositionalPatternClause, Kind.Subpattern,
        Kind.SwitchExpression, Kind.SwitchExpressionArm, Kind.WhenClause,

        // Statements.
        Kind.Block, Kind.LocalDeclarationStatement, Kind.VariableDeclaration, Kind.VariableDeclarator,
        Kind.EqualsValueClause, Kind.IfStatement, Kind.ElseClause, Kind.ReturnStatement, Kind.SwitchStatement,
        Kind.SwitchSection, Kind.CaseSwitchLabel, Kind.CasePatternSwitchLabel, Kind.DefaultSwitchLabel,
        Kind.BreakStatement,
    };

    /// <summary>What to say about a node that is not listed.</summary>
    public static Said Refusal(SyntaxNode node) => node.Kind() switch
    {
        Kind.SimpleAssignmentExpression =>
            Refused("an assignment", "compare with ==; keep a value with var name = …;"),
        Kind.ExpressionStatement => node.ChildNodes().FirstOrDefault() is { } inner && inner.Kind() is Kind.SimpleAssignmentExpression or Kind.AwaitExpression
            ? Refusal(inner)
            : Refused("an expression with a ';' behind it", "drop the ';', or write return …;"),
        Kind.ObjectCreationExpression or Kind.ImplicitObjectCreationExpression =>
            Refused("new", "money is Money.Of(…); a fixed date or another value stands under params; of a date, Year, Month and Day can be compared"),
        Kind.AnonymousObjectCreationExpression => Refused("a new thing with fields", null),
        Kind.WhileStatement or Kind.ForStatement or Kind.ForEachStatement or Kind.DoStatement
            or Kind.GotoStatement =>
            Refused("a loop", "ask lists with Any, All, Count, Where, Sum"),
        Kind.IsExpression or Kind.AsExpression or Kind.TypeOfExpression or Kind.DefaultExpression =>
            Refused("asking for types", null),
        Kind.GenericName => Refused("a type in <…>", null),
        Kind.SuppressNullableWarningExpression =>
            Refused("'!' behind a value", "ask whether it is there: x != null && …"),
        Kind.LocalFunctionStatement => Refused("a function of your own", "keep a value with var name = …;"),
        Kind.TryStatement or Kind.ThrowStatement or Kind.ThrowExpression =>
            Refused("throwing and catching", null),
        Kind.DeclarationPattern or Kind.VarPattern or Kind.DeclarationExpression
            or Kind.SingleVariableDesignation =>
            Refused("a name given inside an expression", "keep a value with var name = …;"),
        Kind.CollectionExpression => Refused("[a, b]", "a list is written new[] { a, b }"),
        Kind.BitwiseAndExpression => Refused("'&'", "and is &&"),
        Kind.BitwiseOrExpression => Refused("'|'", "or is ||"),
        var kind => Refused($"this ({Words(kind)})", null),
    };

    static Said Refused(string what, string? hint) => RuleMessages.NotInLanguage(what, hint);

    // PostIncrementExpression → "post increment".
    static string Words(Kind kind)
    {
        var name = kind.ToString();
        foreach (var ending in new[] { "Expression", "Statement", "Syntax" })
        {
            name = name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
        }

        return string.Concat(name.Select((c, i) =>
            char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
    }
}
