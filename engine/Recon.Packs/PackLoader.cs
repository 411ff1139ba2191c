// The front door of the pack language: text in, bound pack or diagnostics out.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Binding;
using Recon.Packs.Compiling;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;

namespace Recon.Packs;

/// <summary>A file of a pack as it stands on disk.</summary>
/// <param name="Name">As diagnostics name it: relative to where the user stands.</param>
public sealed record PackText(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>256 KiB: a longer file is refused by name.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>The files of SQL below the folder of a pack: path from there, with <c>/</c>, and bytes.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Queries { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The files that <c>use</c> may name, by the path written there.</summary>
    public IReadOnlyDictionary<string, PackText> Used { get; init; } = new Dictionary<string, PackText>();

    /// <summary>A file beside this one as diagnostics name it.</summary>
    internal string PathBeside(string name) => Name.LastIndexOf('/') is var end and >= 0 ? $"{Name[..end]}/{name}" : name;
}

/// <summary>What comes from outside the pack.</summary>
/// <param name="Environment">Chooses the <c>in:</c> value of a parameter; null takes the defaults. A name that
/// no <c>in:</c> has is an error where any parameter has one.</param>
/// <param name="Parameters">Values from the command line; they win.</param>
/// <param name="Calendars">Names of the calendars that the workspace knows, beside <c>TARGET2</c> and <c>weekdays</c>.</param>
public sealed record PackOptions(
    string? Environment, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyCollection<string> Calendars)
{
    public static PackOptions Default { get; } = new(null, new Dictionary<string, string>(), []);

    /// <summary>Names of the connections that the workspace knows; null where there is no workspace, and no name is wrong.</summary>
    public IReadOnlyCollection<string>? Connections { get; init; }
}

/// <summary>What loading found.</summary>
/// <param name="Pack">Null exactly where <paramref name="Diagnostics"/> has an error.</param>
/// <param name="Rules">All C# in the order of its text; of a pack that did not bind as much as could be told.</param>
/// <param name="Sources">What <paramref name="Rules"/> may read; also where the pack did not bind.</param>
/// <param name="Parameters">With the values in force; also where the pack did not bind.</param>
/// <param name="Diagnostics">Sorted by (file, line, column, code), at most 100.</param>
public sealed record PackLoad(
    Pack? Pack,
    IReadOnlyList<PackTest> Tests,
    IReadOnlyList<RuleToCompile> Rules,
    IReadOnlyList<SourceSpec> Sources,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>A piece of C# and what it is asked about.</summary>
public sealed record RuleToCompile(RuleRef Rule, RuleShape Shape);

/// <summary>The head of a helper, of checked words only.</summary>
/// <param name="Class">Under which rules call it: <c>Refs.Payout(…)</c>.</param>
/// <param name="Answer">As C# writes the type.</param>
/// <param name="Parameters">Types and names.</param>
public sealed record HelperSignature(string Class, string Name, string Answer, IReadOnlyList<(string Type, string Name)> Parameters)
{
    public override string ToString() =>
        $"{Class}.{Name}({string.Join(", ", Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))}): {Answer}";
}

/// <summary>What a piece of C# sees and answers.</summary>
public abstract record RuleShape
{
    /// <summary>bool of one record, under the source's name.</summary>
    public sealed record OfRecord(SourceSpec Source) : RuleShape;

    /// <summary>bool of one record of each source, under the sources' names.</summary>
    public sealed record OfPair(SourceSpec Left, SourceSpec Right) : RuleShape;

    /// <summary>bool of one record and a list of records, under the sources' names.</summary>
    public sealed record OfGroup(SourceSpec One, SourceSpec Many) : RuleShape;

    /// <summary>bool of two lists of records, under the sources' names.</summary>
    public sealed record OfGroups(SourceSpec Left, SourceSpec Right) : RuleShape;

    /// <summary>bool of one record of each of three sources or more, under the sources' names.</summary>
    public sealed record OfSeveral(IReadOnlyList<SourceSpec> Sources) : RuleShape;

    /// <summary>A function that rules call: what it takes and answers stands in its signature.</summary>
    public sealed record OfHelper(HelperSignature Signature) : RuleShape;

    /// <summary>The value of a field of one record, under the source's name; earlier fields of the source can be read.</summary>
    public sealed record OfField(SourceSpec Source, FieldSpec Field) : RuleShape;
}

/// <summary>From text to pack. What is wrong comes back as values, all of it at once, never as an exception.</summary>
/// <remarks>Pure: equal texts and options give equal results. Compiles no C#; the rule compiler does.</remarks>
public static class PackLoader
{
    /// <param name="tests">The file of tests beside the pack; null where there is none.</param>
    public static PackLoad Load(PackText pack, PackText? tests, PackOptions options)
    {
        var report = new Report();
        var file = PackFileReader.Read(pack, report);
        var root = file is null ? null : SyntaxReader.Read(file, report);
        var testFile = tests is null ? null : PackFileReader.Read(tests, report);
        var testRoot = testFile is null ? null : SyntaxReader.Read(testFile, report);
        if (root is null)
        {
            return new PackLoad(null, [], [], [], [], report.Sorted());
        }

        var used = UsedFiles.Merge(root, pack, report);
        var helpers = used.Helpers.SelectMany(helper => HelperFile.Read(helper, report)).ToList();
        var bound = PackBinder.Bind(CopiedRules.WrittenOut(used.Root, report), file!.Start, pack, testRoot, testFile?.Start, options, report, helpers);
        return new PackLoad(
            report.HasErrors
                ? null
                : bound.Pack, bound.Tests, [.. bound.Rules, .. helpers], bound.Sources, bound.Parameters, report.Sorted());
    }
}
