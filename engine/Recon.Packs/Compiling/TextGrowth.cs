// How long the texts of a rule can get: a text that is joined from itself doubles with each step.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Recon.Packs.Compiling;

/// <summary>
/// Bounds by abstract interpretation: a field counts as <see cref="Cell"/> characters, joining adds, a choice is its longest
/// branch. A rule has no loops and its locals never change, so each local has one bound.
/// </summary>
sealed class TextGrowth
{
    /// <summary>2^20 characters: 128 fields joined.</summary>
    public const long Most = 1 << 20;

    /// <summary>8,192 characters, more than real cells have.</summary>
    const long Cell = 1 << 13;

    // Far beyond any bound that is asked about, and far from overflow.
    const long Ceiling = 1L << 40;

    readonly Dictionary<ILocalSymbol, IOperation> _values = new(SymbolEqualityComparer.Default);
    readonly Dictionary<ILocalSymbol, long> _bounds = new(SymbolEqualityComparer.Default);

    public TextGrowth(IOperation rule)
    {
        foreach (var local in rule.Descendants().OfType<IVariableDeclaratorOperation>())
        {
            if (local.GetVariableInitializer()?.Value is { } value)
            {
                _values[local.Symbol] = value;
            }
        }
    }

    /// <summary>True where this operation joins texts into one that may get too long.</summary>
    public bool IsTooLong(IOperation operation) => IsText(operation)
        && operation is IBinaryOperation or IInterpolatedStringOperation && Of(operation) > Most;

    long Of(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => value is string text ? text.Length : 0,
        IParenthesizedOperation inner => Of(inner.Operand),
        IConversionOperation conversion => Of(conversion.Operand),
        ILocalReferenceOperation local => Of(local.Local),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when IsText(sum) => OfSum(sum),
        IInterpolatedStringOperation text => Sum(text.Parts.Select(OfPart)),
        IConditionalOperation { WhenFalse: { } other } choice => Math.Max(Of(choice.WhenTrue), Of(other)),
        ICoalesceOperation coalesce => Math.Max(Of(coalesce.Value), Of(coalesce.WhenNull)),
        IConditionalAccessOperation access => Math.Max(Of(access.Operation), Of(access.WhenNotNull)),
        ISwitchExpressionOperation choice => choice.Arms.Select(arm => Of(arm.Value)).DefaultIfEmpty().Max(),
        IInvocationOperation call when IsText(call) => OfCall(call),
        _ => IsText(operation) ? Cell : 0,
    };

    long Of(ILocalSymbol local)
    {
        if (!_bounds.TryGetValue(local, out var bound))
        {
            _bounds.Add(local, bound = _values.TryGetValue(local, out var value) ? Of(value) : Cell);
        }

        return bound;
    }

    // a + b + c leans to the left as far as the rule is long.
    long OfSum(IBinaryOperation sum)
    {
        var total = Of(sum.RightOperand);
        var rest = sum.LeftOperand;
        while (rest is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } next && IsText(next) && !next.ConstantValue.HasValue)
        {
            total = Math.Min(Ceiling, total + Of(next.RightOperand));
            rest = next.LeftOperand;
        }

        return Math.Min(Ceiling, total + Of(rest));
    }

    long OfPart(IOperation part) => part switch
    {
        IInterpolatedStringTextOperation text => Of(text.Text),
        IInterpolationOperation hole => Of(hole.Expression),
        _ => 0,
    };

    long OfCall(IInvocationOperation call)
    {
        var receiver = call.Instance is { } instance ? Of(instance) : 0;
        return call.TargetMethod.Name == nameof(string.Replace)
            && call.Arguments is [{ Value.ConstantValue.Value: string { Length: > 0 } old }, { Value.ConstantValue.Value: string now }]
            ? Math.Min(Ceiling, receiver * Math.Max(1, (now.Length + old.Length - 1) / old.Length))
            : Sum(call.Arguments.Select(argument => Of(argument.Value)).Append(receiver));
    }

    static long Sum(IEnumerable<long> bounds) => bounds.Aggregate(0L, (total, bound) => Math.Min(Ceiling, total + bound));

    static bool IsText(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_String;
}
