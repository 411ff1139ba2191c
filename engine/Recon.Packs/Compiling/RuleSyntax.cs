// Reads one rule by itself and lets through only the syntax that is listed.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Kind = Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace Recon.Packs.Compiling;

/// <summary>A rule that has been read and let through.</summary>
/// <param name="Root">An expression, or a block of statements. It enters the program as this node, never as text.</param>
/// <param name="Prefix">Characters that stand before the rule's text in the node (the brace of a block).</param>
/// <param name="Names">All identifiers in it.</param>
sealed record RuleNode(CSharpSyntaxNode Root, int Prefix, IReadOnlySet<string> Names)
{
    /// <summary>It calls something or may make a text, so that what it does is counted.</summary>
    public bool IsMetered { get; } = Root.DescendantNodesAndSelf().Any(node => node.RawKind is
        (int)Kind.InvocationExpression or (int)Kind.InterpolatedStringExpression or (int)Kind.AddExpression);
}

/// <summary>Default deny: a kind of node that is not listed is refused, also one that a later compiler brings.</summary>
static class RuleSyntax
{
    public const int MaxTokens = 800;
    public const int MaxDepth = 40;
    public const int MaxLambdas = 2;
    public const int MaxLiteral = 256;
    public const int MaxArray = 64;
    public const int MaxArms = 32;
    public const int MaxTuple = 5;

    public static CSharpParseOptions Options { get; } = new(
        LanguageVersion.CSharp13, DocumentationMode.None, SourceCodeKind.Regular);

    /// <summary>
    /// Reads the text and says what is wrong through <paramref name="say"/>. What is left when the wrong parts are taken out
    /// is returned, so that it can be looked at further; null where nothing is. A rule of which anything was said never runs.
    /// </summary>
    public static RuleNode? Read(string text, IReadOnlySet<string> reserved, Action<TextSpan, Said> say)
    {
        var (root, prefix) = Parse(text);
        var refused = new List<TextSpan>();
        var tooBig = false;
        void Report(TextSpan span, Said said)
        {
            refused.Add(span);
            tooBig |= said.Code == RuleMessages.TooBig("", 0).Code;
            say(new TextSpan(Math.Max(span.Start - prefix, 0), span.Length), said);
        }

        if (root.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            var place = PlaceOf(error, root);
            Report(place, ParseError(error, root.ToFullString().Substring(place.Start, place.Length)));
            return null;
        }

        var names = CheckTokens(root, Report);
        if (!tooBig)
        {
            new SyntaxWalk(reserved, Report).Walk(root);
        }

        return refused.Count == 0 ? new RuleNode(root, prefix, names)
            : prefix == 0 && !tooBig && Without(refused, (ExpressionSyntax)root) is { } rest ? new RuleNode(rest, prefix, names)
            : null;
    }

    /// <summary>The text as it stands, let through whatever it is.</summary>
    public static RuleNode Unchecked(string text)
    {
        var (root, prefix) = Parse(text);
        return new RuleNode(root, prefix, CheckTokens(root, (_, _) => { }));
    }

    // The line feed closes a comment at the end.
    static (CSharpSyntaxNode Root, int Prefix) Parse(string text) => RuleText.IsStatements(text)
        ? (SyntaxFactory.ParseStatement("{" + text + "\n}", options: Options, consumeFullText: true), 1)
        : (SyntaxFactory.ParseExpression(text + "\n", options: Options, consumeFullText: true), 0);

    // Of a && b && c the parts without a refused place; "true", as wide as it was, stands for each of the others.
    static ExpressionSyntax? Without(List<TextSpan> refused, ExpressionSyntax root)
    {
        var parts = Conjuncts(root);
        var lost = parts.Where(part => refused.Exists(part.Span.IntersectsWith)).ToList();
        return lost.Count == parts.Count || lost.Exists(part => part.Span.Length < "true".Length)
            ? null
            : root.ReplaceNodes(lost, (part, _) => SyntaxFactory.LiteralExpression(Kind.TrueLiteralExpression)
                .WithLeadingTrivia(part.GetLeadingTrivia())
                .WithTrailingTrivia(part.GetTrailingTrivia().Insert(
                    0, SyntaxFactory.Whitespace(new string(' ', part.Span.Length - "true".Length)))));
    }

