// Runs the case files of rules: what they answer, what is said about bad ones, and the page of codes made from them.
using System.Globalization;
using System.Reflection;
using System.Text;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class RuleCaseTests
{
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
        var cases = CaseFiles.In("rules/bad").Select(path => Path.GetFileName(path)[..6]).Distinct().Order(StringComparer.Ordinal);
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
                page.Append(CultureInfo.InvariantCulture, $"\n{example.About}\n\n```text\n{Shortened(example)}```\n");
            }

            page.Append('\n');
        }

        // Either the page of these codes alone, or the page of all codes that holds it.
        var alone = Path.Combine("rules", "DIAGNOSTICS-rules.md");
        if (File.Exists(Path.Combine(CaseFiles.Root, alone)))
        {
            CaseFiles.Expect(alone, CaseFiles.Read(alone), page.ToString());
        }
        else
        {
            Assert.Contains(page.ToString(), CaseFiles.Read(Path.Combine("rules", "DIAGNOSTICS.md")), StringComparison.Ordinal);
        }
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
        var said = type.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null))
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.IsSpecialName)
                .Select(method => method.Invoke(null, [.. method.GetParameters().Select(parameter => Anything(parameter.ParameterType))])));
        return said.OfType<Said>().Select(item => item.Code);
    }

    static object? Anything(Type type) =>
        type == typeof(string) ? "x" : type.IsValueType ? Activator.CreateInstance(type) : Array.Empty<string>();
}
