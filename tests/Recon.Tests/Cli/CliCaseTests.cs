// The command line against good and bad input: each case is a file in tests/cases/cli.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class CliCaseTests
{
    static readonly string Folder = RepositoryRoot.Of("tests", "cases", "cli");

    public static TheoryData<string> Cases =>
        new(Directory.EnumerateFiles(Folder, "*.case").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_of_the_command_line_ends_as_it_says(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Path.Combine(Folder, "_base"), ".");
        await new CliCase(Path.Combine(Folder, $"{name}.case"), folder).RunAsync();
    }
}
