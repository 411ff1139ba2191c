// Reads a file of helpers: static functions in the language of rules, called by the name of their class.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;
using Kind = Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace Recon.Packs.Compiling;

/// <summary>
/// Only heads are taken here, word for word from a list: the bodies go through all that a rule goes through. What is not a static class with static
/// functions is refused.
/// </summary>
sealed class HelperFile
{
    const int MostFunctions = 200;
    const int MostParameters = 8;

    static readonly HashSet<string> Types = new(
        new[] { "string", "decimal", "int", "bool", "DateOnly", "Money", "Instant" }.SelectMany(type => (string[])[type, $"{type}?"]),
        StringComparer.Ordinal);

    readonly PackFile _file;
    readonly Report _report;
    readonly List<RuleToCompile> _found = [];

    HelperFile(PackFile file, Report report) => (_file, _report) = (file, report);

    public static IReadOnlyList<RuleToCompile> Read(PackFile file, Report report)
    {
        if (RuleText.CheckFile(file.Text) is { } wrong)
        {
            Say(report, file.AtOffset(wrong.Span.Start), wrong.Said);
            return [];
        }

        var root = SyntaxFactory.ParseCompilationUnit(file.Text, options: RuleSyntax.Options);
        var reader = new HelperFile(file, report);
        if (root.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            reader.Refuse(error.Location.SourceSpan, RuleMessages.NotReadable(error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), null));
            return [];
        }

        reader.File(root);
        return reader._found;
    }

    void File(CompilationUnitSyntax root)
    {
        foreach (var node in root.ChildNodes())
        {
            if (node is ClassDeclarationSyntax type && IsPlain(type))
            {
                Class(type);
            }
            else
            {
                Refuse(node.Span, RuleMessages.NotInLanguage(
                    "this in a file of helpers", "a file has classes as 'static class Refs { … }' and no more; what a helper may use needs no using"));
            }
        }
    }

    static bool IsPlain(ClassDeclarationSyntax type) =>
        HasOnly(type.Modifiers) && type.AttributeLists.Count == 0 && type.BaseList is null && type.TypeParameterList is null
        && type.ParameterList is null && type.ConstraintClauses.Count == 0;

    void Class(ClassDeclarationSyntax type)
    {
        var name = type.Identifier;
        if (!char.IsAsciiLetterUpper(name.ValueText[0]) || name.Text != name.ValueText || ReservedNames.Words.Contains(name.ValueText)
            || ReservedNames.IsGenerated(name.ValueText, isClass: true) || ProgramText.Aliases.ContainsKey(name.ValueText)
            || _found.Exists(known => SignatureOf(known).Class == name.ValueText))
        {
            Refuse(name.Span, RuleMessages.ReservedName(name.Text));
            return;
        }

        foreach (var member in type.Members)
        {
            if (member is MethodDeclarationSyntax method && IsPlain(method) && _found.Count < MostFunctions)
            {
                Function(name.ValueText, method);
            }
            else
            {
                Refuse(member.Span, RuleMessages.NotInLanguage(
                    "this in a class of helpers", "a class has functions as 'public static string? Payout(string? note) => …;' and no more"));
            }
        }
    }

    static bool IsPlain(MethodDeclarationSyntax method) =>
        HasOnly(method.Modifiers) && method.AttributeLists.Count == 0 && method.TypeParameterList is null
        && method.ConstraintClauses.Count == 0 && method.ExplicitInterfaceSpecifier is null && (method.Body is not null || method.ExpressionBody is not null);

    static bool HasOnly(SyntaxTokenList modifiers) => modifiers.Any(Kind.StaticKeyword)
        && modifiers.All(modifier => modifier.Kind() is Kind.StaticKeyword or Kind.PublicKeyword or Kind.InternalKeyword);

    void Function(string type, MethodDeclarationSyntax method)
    {
        var name = method.Identifier;
        var isNamed = name.Text == name.ValueText && char.IsAsciiLetterUpper(name.ValueText[0]) && name.ValueText != type
            && !_found.Exists(known => SignatureOf(known) is var other && other.Class == type && other.Name == name.ValueText);
        var wrongs = method.ParameterList.Parameters.Where(parameter => !IsPlain(parameter)).Select(parameter => parameter.Span).ToList();
        if (!Types.Contains(method.ReturnType.ToString()))
        {
            wrongs.Add(method.ReturnType.Span);
        }

        if (!isNamed || method.ParameterList.Parameters.Count > MostParameters)
        {
            Refuse(name.Span, RuleMessages.NotInLanguage(
                $"the function '{name.Text}'", $"each has a name of its own, a capital first, and at most {MostParameters} parameters"));
        }

        wrongs.ForEach(span => Refuse(span, RuleMessages.NotInLanguage(
            "this type", $"a helper takes and answers {string.Join(", ", Types.Where(known => !known.EndsWith('?')))}, each also with ?")));
        if (isNamed && wrongs.Count == 0)
        {
            var signature = new HelperSignature(
                type, name.ValueText, method.ReturnType.ToString(),
                [.. method.ParameterList.Parameters.Select(parameter => (parameter.Type!.ToString(), parameter.Identifier.ValueText))]);
            _found.Add(new RuleToCompile(RuleOf(signature, BodyOf(method)), new RuleShape.OfHelper(signature)));
        }
    }

    static bool IsPlain(ParameterSyntax parameter) =>
        parameter.Modifiers.Count == 0 && parameter.AttributeLists.Count == 0 && parameter.Default is null
        && parameter.Type is not null && Types.Contains(parameter.Type.ToString())
        && parameter.Identifier.Text == parameter.Identifier.ValueText && char.IsAsciiLetterLower(parameter.Identifier.ValueText[0])
        && !ReservedNames.Words.Contains(parameter.Identifier.ValueText);

    static HelperSignature SignatureOf(RuleToCompile helper) => ((RuleShape.OfHelper)helper.Shape).Signature;

    // An expression, or what stands between the braces.
    static TextSpan BodyOf(MethodDeclarationSyntax method) => method.ExpressionBody?.Expression.Span
        ?? TextSpan.FromBounds(method.Body!.OpenBraceToken.Span.End, method.Body.CloseBraceToken.SpanStart);

    // Blanks stand for what is before it on its first line, so that its columns are those of the file.
    RuleRef RuleOf(HelperSignature signature, TextSpan body)
    {
        var start = _file.AtOffset(body.Start);
        var text = string.Concat(new string(' ', start.Column - 1), _file.Text.AsSpan(body.Start, body.Length));
        return new RuleRef($"{signature}", text, start with { Column = 1, EndColumn = start.LineText.Length + 1 });
    }

    void Refuse(TextSpan span, Said said)
    {
        var start = _file.AtOffset(span.Start);
        Say(_report, _file.At(start.Line, start.Column, start.Column + Math.Max(1, span.Length)), said);
    }

    static void Say(Report report, Place place, Said said) => report.Add(new Model.Diagnostic(said.Code, Severity.Error, place, said.Message, said.Hint));
}
