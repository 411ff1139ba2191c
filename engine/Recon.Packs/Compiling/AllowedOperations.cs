// The kinds of bound operations that a rule is made of.
using Microsoft.CodeAnalysis;

namespace Recon.Packs.Compiling;

/// <summary>Anything that is not here is refused, also what the compiler adds by itself.</summary>
static class AllowedOperations
{
    public static IReadOnlySet<OperationKind> Kinds { get; } = new HashSet<OperationKind>
    {
        // Statements.
        OperationKind.MethodBody, OperationKind.Block, OperationKind.Return, OperationKind.Conditional,
        OperationKind.VariableDeclarationGroup, OperationKind.VariableDeclaration,
        OperationKind.VariableDeclarator,
        OperationKind.VariableInitializer, OperationKind.Switch, OperationKind.SwitchCase,
        OperationKind.CaseClause,
        OperationKind.Branch, OperationKind.ExpressionStatement,

        // Values and names.
        OperationKind.Literal, OperationKind.LocalReference, OperationKind.ParameterReference,
        OperationKind.FieldReference,
        OperationKind.PropertyReference, OperationKind.InstanceReference, OperationKind.DefaultValue,
        OperationKind.ArrayCreation, OperationKind.ArrayInitializer, OperationKind.ArrayElementReference,
        OperationKind.Tuple,
        OperationKind.InterpolatedString, OperationKind.InterpolatedStringText, OperationKind.Interpolation,

        // Calls and reckoning.
        OperationKind.Invocation, OperationKind.Argument, OperationKind.AnonymousFunction,
        OperationKind.DelegateCreation,
        OperationKind.Unary, OperationKind.Binary, OperationKind.TupleBinary, OperationKind.Conversion,
        OperationKind.Coalesce, OperationKind.ConditionalAccess, OperationKind.ConditionalAccessInstance,
        OperationKind.Parenthesized, OperationKind.Discard,

        // Patterns.
        OperationKind.IsPattern, OperationKind.ConstantPattern, OperationKind.RelationalPattern,
        OperationKind.BinaryPattern,
        OperationKind.NegatedPattern, OperationKind.RecursivePattern, OperationKind.PropertySubpattern,
        OperationKind.DiscardPattern, OperationKind.SwitchExpression, OperationKind.SwitchExpressionArm,

        // What did not bind: the compiler says why, and nothing is emitted.
        OperationKind.None, OperationKind.Invalid,
    };
}
