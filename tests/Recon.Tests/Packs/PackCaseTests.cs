// Every case file of the pack loader: good packs bind, bad ones say exactly what is wrong.
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class PackCaseTests
{
    public static TheoryData<string> Good => [.. PackCase.Names("good")];

    public static TheoryData<string> Bad => [.. PackCase.Names("bad")];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_pack_binds_to_its_canonical_text(string name)
    {
        var load = PackCase.Load("good", name);
        Assert.Equal("", PackCase.Rendered(load));
        PackCase.ShouldBe(load.Pack!.Canonical, "good", name);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Canonical_text_binds_to_itself(string name)
    {
        var canonical = PackCase.Load("good", name).Pack!.Canonical;
        var options = PackOptions.Default with { Calendars = ["BANK-NL"] };
        var again = PackLoader.Load(
            new PackText("canonical.yaml", System.Text.Encoding.UTF8.GetBytes(canonical)), null, options);
        Assert.DoesNotContain(again.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(canonical, again.Pack!.Canonical);
    }

    [Fact]
    public void A_copied_rule_is_the_rule_written_out() =>
        Assert.Equal(PackCase.Load("good", "like-written-out.yaml").Pack!.Canonical, PackCase.Load("good", "like.yaml").Pack!.Canonical);

    [Fact]
    public void Every_pack_that_we_ship_binds_without_a_word()
    {
        var folder = Path.Combine(PackCase.Root, "rules");
        foreach (var path in Directory.EnumerateFiles(folder, "pack.yaml", SearchOption.AllDirectories))
        {
            Assert.Equal("", PackCase.Rendered(PackCase.LoadFile(path)));
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_pack_says_what_is_wrong_and_where(string name)
    {
        var load = PackCase.Load("bad", name);
        PackCase.ShouldBe(PackCase.Rendered(load), "bad", name);
        Assert.NotEmpty(load.Diagnostics);
        Assert.Equal(
            load.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error), load.Pack is null);
    }
}
