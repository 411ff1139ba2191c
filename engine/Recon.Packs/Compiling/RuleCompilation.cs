// Takes the rules of a pack through all checks and one compilation.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

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
        specificDiagnosticOptions:
        [
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
            // Parameters are given from outside.
            new("CS0649", ReportDiagnostic.Suppress),
        ]);

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
            [.. _sources.Select(source => source.Name), .. ProgramText.Aliases.Keys, .. ReservedNames.Words,
            .. rules.Select(rule => (rule.Shape as RuleShape.OfHelper)?.Signature.Class).OfType<string>()],
            StringComparer.Ordinal);
        var read = new List<ProgramRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i].Rule;
            RuleAtWork.Say("reading", rule);
            if (RuleText.Check(rule.Text) is { } wrong)
            {
                Report(rule, wrong.Span, wrong.Said);
            }
            else if (RuleSyntax.Read(rule.Text, reserved, (at, said) => Refuse(rule, at, said)) is { } node)
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
        var compilation = CSharpCompilation.Create(
            $"rules-{hash[..16]}", [program.Tree], PlatformReferences.All, Options);
        var model = compilation.GetSemanticModel(program.Tree);
        var helpers = program.Helpers(model);
        foreach (var circle in HelperCalls.InCircles(rules, program, model))
        {
            Report(circle.Rule.Rule, program.SpanInRule(circle, program.Node(circle).Span), RuleMessages.NotInLanguage(
                "a function that calls itself, or one that calls it", "a rule has to end: write it without"));
        }

        foreach (var rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            RuleAtWork.Say("checking", rule.Rule.Rule);
            void Say(TextSpan span, Said said) => Report(rule.Rule.Rule, program.SpanInRule(rule, span), said);
            new BoundRule(model, rule.Scope, helpers, Say).Check(program.Method(rule), program.Node(rule));
        }

        // What is emitted is the program with its counting; whatever the compiler has to say of that, it is asked about the rules as they were written.
        using var image = new MemoryStream();
        var emitted = _found.Count == 0
            ? compilation.ReplaceSyntaxTree(program.Tree, program.Metered(model)).Emit(image, cancellationToken: cancellation)
            : null;
        if (emitted is { Success: true } && !emitted.Diagnostics.Any(IsSaid))
        {
            return Checked(image.ToArray());
        }

        foreach (var diagnostic in compilation.GetDiagnostics(cancellation).Where(IsSaid))
        {
            Translate(diagnostic, program, model);
        }

        return _found.Count > 0 || emitted is { Success: true }
            ? Checked(image.ToArray())
            : throw new InvalidOperationException($"bug: a rule does not compile once it is counted: {emitted!.Diagnostics.First(IsSaid)}");
    }

    static bool IsSaid(Microsoft.CodeAnalysis.Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning;

    byte[] Checked(byte[] image) => _found.Count == 0 && EmittedImage.WrongIn(image) is { } wrong
        ? throw new InvalidOperationException($"bug: the compiled rules are not what was checked: {wrong}")
        : image;

    void Translate(Microsoft.CodeAnalysis.Diagnostic diagnostic, ComposedProgram program, SemanticModel model)
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
        Report(rule.Rule.Rule, span, findings.Of(diagnostic));
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            _unbound.Add(rule.Rule.Rule);
        }
    }

    // What is left of the rule is looked at, but what it means as a whole is not known.
    void Refuse(RuleRef rule, TextSpan span, Said said)
    {
        _unbound.Add(rule);
        Report(rule, span, said);
    }

    void Report(RuleRef rule, TextSpan span, Said said)
    {
        var place = RuleText.PlaceOf(rule, span);
        _found.Add((rule, new Model.Diagnostic(said.Code, Severity.Error, place, said.Message, said.Hint)
        {
            Fix = said.Instead is { } text && !rule.Text.AsSpan(span.Start, span.Length).Contains('\n') ? new Edit(place, text)
                : OfferedEdits.Nearest(place, said.Message, unknown: null),
        }));
    }

    // One finding a place: that of the lower code, which is nearer to the cause.
    List<Model.Diagnostic> Sorted() =>
    [
        .. _found.Where(found => !RuleMessages.IsLegalYetWrong(found.Diagnostic.Code) || !_unbound.Contains(found.Rule))
            .Select(found => found.Diagnostic)
            .OrderBy(found => found.Place.File, StringComparer.Ordinal)
            .ThenBy(found => found.Place.Line)
            .ThenBy(found => found.Place.Column)
            .ThenBy(found => found.Code, StringComparer.Ordinal)
            .ThenBy(found => found.Message, StringComparer.Ordinal)
            .DistinctBy(found => found.Place)
            .Take(MaxDiagnostics),
    ];
}
