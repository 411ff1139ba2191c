// Remarks about rules in the formats of others: valid by their schema, and no text of a pack is read as more than text.
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using NJsonSchema;
using Recon.Model;
using Recon.Reports.Annotating;
using Xunit;

namespace Recon.Tests.Reports.Annotating;

public sealed class AnnotationTests
{
    // What a format could read as its own: line ends, escapes, commands, half a character, none at all.
    static readonly Gen<string> Text = Gen.OneOf(
        Gen.Const("::"), Gen.Const("\n::error file=a.yaml,line=1::forged"), Gen.Const("\r"), Gen.Const("%0A"), Gen.Const(","), Gen.Const("##[error]"),
        Gen.Const("]]>"), Gen.Const("\"</failure>"), Gen.Const("\uD800"), Gen.Const("\uFFFF"), Gen.Const("\u202E"), Gen.Const("\0"), Gen.Const("a é €"),
        Gen.Const("#/%20?")).Array[0, 5].Select(string.Concat);

    static readonly Gen<Annotation> Remark = Gen.Select(Text, Text, Text, Gen.Int[1, 99], Gen.Int[1, 40], Gen.Int[0, 9]).Select(
        (rule, message, file, line, column, length) => new Annotation(
            $"plan/{rule}", message, (AnnotationLevel)(line % 3), message, new Place($"rules/{file}", line, column, column + length, message)));

    static readonly Gen<Annotation[]> Remarks = Remark.Array[0, 5];

    [Fact]
    public async Task Sarif_is_valid_by_its_schema()
    {
        var schema = await JsonSchema.FromFileAsync(
            RepositoryRoot.Of("tests", "cases", "reports", "sarif-2.1.0-rtm.5.schema.json"), TestContext.Current.CancellationToken);
        Assert.NotEmpty(schema.Validate("""{ "version": "2.1.0", "runs": [ { "results": [] } ] }"""));
        Remarks.Sample(
            remarks =>
            {
                var text = Written(target => SarifReport.Write("check", remarks, target));
                Assert.Empty(schema.Validate(text));
                var results = JsonDocument.Parse(text).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray();
                Assert.Equal(remarks.Select(remark => remark.Message), results.Select(result => result.GetProperty("message").GetProperty("text").GetString()));
            },
            iter: 50);
    }

    [Fact]
    public void A_workflow_command_is_one_line_and_says_what_was_said() => Remarks.Sample(
        remarks =>
        {
            var lines = Written(target => GitHubReport.Write(remarks, target)).Split('\n');
            Assert.Equal(remarks.Length + 1, lines.Length);
            foreach (var (remark, line) in remarks.Zip(lines))
            {
                Assert.DoesNotContain('\r', line);
                var parts = line.Split("::");
                Assert.Contains(parts[1].Split(' ')[0], (string[])["notice", "warning", "error"]);
                var properties = parts[1][(parts[1].IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(',').Select(pair => pair.Split('=', 2)[0]);
                Assert.All(properties, name => Assert.Contains(name, (string[])["file", "line", "col", "endColumn", "title"]));
                Assert.Equal(remark.Message, Unescaped(string.Join("::", parts.Skip(2))));
            }
        },
        iter: 500);

    [Fact]
    public void Junit_is_xml_whose_counts_are_those_of_its_cases() => Text.Array[0, 4].Sample(
        texts =>
        {
            JUnitCase[] cases = [.. texts.Select((text, i) => (i % 3) switch
            {
                0 => new JUnitCase(text, text, Failure: text),
                1 => new JUnitCase(text, text, Skipped: text),
                _ => new JUnitCase(text, text, Output: text),
            })];
            var root = XDocument.Parse(Written(target => JUnitReport.Write([new JUnitSuite("suite", cases)], target))).Root!;
            Assert.Equal($"{cases.Length}", root.Attribute("tests")!.Value);
            Assert.Equal(cases.Length, root.Descendants("testcase").Count());
            Assert.Equal($"{root.Descendants("failure").Count()}", root.Element("testsuite")!.Attribute("failures")!.Value);
            Assert.Equal($"{root.Descendants("skipped").Count()}", root.Element("testsuite")!.Attribute("skipped")!.Value);
        },
        iter: 200);

    static string Unescaped(string text) => text.Replace("%0D", "\r", StringComparison.Ordinal)
        .Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    static string Written(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
