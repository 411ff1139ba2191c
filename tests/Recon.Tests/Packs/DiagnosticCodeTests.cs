// Every code has a bad case and a page; no page and no case is left over.
using System.Text.RegularExpressions;
using Recon.Packs.Diagnosing;
using Xunit;

namespace Recon.Tests.Packs;

public sealed partial class DiagnosticCodeTests
{
    static IReadOnlyList<string> Codes { get; } = [.. Findings.All.Select(finding => finding.Code)];

    [Fact]
    public void Codes_stand_in_order_of_precedence_and_differ() =>
        Assert.Equal(Codes.Distinct().Order(StringComparer.Ordinal), Codes);

    [Fact]
    public void Every_code_has_a_bad_case_that_shows_it()
    {
        var shown = PackCase.Names("bad").SelectMany(name => PackCase.Load("bad", name).Diagnostics)
            .Select(diagnostic => diagnostic.Code)
            .Concat(PackBoundsTests.Packs.Keys).Concat(PackReferenceTests.Codes).ToHashSet();
        Assert.Equal([], Codes.Where(code => !shown.Contains(code)));
    }

    [Fact]
    public void Every_bad_case_shows_the_code_of_its_name()
    {
        var silent = PackCase.Names("bad").Where(name => name.StartsWith("RC", StringComparison.Ordinal))
            .Where(name => PackCase.Load("bad", name).Diagnostics.All(found => found.Code != name[..6]));
        Assert.Equal([], silent);
    }

    [Fact]
    public void Every_code_has_its_entry_in_order_and_no_entry_is_left_over()
    {
        var page = File.ReadAllText(Path.Combine(PackCase.Root, "rules", "DIAGNOSTICS.md"));
        var entries = Entry().Matches(page).Select(match => match.Groups[1].Value);
        Assert.Equal(Codes, entries.Where(code => !IsOfTheCompiler(code)));
    }

    /// <summary>Codes of C#, which the rule compiler gives.</summary>
    static bool IsOfTheCompiler(string code) => code.StartsWith("RC3", StringComparison.Ordinal);

    [GeneratedRegex("^### (RC[0-9]{4})", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
