// The JSON schemas for editors: what is committed is what the table says, and ajv agrees with the binders.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed partial class SchemaTests
{
    const string Pack = "pack.schema.json", Tests = "test.schema.json", Workspace = "workspace.schema.json";

    // Keys and shapes that are wrong whatever else the pack says.
    static readonly string[] Structural = ["RC2001", "RC2002", "RC2003", "RC2004", "RC2005", "RC2007", "RC2009", "RC2101", "RC2102"];

    // What is wrong there follows from another key, or stands in another file.
    static readonly string[] Beyond = ["RC2003-no-position.yaml", "RC2004-test-file.yaml"];

    public static TheoryData<string, string> Written => new()
    {
        { Pack, PackSchema.OfPack() },
        { Tests, PackSchema.OfTests() },
        { Workspace, PackSchema.OfWorkspace() },
    };

    [Theory]
    [MemberData(nameof(Written), DisableDiscoveryEnumeration = true)]
    public void The_committed_schema_is_what_the_table_says(string file, string schema)
    {
        var path = RepositoryRoot.Of("rules", file);
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(File.ReadAllText(path), schema, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_key_says_what_it_is_for()
    {
        var silent = Written.Select(row => JsonNode.Parse(row.Data.Item2)!)
            .SelectMany(schema => Properties(schema).Where(property => string.IsNullOrWhiteSpace((string?)property.Schema["description"])))
            .Select(property => property.At);
        Assert.Empty(silent);
    }

    [Fact]
    public void Ajv_takes_every_pack_that_binds_and_every_example_of_a_key()
    {
        List<SchemaQuestion> asked = [.. Shipped(), .. Reference(), .. GoodCases(), .. Examples()];
        var wrong = SchemaValidator.Ask(asked).Where(answer => answer.Value.Length > 0);
        Assert.Empty(wrong.Select(answer => $"{answer.Key}: {answer.Value}"));
    }

    [Fact]
    public void Ajv_refuses_every_bad_case_whose_keys_or_shapes_are_wrong()
    {
        var asked = PackCase.Names("bad").Where(name => Structural.Contains(name[..6]) && !Beyond.Contains(name))
            .Select(name => SchemaQuestion.OfYaml(name, Pack, File.ReadAllText(PackCase.PathOf("bad", name)))).ToList();
        Assert.True(asked.Count > 15);
        Assert.Empty(SchemaValidator.Ask(asked).Where(answer => answer.Value.Length == 0).Select(answer => answer.Key));
    }

    [Fact]
    public void Shipped_files_name_their_schema_first()
    {
        Assert.All(Files("rules", "pack.yaml"), file => Assert.StartsWith($"# yaml-language-server: $schema=../{Pack}\n", File.ReadAllText(file)));
        Assert.All(Files("rules", "pack.test.yaml"), file => Assert.StartsWith($"# yaml-language-server: $schema=../{Tests}\n", File.ReadAllText(file)));
    }

    static IEnumerable<SchemaQuestion> Shipped() =>
    [
        .. Files("rules", "pack.yaml").Select(file => Of(file, Pack)),
        .. Files("rules", "pack.test.yaml").Select(file => Of(file, Tests)),
        .. Files("examples", "pack.yaml").Select(file => Of(file, Pack)),
        .. Files("examples", "pack.test.yaml").Select(file => Of(file, Tests)),
        .. Files("examples", "recon.yaml").Select(file => Of(file, Workspace)),
    ];

    static IEnumerable<string> Files(string folder, string name) =>
        Directory.EnumerateFiles(RepositoryRoot.Of(folder), name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    static SchemaQuestion Of(string file, string schema) => SchemaQuestion.OfYaml(file, schema, File.ReadAllText(file));

    static IEnumerable<SchemaQuestion> Reference() => YamlBlock().Matches(File.ReadAllText(RepositoryRoot.Of("rules", "README.md")))
        .Select((block, i) => SchemaQuestion.OfYaml($"block {i} of the reference", Pack, block.Groups[1].Value));

    static IEnumerable<SchemaQuestion> GoodCases() => PackCase.Names("good").Select(name => Of(PackCase.PathOf("good", name), Pack));

    static IEnumerable<SchemaQuestion> Examples() => Written.SelectMany(row => Properties(JsonNode.Parse(row.Data.Item2)!)
        .SelectMany(property => property.Schema["examples"]?.AsArray().OfType<JsonNode>() ?? [], (property, example) => (property.At, example))
        .Select((found, i) => new SchemaQuestion($"example {i} of {row.Data.Item1}{found.At}", row.Data.Item1, found.At, found.example)));

    static IEnumerable<(string At, JsonNode Schema)> Properties(JsonNode schema)
    {
        var definitions = schema["$defs"]!.AsObject().Select(shape => (At: $"/$defs/{shape.Key}", Shape: shape.Value!));
        return definitions.Prepend(("", schema))
            .SelectMany(shape => shape.Item2["properties"]!.AsObject().Select(property => ($"{shape.Item1}/properties/{property.Key}", property.Value!)));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
