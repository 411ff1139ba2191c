// What packs say of each other is checked where all of them are at hand.
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class PackReferenceTests
{
    /// <summary>No single file can show them.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["RC2320", "RC4051"];

    [Fact]
    public void A_name_that_is_no_packs_is_told_at_its_place_with_the_name_that_is_near()
    {
        var found = Assert.Single(PackReferences.Check([Pack("shop.close", "after: [shop.order]"), Pack("shop.orders")]));
        Assert.Equal(("RC2320", "the workspace has no pack 'shop.order'"), (found.Code, found.Message));
        Assert.Equal("did you mean 'shop.orders'?", found.Hint);
        Assert.Equal(3, found.Place.Line);
    }

    [Fact]
    public void Both_keys_that_name_packs_are_checked() => Assert.Equal(
        ["RC2320", "RC2320"], PackReferences.Check([Pack("a", "after: x, not_with: [y]"), Pack("b")]).Select(found => found.Code));

    [Fact]
    public void Each_circle_is_told_once_by_the_pack_whose_id_comes_first()
    {
        var found = PackReferences.Check(
            [Pack("c", "after: a"), Pack("b", "after: c"), Pack("a", "after: b"), Pack("d", "after: e"), Pack("e", "after: d"), Pack("f", "after: a")]);
        Assert.Equal(
            ["packs wait for each other in a circle: a → b → c → a", "packs wait for each other in a circle: d → e → d"],
            found.Select(each => each.Message));
        Assert.All(found, each => Assert.Equal("RC4051", each.Code));
    }

    [Fact]
    public void What_holds_is_not_spoken_of() =>
        Assert.Empty(PackReferences.Check([Pack("a", "after: [b, c], not_with: d"), Pack("b", "after: c"), Pack("c"), Pack("d")]));

    static Pack Pack(string id, string? more = null)
    {
        var text = $$"""
            recon: 1
            pack: { id: {{id}}, version: 1.0.0 }
            run: { schedule: { cron: "0 30 6 ? * MON-FRI", zone: UTC{{(more is null ? "" : $", {more}")}} } }
            sources:
              bank: { role: external, read: { csv: b.csv }, id: id, fields: { id: text, total: { type: money, currency: EUR } } }
              till: { role: books, read: { csv: t.csv }, id: id, fields: { id: text, total: { type: money, currency: EUR } } }
            passes:
              - { id: same, join: till 1:1 bank, key: id, within: { total ~ total: 0 } }
            classify:
              - { id: unexplained, status: suspicious, otherwise: true }
            resolve:
              - { for: unexplained, tier: manual, assign: ops }
            """;
        var load = PackLoader.Load(new PackText($"{id}.yaml", System.Text.Encoding.UTF8.GetBytes(text)), null, PackOptions.Default);
        Assert.Empty(load.Diagnostics);
        return load.Pack!;
    }
}
