// Packs as hasty hands leave them mean what they meant, and are laid out as they were, but for blank lines.
using System.Text;
using System.Text.RegularExpressions;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed partial class DeformedPackLaws
{
    const int Seeds = 12;

    public static TheoryData<string> Packs =>
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Of("rules"), "pack.yaml", SearchOption.AllDirectories)
            .Append(RepositoryRoot.Of("examples", "five-days", "pack", "pack.yaml"))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Of(), file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_deformed_pack_is_laid_out_as_it_was(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Of(file));
        var meant = CanonicalOf(text);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var deformed = DeformedPack.Of(text, seed);
            Assert.Equal(meant, CanonicalOf(deformed));
            var arranged = Arranged(deformed);
            Assert.True(WithoutBlankLines(text) == WithoutBlankLines(arranged), $"seed {seed}:\n{deformed}");
            Assert.Equal(arranged, Arranged(arranged));
        }
    }

    static string Arranged(string text)
    {
        var arranged = PackArranger.Arrange(new PackText("pack.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.True(arranged.Text is not null, $"{string.Join('\n', arranged.Diagnostics)}\n{text}");
        return arranged.Text;
    }

    static string CanonicalOf(string text) =>
        PackCase.Load(text).Pack!.Canonical;

    // Blanks before a comment are left to its author, who lines comments up.
    static string WithoutBlankLines(string text) => BlankLines().Replace(BeforeComment().Replace(text, " #"), "\n");

    [GeneratedRegex("\n\n+")]
    private static partial Regex BlankLines();

    [GeneratedRegex("(?<=[^ \n]) +#")]
    private static partial Regex BeforeComment();
}
