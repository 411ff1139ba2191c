// The command line against good and bad input: each case is a file in tests/cases/cli.
using Xunit;

namespace Recon.Tests.Cli;

/// <summary>Classes run side by side, the cases of one class do not: so the cases are cut into shares, each a class of its own.</summary>
public abstract class CliCases
{
    const int Shares = 3;

    static readonly string Folder = RepositoryRoot.Of("tests", "cases", "cli");

    protected static TheoryData<string> Share(int share) =>
        new(Directory.EnumerateFiles(Folder, "*.case").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            .Where((_, i) => i % Shares == share));

    protected static async Task EndsAsItSays(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Path.Combine(Folder, "_base"), ".");
        await new CliCase(Path.Combine(Folder, $"{name}.case"), folder).RunAsync();
    }
}

public sealed class FirstCliCaseTests : CliCases
{
    public static TheoryData<string> Cases => Share(0);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_case_of_the_command_line_ends_as_it_says(string name) => EndsAsItSays(name);
}

public sealed class SecondCliCaseTests : CliCases
{
    public static TheoryData<string> Cases => Share(1);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_case_of_the_command_line_ends_as_it_says(string name) => EndsAsItSays(name);
}

public sealed class ThirdCliCaseTests : CliCases
{
    public static TheoryData<string> Cases => Share(2);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_case_of_the_command_line_ends_as_it_says(string name) => EndsAsItSays(name);
}
