// Every story of the work of people, on every store.
using Recon.Runs.Testing;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.Acting;

public abstract class PeopleCaseTests(TempStore temp) : StoreTests(temp)
{
    static readonly string Folder = RepositoryRoot.Of("tests", "cases", "people");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.case").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_story_ends_as_it_says(string name)
    {
        var path = Path.Combine(Folder, name);
        using var store = Temp.Open();
        ExpectedText.Matches(Path.ChangeExtension(path, ".expected"), PeopleCase.Play(path, store));
    }
}

public sealed class SqlitePeopleCaseTests() : PeopleCaseTests(new SqliteTempStore());

public sealed class PostgreSqlPeopleCaseTests() : PeopleCaseTests(new PostgreSqlTempStore());

public sealed class SqlServerPeopleCaseTests() : PeopleCaseTests(new SqlServerTempStore());

public sealed class MemoryPeopleCaseTests
{
    public static TheoryData<string> Cases => PeopleCaseTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_story_ends_as_it_says(string name)
    {
        var path = RepositoryRoot.Of("tests", "cases", "people", name);
        using var store = new MemoryRunStore();
        ExpectedText.Matches(Path.ChangeExtension(path, ".expected"), PeopleCase.Play(path, store));
    }
}
