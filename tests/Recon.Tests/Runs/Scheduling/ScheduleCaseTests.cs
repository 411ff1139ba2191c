// Every case of a schedule: clock changes, holidays, missed hours, a year in virtual time.
using Xunit;

namespace Recon.Tests.Runs.Scheduling;

public sealed class ScheduleCaseTests
{
    static readonly string Folder = RepositoryRoot.Of("tests", "cases", "schedule");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.case").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_due_is_found(string name)
    {
        var path = Path.Combine(Folder, name);
        ExpectedText.Matches(Path.ChangeExtension(path, ".expected"), ScheduleCase.Play(path));
    }
}
