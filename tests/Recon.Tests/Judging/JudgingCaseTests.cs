// Every judging case gives what it expects.
using Xunit;

namespace Recon.Tests.Judging;

public sealed class JudgingCaseTests
{
    const string Mark = "\nexpect\n";

    public static TheoryData<string> Cases()
    {
        var names = Directory.GetFiles(Folder, "*.case").Select(path => Path.GetFileName(path));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_judged_as_it_says(string name)
    {
        var path = Path.Combine(Folder, name);
        var text = File.ReadAllText(path);
        var mark = text.IndexOf(Mark, StringComparison.Ordinal);
        var given = mark < 0 ? text : text[..mark];
        var found = JudgingText.Of(JudgingCase.ReadAll(given));
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(path, given.TrimEnd() + "\n" + Mark + found);
            return;
        }

        Assert.Equal(mark < 0 ? "" : text[(mark + Mark.Length)..], found);
    }

    static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Recon.sln")))
            {
                folder = folder.Parent!;
            }

            return Path.Combine(folder.FullName, "tests", "cases", "judging");
        }
    }
}
