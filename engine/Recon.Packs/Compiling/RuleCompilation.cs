// Takes the rules of a pack through all checks and one compilation.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>
/// Text, syntax, meaning, compiler: every rule goes as far as it can, so that all findings come at once. The image is
/// emitted only where nothing was found.
/// </summary>
sealed class RuleCompilation
{
    const int MaxDiagnostics = 100;

    static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: true,
        allowUnsafe: false,
        deterministic: true,
        concurrentBuild: true,
        nullableContextOptions: NullableContextOptions.Enable,
        // The image binds to the assemblies of this very process, so unified versions are no news.
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    readonly IReadOnlyList<SourceSpec> _sources;
    readonly IReadOnlyList<Parameter> _parameters;
    readonly List<(RuleRef Rule, Model.Diagnostic Diagnostic)> _found = [];

    // Rules that mean nothing to the compiler: what is legal and yet wrong in them can wait.
    readonly HashSet<RuleRef> _unbound = [];

    RuleCompilation(IReadOnlyList<SourceSpec> sources, IReadOnlyList<Parameter> parameters) =>
        (_sources, _parameters) = (sources, parameters);

    public static CompiledImage Run(
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters,
        string hash,
        CancellationToken cancellation)
    {
        var compilation = new RuleCompilation(sources, parameters);
        var image = compilation.Compile(compilation.Read(rules), hash, cancellation);
        return new CompiledImage(hash, compilation._found.Count == 0 ? image : null, compilation.Sorted());
    }

    List<ProgramRule> Read(IReadOnlyList<RuleToCompile> rules)
    {
        var reserved = new HashSet<string>(
            [.. _sources.Select(source => source.Name), .. ProgramText.Aliases.Keys, .. ReservedNames.Words], StringComparer.Ordinal);
        var read = new List<ProgramRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i].Rule;
            if (RuleText.Check(rule.Text) is { } wrong)
            {
                Report(rule, wrong.Span, wrong.Said);
            }
            else if (RuleSyntax.Read(rule.Text, reserved, (span, said) => Report(rule, span, said)) is { } node)
            {
                read.Add(new ProgramRule(i, rules[i], RuleScope.Of(rules[i].Shape), node));
            }
        }

        return read;
    }

    byte[]? Compile(List<ProgramRule> rules, string hash, CancellationToken cancellation)
    {
        if (rules.Count == 0 && _found.Count > 0)
        {
            return null;
        }

        var program = ComposedProgram.Of(rules, _parameters, hash);
        var compilation = CSharpCompilation.Create($"rules-{hash[..16]}", [program.Tree], PlatformReferences.All, Options);
        var model = compilation.GetSemanticModel(program.Tree);
        foreach (var rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            new BoundRule(model, rule.Scope, (span, said) => Report(rule.Rule.Rule, program.SpanInRule(rule, span), said))
                .Check(program.Method(rule), program.Node(rule));
        }

        // Emitting reports all that the compiler has to say; only where nothing may be emitted is it asked for that alone.
        using var image = new MemoryStream();
        var diagnostics = _found.Count == 0
            ? compilation.Emit(image, cancellationToken: cancellation).Diagnostics
            : compilation.GetDiagnostics(cancellation);
        foreach (var diagnostic in diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning))
        {
            Translate(diagnostic, program, model);
        }

        return image.ToArray();
    }

    void Translate(Microsoft.CodeAnalysis.Diagnostic diagnostic, ComposedProgram program, SemanticModel model)
    {
        var rule = program.RuleAt(diagnostic.Location.SourceSpan);
        if (rule is null)
        {
            throw new InvalidOperationException($"bug: the generated program does not compile: {diagnostic}");
        }

        var findings = new CompilerFindings(
            model, rule.Scope, [.. _sources.Select(source => source.Name)], [.. _parameters.Select(parameter => parameter.Name)]);
        Report(rule.Rule.Rule, program.SpanInRule(rule, diagnostic.Location.SourceSpan), findings.Of(diagnostic));
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            _unbound.Add(rule.Rule.Rule);
        }
    }

    void Report(RuleRef rule, TextSpan span, Said said) => _found.Add((rule, new Model.Diagnostic(
        said.Code, Severity.Error, RuleText.PlaceOf(rule, span), said.Message, said.Hint)));

    // One finding a place: that of the lower code, which is nearer to the cause.
    List<Model.Diagnostic> Sorted() =>
    [
        .. _found.Where(found => !(RuleMessages.IsLegalYetWrong(found.Diagnostic.Code) && _unbound.Contains(found.Rule)))
            .Select(found => found.Diagnostic)
            .OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Message, StringComparer.Ordinal)
            .DistinctBy(d => d.Place)
            .Take(MaxDiagnostics),
    ];
}

/// <summary>The generated program with the rules in their holes, and the way back from a place in it to a rule.</summary>
sealed class ComposedProgram
{
    readonly IReadOnlyList<ProgramRule> _rules;
    readonly Dictionary<int, MethodDeclarationSyntax> _methods;

    ComposedProgram(SyntaxTree tree, IReadOnlyList<ProgramRule> rules)
    {
        Tree = tree;
        _rules = rules;
        var classes = Classes(tree.GetRoot());
        _methods = rules.ToDictionary(rule => rule.Number, rule => (MethodDeclarationSyntax)classes[ProgramText.RuleClass(rule.Number)].Members[0]);
    }

    public SyntaxTree Tree { get; }

    public static ComposedProgram Of(IReadOnlyList<ProgramRule> rules, IReadOnlyList<Parameter> parameters, string hash)
    {
        var root = CSharpSyntaxTree.ParseText(ProgramText.Write(rules, parameters, hash), RuleSyntax.Options).GetRoot();
        var classes = Classes(root);
        var holes = rules.ToDictionary(
            rule => Hole((MethodDeclarationSyntax)classes[ProgramText.RuleClass(rule.Number)].Members[0]), rule => rule.Node.Root);
        var filled = (CompilationUnitSyntax)root.ReplaceNodes(holes.Keys, (hole, _) => holes[hole]);
        return new ComposedProgram(CSharpSyntaxTree.Create(filled, RuleSyntax.Options, encoding: System.Text.Encoding.UTF8), rules);
    }

    public MethodDeclarationSyntax Method(ProgramRule rule) => _methods[rule.Number];

    public SyntaxNode Node(ProgramRule rule) => Hole(_methods[rule.Number]);

    /// <summary>The rule around this place of the program; null where it is in none.</summary>
    public ProgramRule? RuleAt(TextSpan span) => _rules.FirstOrDefault(rule => Method(rule).FullSpan.Contains(span.Start));

    /// <summary>The stretch of the rule's own text; its first character where the place lies beside the rule.</summary>
    public TextSpan SpanInRule(ProgramRule rule, TextSpan span)
    {
        var start = Node(rule).FullSpan.Start + rule.Node.Prefix;
        return span.Start < start
            ? new TextSpan(0, rule.Rule.Rule.Text.AsSpan().TrimEnd().Length)
            : new TextSpan(span.Start - start, span.Length);
    }

    static Dictionary<string, ClassDeclarationSyntax> Classes(SyntaxNode root) =>
        ((CompilationUnitSyntax)root).Members.OfType<ClassDeclarationSyntax>()
            .ToDictionary(type => type.Identifier.ValueText, StringComparer.Ordinal);

    static CSharpSyntaxNode Hole(MethodDeclarationSyntax method) => method.ExpressionBody?.Expression ?? (CSharpSyntaxNode)method.Body!;
}
