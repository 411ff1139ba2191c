// The first look at a rule: its characters, before any parser sees them, and their places in the YAML.
using Microsoft.CodeAnalysis.Text;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>The text of one rule. Offsets count characters from 0.</summary>
static class RuleText
{
    public const int MaxCharacters = 4096;

    public const int MaxBrackets = 48;

    // Signs in a row, blanks apart. Text in quotes may draw a line of dashes; longer rows exhaust parsers.
    const int MaxSigns = 32;

    /// <summary>What is wrong with the characters; null where nothing is.</summary>
    public static (TextSpan Span, Said Said)? Check(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (new TextSpan(0, 0), RuleMessages.Empty);
        }

        if (text.Length > MaxCharacters)
        {
            return (new TextSpan(0, 0), RuleMessages.TooLong(text.Length));
        }

        return CheckCharacters(text) ?? CheckNesting(text);
    }

    /// <summary>As <see cref="Check"/> for a file of helpers, of which each is a rule in length.</summary>
    public static (TextSpan Span, Said Said)? CheckFile(string text) => CheckCharacters(text) ?? CheckNesting(text);

    /// <summary>True where the rule is written as statements: a semicolon stands outside of quotes and comments.</summary>
    public static bool IsStatements(string text)
    {
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || text[i] == quote)
            {
                quote = null;
            }
            else if (quote is not null)
            {
                i += text[i] == '\\' ? 1 : 0;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text.AsSpan(i).StartsWith("//"))
            {
                i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
            }
            else if (text[i] == ';')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a stretch of the text stands in the YAML; cut at the end of its first line.</summary>
    public static Place PlaceOf(RuleRef rule, TextSpan span)
    {
        var text = rule.Text;
        var start = Math.Clamp(span.Start, 0, text.Length);
        var before = text.AsSpan(0, start);
        var line = before.Count('\n');
        var lineStart = before.LastIndexOf('\n') + 1;
        var lineEnd = text.IndexOf('\n', lineStart);
        var lineLength = (lineEnd < 0 ? text.Length : lineEnd) - lineStart;
        var column = start - lineStart;
        var end = Math.Clamp(span.End - lineStart, Math.Min(column + 1, lineLength), lineLength);
        var first = rule.Place.Column;
        var lineText = line == 0
            ? rule.Place.LineText
            : string.Concat(new string(' ', first - 1), text.AsSpan(lineStart, lineLength));
        return new Place(
            rule.Place.File, rule.Place.Line + line, first + column, first + Math.Max(end, column), lineText);
    }

    static (TextSpan, Said)? CheckCharacters(string text)
    {
        var lineIsBlank = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('\n' or '\t') && c is < ' ' or > '~')
            {
                return (new TextSpan(i, 1), RuleMessages.BadCharacter(c));
            }

            if (c == '#' && lineIsBlank)
            {
                return (new TextSpan(i, 1), RuleMessages.Directive);
            }

            lineIsBlank = c == '\n' || (lineIsBlank && c is ' ' or '\t');
        }

        return null;
    }

    static (TextSpan, Said)? CheckNesting(string text)
    {
        int brackets = 0, angles = 0, signs = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            brackets += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            angles = c == '<' ? angles + 1 : c == '>' ? Math.Max(angles - 1, 0) : angles;
            signs = c is '!' or '-' or '+' or '~' ? signs + 1 : c is ' ' or '\t' or '\n' ? signs : 0;
            if (brackets > MaxBrackets || angles > MaxBrackets || signs > MaxSigns)
            {
                return (new TextSpan(i, 1), RuleMessages.TooNested);
            }
        }

        return null;
    }
}
