// Takes the rules of a pack through all checks and one compilation.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>
/// Text, syntax, meaning, compiler: every rule goes as far as it can, so that all findings come at once. The image is
/// emitted only where nothing was found, and against the trimmed references: what they leave out does not exist.
/// </summary>
sealed class RuleCompilation
{
    static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: true,
        allowUnsafe: false,
        deterministic: true,
        concurrentBuild: true,
        nullableContextOptions: NullableContextOptions.Enable,
        // The image binds to the assemblies of this very process, so unified versions are no news.
        specificDiagnosticOptions:
        [
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
            // Parameters are given from outside.
            new("CS0649", ReportDiagnostic.Suppress),
        ]);

    readonly IReadOnlyList<SourceSpec> _sources;
    readonly IReadOnlyList<Parameter> _parameters;
    readonly RuleLayers _layers;
    readonly RuleFindings _read = new();

    RuleCompilation(IReadOnlyList<SourceSpec> sources, IReadOnlyList<Parameter> parameters, RuleLayers layers) =>
        (_sources, _parameters, _layers) = (sources, parameters, layers);

    public static CompiledImage Run(
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters,
        string hash,
        RuleLayers layers,
        CancellationToken cancellation)
    {
        var compilation = new RuleCompilation(sources, parameters, layers);
        var read = compilation.Read(rules);
        if (read.Count == 0 && compilation._read.Any)
        {
            return new CompiledImage(hash, null, compilation._read.Sorted());
        }

        var (image, found) = compilation.Compile(ComposedProgram.Of(read, parameters, hash), read, hash, cancellation);
        return new CompiledImage(hash, image, found.Sorted());
    }

    List<ProgramRule> Read(IReadOnlyList<RuleToCompile> rules)
    {
        var reserved = new HashSet<string>(
            [.. _sources.Select(source => source.Name), .. ProgramText.Aliases.Keys, .. ReservedNames.Words,
            .. rules.Select(rule => (rule.Shape as RuleShape.OfHelper)?.Signature.Class).OfType<string>()],
            StringComparer.Ordinal);
        var read = new List<ProgramRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i].Rule;
            RuleAtWork.Say("reading", rule);
            if (Has(RuleLayers.Text) && RuleText.Check(rule.Text) is { } wrong)
            {
                _read.Report(rule, wrong.Span, wrong.Said);
            }
            else if (Node(rule, reserved) is { } node)
            {
                read.Add(new ProgramRule(i, rules[i], RuleScope.Of(rules[i].Shape), node));
            }
        }

        return read;
    }

    RuleNode? Node(RuleRef rule, HashSet<string> reserved) => Has(RuleLayers.Syntax)
        ? RuleSyntax.Read(rule.Text, reserved, (at, said) => _read.Refuse(rule, at, said))
        : RuleSyntax.Unchecked(rule.Text);

    bool Has(RuleLayers layer) => _layers.HasFlag(layer);

    // A name that the trimmed references leave out is unknown to them: in whose words it is refused, the whole platform says.
    (byte[]? Image, RuleFindings Found) Compile(ComposedProgram program, List<ProgramRule> rules, string hash, CancellationToken cancellation)
    {
        var trimmed = Model(program, hash, Has(RuleLayers.References) ? PlatformReferences.Trimmed : PlatformReferences.Whole);
        var found = Bind(trimmed, program, rules, cancellation);
        var isAllowed = !_read.Any && !found.Any;
        var (image, unclear) = isAllowed ? Emit(trimmed, program, cancellation) : default;
        if (image is not null)
        {
            return (image, found);
        }

        Translate(trimmed, program, found, cancellation);
        if (isAllowed && !found.Any)
        {
            throw new InvalidOperationException($"bug: a rule does not compile once it is counted: {unclear}");
        }

        var whole = Model(program, hash, PlatformReferences.Whole);
        var said = Bind(whole, program, rules, cancellation);
        Translate(whole, program, said, cancellation);
        return (null, _read.And(found.InTheWordsOf(said)));
    }

    static SemanticModel Model(ComposedProgram program, string hash, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create($"rules-{hash[..16]}", [program.Tree], references, Options).GetSemanticModel(program.Tree);

    RuleFindings Bind(SemanticModel model, ComposedProgram program, List<ProgramRule> rules, CancellationToken cancellation)
    {
        var found = new RuleFindings();
        if (!Has(RuleLayers.Symbols))
        {
            return found;
        }

        var helpers = program.Helpers(model);
        foreach (var circle in HelperCalls.InCircles(rules, program, model))
        {
            found.Report(circle.Rule.Rule, program.SpanInRule(circle, program.Node(circle).Span), RuleMessages.NotInLanguage(
                "a function that calls itself, or one that calls it", "a rule has to end: write it without"));
        }

        foreach (var rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            RuleAtWork.Say("checking", rule.Rule.Rule);
            void Say(TextSpan span, Said said) => found.Report(rule.Rule.Rule, program.SpanInRule(rule, span), said);
            new BoundRule(model, rule.Scope, helpers, Say).Check(program.Method(rule), program.Node(rule));
        }

        return found;
    }

    // What is emitted is the program with its counting; whether there is something to say, the program as it was written is asked.
    (byte[]? Image, Microsoft.CodeAnalysis.Diagnostic? Unclear) Emit(SemanticModel model, ComposedProgram program, CancellationToken cancellation)
    {
        using var image = new MemoryStream();
        var compilation = (CSharpCompilation)model.Compilation;
        var counted = Has(RuleLayers.Budget) ? program.Metered(model) : program.Tree;
        var emitted = compilation.ReplaceSyntaxTree(program.Tree, counted).Emit(image, cancellationToken: cancellation);
        var isSilent = !emitted.Diagnostics.Any(IsSaid) || !compilation.GetDiagnostics(cancellation).Any(IsSaid);
        return emitted.Success && isSilent ? (Checked(image.ToArray()), null) : (null, emitted.Diagnostics.FirstOrDefault(IsSaid));
    }

    static bool IsSaid(Microsoft.CodeAnalysis.Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning;

    byte[] Checked(byte[] image) => Has(RuleLayers.Image) && EmittedImage.WrongIn(image) is { } wrong
        ? throw new InvalidOperationException($"bug: the compiled rules are not what was checked: {wrong}")
        : image;

    void Translate(SemanticModel model, ComposedProgram program, RuleFindings found, CancellationToken cancellation)
    {
        foreach (var diagnostic in model.Compilation.GetDiagnostics(cancellation).Where(IsSaid))
        {
            Translate(diagnostic, program, model, found);
        }
    }

    void Translate(Microsoft.CodeAnalysis.Diagnostic diagnostic, ComposedProgram program, SemanticModel model, RuleFindings found)
    {
        var rule = program.RuleAt(diagnostic.Location.SourceSpan);
        if (rule is null)
        {
            throw new InvalidOperationException($"bug: the generated program does not compile: {diagnostic}");
        }

        var findings = new CompilerFindings(
            model, rule.Scope, [.. _sources.Select(source => source.Name)],
            [.. _parameters.Select(parameter => parameter.Name)]);
        var span = program.SpanInRule(rule, diagnostic.Location.SourceSpan);
        found.Report(rule.Rule.Rule, span, findings.Of(diagnostic));
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            found.MeansNothing(rule.Rule.Rule);
        }
    }
}
