// Compiles rules as the engine does, and leaves out all that counts them.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recon.Packs;
using Recon.Packs.Compiling;

namespace Recon.Benchmarks;

/// <summary>The generated program before its counting, whose loops neither make a meter nor add up what was taken.</summary>
sealed class UncountedProgram : CSharpSyntaxRewriter
{
    static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, deterministic: true,
        nullableContextOptions: NullableContextOptions.Enable);

    /// <param name="rules">That the engine accepts.</param>
    internal static CompiledImage Compile(IReadOnlyList<RuleToCompile> rules, string hash)
    {
        var reserved = new HashSet<string>(StringComparer.Ordinal);
        RuleNode Read(string text) => RuleSyntax.Read(text, reserved, (_, said) => throw new InvalidOperationException(said.Message))!;
        var read = rules.Select((rule, number) => new ProgramRule(number, rule, RuleScope.Of(rule.Shape), Read(rule.Rule.Text)));
        var root = new UncountedProgram().Visit(ComposedProgram.Of([.. read], [], hash).Tree.GetRoot());
        var tree = CSharpSyntaxTree.Create((CSharpSyntaxNode)root, RuleSyntax.Options);
        using var image = new MemoryStream();
        var emitted = CSharpCompilation.Create("uncounted", [tree], PlatformReferences.Whole, Options).Emit(image);
        return emitted.Success ? new CompiledImage(hash, image.ToArray(), [])
            : throw new InvalidOperationException(string.Join("\n", emitted.Diagnostics));
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node) =>
        node.ToString() == "meter.Next()" ? SyntaxFactory.ParseExpression("null!") : base.VisitInvocationExpression(node);

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) =>
        node.Declaration.Variables[0].Identifier.ValueText == "meter" ? null : base.VisitLocalDeclarationStatement(node);

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node) =>
        node.ToString() is var text && (text.StartsWith("meter.End(", StringComparison.Ordinal) || text.StartsWith("total.Add(", StringComparison.Ordinal))
            ? null : base.VisitExpressionStatement(node);
}
