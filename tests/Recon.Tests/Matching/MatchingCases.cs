// Runs the cases of tests/cases/matching.
using Recon.Model;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class MatchingCases
{
    static readonly string Folder = Path.Combine(Root(), "tests", "cases", "matching");

    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(Folder, "*.case").Select(file =>
            Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string name)
    {
        var file = Path.Combine(Folder, name + ".case");
        var text = CaseText.Parse(File.ReadAllText(file));
        var book = text.Book;
        var found = MatchText.Of(book, book.Match(threads: 2));
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(file,
                $"{text.Given}\nexpect\n{string.Concat(found.Select(line => $"  {line}\n"))}");
            return;
        }

        Assert.Equal(string.Join('\n', text.Expected), string.Join('\n', found));
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recon.sln")))
        {
            folder = folder.Parent;
        }

        Require.That(folder is not null);
        return folder!.FullName;
    }
}
