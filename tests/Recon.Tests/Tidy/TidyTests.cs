// Holds the conventions of the code by reading it.
using System.Text.RegularExpressions;
using Xunit;

namespace Recon.Tests.Tidy;

public sealed partial class TidyTests
{
    // Ratchets: they only ever go down.
    const int LongestLine = 160;
    const int LongestFile = 465;

    static readonly string[] TopLevel =
    [
        "engine", "rules", "tests", "examples", "Recon.sln", "README.md", "LICENSE", "Directory.Build.props",
        "Directory.Packages.props", "global.json", "TestResults",
    ];

    static readonly string[] CodeFolders = ["engine", "tests"];

    static IEnumerable<string> Sources => CodeFolders
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Of(folder), "*.cs", SearchOption.AllDirectories));

    [Fact]
    public void The_top_level_is_what_it_was_agreed_to_be()
    {
        var found = Directory.EnumerateFileSystemEntries(RepositoryRoot.Path).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith('.'));
        Assert.Empty(found.Except(TopLevel));
    }

    [Fact]
    public void Every_file_opens_with_a_sentence_that_says_what_it_is_for() =>
        Assert.Empty(Sources.Where(path => !OpeningSentence().IsMatch(File.ReadLines(path).FirstOrDefault() ?? "")).Select(Named));

    [Fact]
    public void Lines_and_files_are_no_longer_than_the_ratchet() =>
        Assert.Empty(Sources.SelectMany(path =>
        {
            var lines = File.ReadAllLines(path);
            return lines.Select((line, i) => (line.Length, Name: $"{Named(path)}:{i + 1}")).Where(line => line.Length > LongestLine)
                .Select(line => line.Name)
                .Concat(lines.Length > LongestFile ? [$"{Named(path)} has {lines.Length} lines"] : []);
        }));

    [Fact]
    public void A_namespace_is_a_folder() =>
        Assert.Empty(Sources.Where(path =>
        {
            var declared = File.ReadLines(path).Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success);
            return declared is not null && declared.Groups[1].Value != FolderAsNamespace(path);
        }).Select(Named));

    [Fact]
    public void Nothing_is_left_for_later_in_the_code() =>
        Assert.Empty(Sources.Where(path => !path.EndsWith("TidyTests.cs", StringComparison.Ordinal))
            .Where(path => Leftover().IsMatch(File.ReadAllText(path))).Select(Named));

    static string FolderAsNamespace(string path)
    {
        var parts = Path.GetRelativePath(RepositoryRoot.Path, Path.GetDirectoryName(path)!).Split(Path.DirectorySeparatorChar);
        return string.Join('.', parts.Skip(1));
    }

    static string Named(string path) => Path.GetRelativePath(RepositoryRoot.Path, path);

    [GeneratedRegex(@"^// .*\S$")]
    private static partial Regex OpeningSentence();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Leftover();
}
