// Which functions of a pack call which: one that comes back to itself would not end.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recon.Packs.Compiling;

static class HelperCalls
{
    /// <summary>Those that can be reached from themselves.</summary>
    public static IReadOnlyList<ProgramRule> InCircles(IReadOnlyList<ProgramRule> rules, ComposedProgram program, SemanticModel model)
    {
        var helpers = rules.Where(rule => rule.Scope.Helper is not null)
            .ToDictionary(rule => (ISymbol)model.GetDeclaredSymbol(program.Method(rule))!, SymbolEqualityComparer.Default);
        var calls = helpers.ToDictionary(
            helper => helper.Value, helper => Called(program.Node(helper.Value), model).Where(helpers.ContainsKey).Select(called => helpers[called]).ToList());
        return [.. helpers.Values.Where(helper => Reaches(calls, helper))];
    }

    // Also those that do not fit: they are reported by whoever binds them.
    static IEnumerable<ISymbol> Called(SyntaxNode body, SemanticModel model) => body.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
        .Select(call => model.GetSymbolInfo(call)).SelectMany(info => info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols.AsEnumerable());

    static bool Reaches(Dictionary<ProgramRule, List<ProgramRule>> calls, ProgramRule start)
    {
        var seen = new HashSet<ProgramRule>();
        var open = new Stack<ProgramRule>(calls[start]);
        while (open.TryPop(out var next))
        {
            if (next == start)
            {
                return true;
            }

            if (seen.Add(next))
            {
                calls[next].ForEach(open.Push);
            }
        }

        return false;
    }
}
