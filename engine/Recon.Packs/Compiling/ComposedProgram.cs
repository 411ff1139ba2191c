// The generated program with the rules in their holes, and the way back from a place in it to a rule.
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>One syntax tree: text of ours, with the checked node of each rule put in.</summary>
sealed class ComposedProgram
{
    readonly IReadOnlyList<ProgramRule> _rules;
    readonly Dictionary<int, MethodDeclarationSyntax> _methods;

    ComposedProgram(CompilationUnitSyntax root, IReadOnlyList<ProgramRule> rules)
    {
        Tree = CSharpSyntaxTree.Create(root, RuleSyntax.Options, encoding: Encoding.UTF8);
        _rules = rules;
        _methods = Methods(Tree.GetCompilationUnitRoot(), rules);
    }

    public SyntaxTree Tree { get; }

    public static ComposedProgram Of(
        IReadOnlyList<ProgramRule> rules, IReadOnlyList<Parameter> parameters, string hash)
    {
        var text = ProgramText.Write(rules, parameters, hash);
        var root = SyntaxFactory.ParseCompilationUnit(text, options: RuleSyntax.Options);
        var methods = Methods(root, rules);
        var holes = rules.ToDictionary(rule => Hole(methods[rule.Number]), rule => rule.Node.Root);
        return new ComposedProgram(root.ReplaceNodes(holes.Keys, (hole, _) => holes[hole]), rules);
    }

    /// <summary>The same program with what its rules do counted.</summary>
    public SyntaxTree Metered(SemanticModel model)
    {
        var meter = new MeteredRule(model, Helpers(model));
        var holes = _rules.Where(rule => rule.Node.IsMetered).ToDictionary(Node, rule => meter.Visit(Node(rule)));
        var heads = _rules.Where(rule => rule.Scope.Helper is not null).Select(rule => Method(rule).ParameterList).ToHashSet<SyntaxNode>();
        var root = Tree.GetCompilationUnitRoot().ReplaceNodes(
            holes.Keys.Concat(heads), (old, _) => holes.GetValueOrDefault(old) ?? MeteredRule.WithMeter((ParameterListSyntax)old));
        return CSharpSyntaxTree.Create(root, RuleSyntax.Options, encoding: Encoding.UTF8);
    }

    /// <summary>The functions that rules may call.</summary>
    public IReadOnlySet<ISymbol> Helpers(SemanticModel model) => _rules.Where(rule => rule.Scope.Helper is not null)
        .Select(rule => model.GetDeclaredSymbol(Method(rule))).OfType<ISymbol>().ToHashSet(SymbolEqualityComparer.Default);

    public MethodDeclarationSyntax Method(ProgramRule rule) => _methods[rule.Number];

    public SyntaxNode Node(ProgramRule rule) => Hole(_methods[rule.Number]);

    /// <summary>The rule around this place of the program; null where it is in none.</summary>
    public ProgramRule? RuleAt(TextSpan span) =>
        _rules.FirstOrDefault(rule => Method(rule).FullSpan.Contains(span.Start));

    /// <summary>The stretch of the rule's own text; all of it where the place lies beside the rule.</summary>
    public TextSpan SpanInRule(ProgramRule rule, TextSpan span)
    {
        var start = Node(rule).FullSpan.Start + rule.Node.Prefix;
        return span.Start < start
            ? new TextSpan(0, rule.Rule.Rule.Text.AsSpan().TrimEnd().Length)
            : new TextSpan(span.Start - start, span.Length);
    }

    static Dictionary<int, MethodDeclarationSyntax> Methods(
        CompilationUnitSyntax root, IReadOnlyList<ProgramRule> rules)
    {
        var classes = root.Members.OfType<ClassDeclarationSyntax>()
            .ToDictionary(type => type.Identifier.ValueText, StringComparer.Ordinal);
        var helpers = ProgramText.HelperClasses(rules)
            .SelectMany(type => type.Select(rule => (rule, Class: classes[ProgramText.RuleClass(type.First().Number)])))
            .ToDictionary(
                each => each.rule.Number,
                each => each.Class.Members.OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == each.rule.Scope.Helper!.Name));
        return rules.ToDictionary(
            rule => rule.Number,
            rule => helpers.GetValueOrDefault(rule.Number) ?? (MethodDeclarationSyntax)classes[ProgramText.RuleClass(rule.Number)].Members[0]);
    }

    static CSharpSyntaxNode Hole(MethodDeclarationSyntax method) =>
        method.ExpressionBody?.Expression ?? (CSharpSyntaxNode)method.Body!;
}