    static List<ExpressionSyntax> Conjuncts(ExpressionSyntax root)
    {
        var parts = new List<ExpressionSyntax>();
        var left = root;
        while (left is BinaryExpressionSyntax { RawKind: (int)Kind.LogicalAndExpression } and)
        {
            parts.Add(and.Right);
            left = and.Left;
        }

        parts.Add(left);
        return parts;
    }

    // A word too many is reported on what stands before it; the reader looks for the word.
    static TextSpan PlaceOf(Microsoft.CodeAnalysis.Diagnostic error, CSharpSyntaxNode root)
    {
        var skipped = root.DescendantTrivia()
            .FirstOrDefault(trivia => trivia.IsKind(Kind.SkippedTokensTrivia));
        return error.Id == "CS1073" && skipped.RawKind != 0 ? skipped.Span : error.Location.SourceSpan;
    }

    static Said ParseError(Microsoft.CodeAnalysis.Diagnostic error, string found)
    {
        var message = error.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        var word = found.Split(' ')[0];
        var hint = word is "and" or "or" ? "and is &&, or is ||"
            : Recon.Model.Currency.TryParse(word, out _) ? $"money is written Money.Of(…, \"{word}\")"
            : SyntaxFacts.GetKeywordKind(word) != Kind.None
                ? $"'{word}' is a word of C# itself; a field's name may be {word}_"
            : null;
        return RuleMessages.NotReadable(message, hint);
    }

    static HashSet<string> CheckTokens(CSharpSyntaxNode root, Action<TextSpan, Said> report)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var token in root.DescendantTokens())
        {
            if (++count > MaxTokens)
            {
                report(token.Span, RuleMessages.TooBig("words and signs", MaxTokens));
                return names;
            }

            if (CheckToken(token) is { } said)
            {
                report(token.Span, said);
            }

            CheckTrivia(token, report);
            if (token.IsKind(Kind.IdentifierToken))
            {
                names.Add(token.ValueText);
            }
        }

        return names;
    }

    static Said? CheckToken(SyntaxToken token) => token.Value switch
    {
        double or float =>
            RuleMessages.FloatingPoint(token.Text, token.Text.TrimEnd('d', 'D', 'f', 'F') + "m"),
        string literal when literal.Length > MaxLiteral =>
            RuleMessages.TooBig("characters in a text", MaxLiteral),
        _ when token.IsKind(Kind.IdentifierToken) && token.Text != token.ValueText =>
            RuleMessages.EscapedName(token.Text),
        _ when token.IsKind(Kind.IdentifierToken) && ReservedNames.IsGenerated(token.ValueText) =>
            RuleMessages.NotInLanguage($"the name '{token.Text}'", "no rule calls a rule; what several need is a function of a file under use"),
        _ when token.Kind() is Kind.Utf8StringLiteralToken or Kind.Utf8SingleLineRawStringLiteralToken
            or Kind.Utf8MultiLineRawStringLiteralToken =>
            RuleMessages.NotInLanguage("a text in bytes (u8)", null),
        _ => null,
    };

    static void CheckTrivia(SyntaxToken token, Action<TextSpan, Said> report)
    {
        foreach (var trivia in token.LeadingTrivia.Concat(token.TrailingTrivia))
        {
            if (trivia.Kind() is not (Kind.WhitespaceTrivia or Kind.EndOfLineTrivia)
                && !trivia.IsKind(Kind.SingleLineCommentTrivia))
            {
                var said = RuleMessages.NotInLanguage("a comment of this kind", "comments begin with //");
                report(trivia.Span, said);
            }
        }
    }
}
