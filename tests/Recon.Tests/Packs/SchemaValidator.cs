// Runs ajv, in a folder of build output where npm installs it once.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Recon.Tests.Packs;

/// <param name="Name">Unique among those asked at once.</param>
/// <param name="Schema">File below <c>rules</c>.</param>
/// <param name="At">JSON pointer to a part of the schema; null: the whole, which is held against <paramref name="Value"/> as YAML.</param>
sealed record SchemaQuestion(string Name, string Schema, string? At, JsonNode Value)
{
    public static SchemaQuestion OfYaml(string name, string schema, string yaml) => new(name, schema, null, JsonValue.Create(yaml));

    public JsonObject Line() => new()
    {
        ["name"] = Name,
        ["schema"] = RepositoryRoot.Of("rules", Schema),
        ["at"] = At,
        [At is null ? "yaml" : "value"] = Value.DeepClone(),
    };
}

/// <summary>Skips the test where node or its packages are not to be had.</summary>
static class SchemaValidator
{
    static readonly Lazy<string?> WhyNone = new(Install);

    static string Folder => RepositoryRoot.Of(".artifacts", "schema");

    /// <summary>What is wrong with each, by its name; empty where nothing is.</summary>
    public static IReadOnlyDictionary<string, string> Ask(IReadOnlyCollection<SchemaQuestion> questions)
    {
        Assert.SkipWhen(WhyNone.Value is not null, WhyNone.Value ?? "");
        var (exit, answers) = Run("node", ["validate.mjs"], string.Concat(questions.Select(question => Written(question) + "\n")));
        Assert.True(exit == 0, answers);
        return answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToDictionary(
            answer => (string)answer["name"]!,
            answer => (bool)answer["valid"]! ? "" : string.Join("; ", answer["errors"]!.AsArray().Select(error => (string?)error)));
    }

    static string Written(SchemaQuestion question)
    {
        var line = question.Line();
        if (question.At is null)
        {
            line.Remove("at");
        }

        return line.ToJsonString(JsonSerializerOptions.Default);
    }

    static string? Install()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Of("tests", "schema")))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        try
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules", "ajv")))
            {
                return null;
            }

            var (exit, said) = Run("npm", ["ci", "--no-audit", "--no-fund"], "");
            return exit == 0 ? null : $"npm has no ajv here: {said}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no node here";
        }
    }

    static (int Exit, string Said) Run(string program, IReadOnlyList<string> arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult() is { Length: > 0 } said ? said : errors.GetAwaiter().GetResult());
    }
}
