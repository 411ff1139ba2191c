// Other dresses of one attempt to escape: the same thing asked for in other syntax.
using System.Text.RegularExpressions;

namespace Recon.Tests.Rules;

static partial class AttemptVariants
{
    /// <summary>Each still asks for what the attempt asks for; none is the attempt itself.</summary>
    internal static IReadOnlyList<string> Of(string code) =>
        [.. (code.Contains(';', StringComparison.Ordinal) ? Statements(code) : Expressions(code)).Concat(Words(code)).Where(text => text != code)];

    static IEnumerable<string> Statements(string code) =>
    [
        $"var first = left.amount;\n{code}",
        $"if (left.amount > 0m)\n{{\n{code}\n}}\nreturn false;",
        $"{code}\nreturn true;",
        $"switch (left.currency)\n{{\n    case \"EUR\":\n        return false;\n    default:\n{code}\n}}",
    ];

    static IEnumerable<string> Expressions(string code) =>
    [
        $"({code})",
        $"(({code}))",
        $"!(!({code}))",
        $"left.amount > 0m && ({code})",
        $"left.amount > 0m || ({code})",
        $"(left.amount > 0m ? {code} : false)",
        $"left.currency switch {{ \"EUR\" => {code}, _ => false }}",
        $"return {code};",
        $"var kept = {code};\nreturn kept;",
        $"if (left.amount > 0m)\n    return {code};\nreturn false;",
        $"left.reference.Split(' ').Any(word => {code})",
        $"left.reference.Split(' ').All(word => left.currency.Split(' ').Any(other => {code}))",
        $"new[] {{ {code} }}.Any(answer => answer)",
        $"(left.amount, {code}) == (1m, true)",
        $"$\"{{{code}}}\" == \"\"",
        $"left.nope?.Length.Equals({code}) == true",
    ];

    // The same names, spelled otherwise.
    static IEnumerable<string> Words(string code)
    {
        yield return Called().Replace(code, match => $"@{match.Value}", 1);
        yield return Called().Replace(code, match => $"\\u{(int)match.Value[0]:x4}{match.Value[1..]}", 1);
        yield return Called().Replace(code, match => $"{match.Value}/**/", 1);
        yield return Dot().Replace(code, "\n.", 1);
        yield return SystemName().Replace(code, "global::System", 1);
        yield return code.Replace("(", "( ", StringComparison.Ordinal) + " ";
    }

    [GeneratedRegex(@"\b[A-Z]\w+(?=\(|\.)")]
    private static partial Regex Called();

    [GeneratedRegex(@"\.(?=[A-Z])")]
    private static partial Regex Dot();

    [GeneratedRegex(@"\bSystem\b")]
    private static partial Regex SystemName();
}
