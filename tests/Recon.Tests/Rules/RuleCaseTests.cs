// Runs the case files of rules, and makes the page of codes from the bad ones.
using System.Globalization;
using System.Reflection;
using System.Text;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class RuleCaseTests
{
    const string Heading = "## The C# of rules\n\n";

    public static TheoryData<string> Good => [.. CaseFiles.In("rules")];

    public static TheoryData<string> Bad => [.. CaseFiles.In("rules/bad")];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_case_answers_as_it_expects(string path) => RunCase(path);

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_rule_is_told_what_is_wrong_and_where(string path)
    {
        var output = RunCase(path);
        Assert.Contains(Path.GetFileName(path)[..6], output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_has_a_bad_case()
    {
        var codes = Codes().Distinct().Order(StringComparer.Ordinal);
        var cases = CaseFiles.In("rules/bad").Select(path => Path.GetFileName(path)[..6]).Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(codes, cases);
    }

    [Fact]
    public void The_page_of_codes_shows_what_the_cases_show()
    {
        var page = new StringBuilder();
        foreach (var group in CaseFiles.In("rules/bad").GroupBy(path => Path.GetFileName(path)[..6]))
        {
            page.Append(CultureInfo.InvariantCulture, $"### {group.Key}\n");
            foreach (var example in group.Select(path => new RuleCase(CaseFiles.Read(path))))
            {
                page.Append(CultureInfo.InvariantCulture,
                    $"\n{example.About}\n\n```text\n{Shortened(example)}```\n");
            }

            page.Append('\n');
        }

        var all = Path.Combine("rules", "DIAGNOSTICS.md");
        var text = CaseFiles.Read(all);
        var start = text.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        CaseFiles.Expect(all, text, $"{text[..start]}{page}");
    }

    // Long lines of a hostile rule say no more than their beginning.
    static string Shortened(RuleCase example) => string.Concat(example.Run().TrimEnd().Split('\n')
        .Select(line => line.Length > 140 ? line[..137] + "...\n" : line + "\n"));

    static string RunCase(string path)
    {
        var text = CaseFiles.Read(path);
        var example = new RuleCase(text);
        var output = example.Run();
        CaseFiles.Expect(path, text, example.With(output));
        return output;
    }

    static IEnumerable<string> Codes()
    {
        var type = typeof(RuleMessages);
        var said = type.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null))
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(method => !method.IsSpecialName)
                .Select(method => method.Invoke(null, [.. method.GetParameters().Select(Anything)])));
        return said.OfType<Said>().Select(item => item.Code);
    }

    static object? Anything(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "x"
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : Array.Empty<string>();
}
