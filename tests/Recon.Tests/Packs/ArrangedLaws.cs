// Laws of the layout: it changes nothing that is said, keeps every comment, and is done after one time.
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Recon.Packs;
using Recon.Packs.Formatting;
using Xunit;

namespace Recon.Tests.Packs;

public sealed partial class ArrangedLaws
{
    static readonly string[] Folders = ["rules", "examples"];

    public static TheoryData<string> Shipped =>
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Of(folder), "*.yaml", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) is "pack.yaml" or "pack.test.yaml" or "recon.yaml")
            .Select(file => Path.GetRelativePath(RepositoryRoot.Of(), file)).Where(file => !file.Contains(".recon", StringComparison.Ordinal)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void What_is_shipped_is_laid_out(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Of(file));
        Assert.Equal(text, Arranged(text));
        Assert.Equal(text, Arranged(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(text, Arranged($"\n\n\n{text}\n\n"));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Deeper_levels_make_no_difference(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Of(file));
        if (!Regex.IsMatch(text, @"[|>][-+]?\d?\s*$", RegexOptions.Multiline))
        {
            Assert.Equal(text, Arranged(LeadingBlanks().Replace(text, match => match.Value.Replace(" ", "  ", StringComparison.Ordinal)
                .Replace("-", "- ", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void A_good_pack_binds_to_the_same_rules()
    {
        foreach (var name in PackCase.Names("good"))
        {
            var text = File.ReadAllText(PackCase.PathOf("good", name));
            var before = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(text)), null, PackOptions.Default);
            if (before.Pack is null)
            {
                continue;
            }

            var after = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(Arranged(text)!)), null, PackOptions.Default);
            Assert.Equal(CanonicalText.Of(before.Pack), CanonicalText.Of(after.Pack!));
            Assert.Equal(Comments(text), Comments(Arranged(text)!));
        }
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_laid_out_once_or_not_at_all() => PackFuzzTests.Mutated.Sample(
        bytes =>
        {
            var first = PackArranger.Arrange(new PackText("pack.yaml", bytes)).Text;
            return first is null || Arranged(first) == first;
        },
        iter: PackFuzzTests.Rounds,
        threads: 1);

    [Fact]
    public void A_text_that_is_none_once_its_last_line_has_an_end_is_left_alone() => Assert.Null(Arranged("recon: 1\na:\n  b: |\n    "));

    static string? Arranged(string text) => PackArranger.Arrange(new PackText("pack.yaml", Encoding.UTF8.GetBytes(text))).Text;

    static List<string> Comments(string text) => [.. Comment().Matches(text).Select(match => match.Value.Trim())];

    [GeneratedRegex(@"(?<=^|\s)#[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^ *(- )*", RegexOptions.Multiline)]
    private static partial Regex LeadingBlanks();
}
