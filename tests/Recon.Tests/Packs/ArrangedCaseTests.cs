// Files laid out as recon fmt lays them out: tests/cases/layout/NAME.before.yaml becomes NAME.after.yaml.
using System.Text;
using Recon.Packs;
using Recon.Tests.Rules;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class ArrangedCaseTests
{
    const string Before = ".before.yaml";

    public static TheoryData<string> Names =>
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Of("tests", "cases", "layout"), $"*{Before}")
            .Select(file => Path.GetFileName(file)[..^Before.Length]).Order(),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_laid_out_in_one_way(string name)
    {
        var before = CaseFiles.Read($"tests/cases/layout/{name}{Before}");
        var after = $"tests/cases/layout/{name}.after.yaml";
        var arranged = Arranged(before);
        CaseFiles.Expect(after, File.Exists(RepositoryRoot.Of(after)) ? CaseFiles.Read(after) : "", arranged);
        Assert.Equal(arranged, Arranged(arranged));
    }

    static string Arranged(string text) => PackArranger.Arrange(new PackText("case", Encoding.UTF8.GetBytes(text))).Text ?? "not laid out";
}
