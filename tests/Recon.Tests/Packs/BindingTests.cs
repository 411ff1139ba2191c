// What a bound pack says, where case files would hide it: places of C#, parameters, comments, order.
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class BindingTests
{
    static readonly string Card = File.ReadAllText(
        Path.Combine(PackCase.Folder, "good", "card-payments.yaml"));

    [Fact]
    public void Every_line_of_code_stands_where_its_place_says()
    {
        var lines = Card.Split('\n');
        var rules = PackCase.Load(Card).Rules;
        Assert.Equal(5, rules.Count);
        foreach (var rule in rules.Select(rule => rule.Rule))
        {
            var code = rule.Text.Split('\n');
            for (var i = 0; i < code.Length; i++)
            {
                Assert.StartsWith(
                    code[i], lines[rule.Place.Line - 1 + i][(rule.Place.Column - 1)..],
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Code_sees_the_records_of_its_place()
    {
        var shapes = PackCase.Load(Card).Rules.ToDictionary(rule => rule.Rule.Path, rule => rule.Shape);
        Assert.Equal("ledger", Assert.IsType<RuleShape.OfRecord>(shapes["sources.ledger.where"]).Source.Name);
        Assert.Equal(
            "payout", Assert.IsType<RuleShape.OfField>(shapes["sources.bank.derive.payout"]).Field.Name);
        Assert.Equal(
            "provider", Assert.IsType<RuleShape.OfPair>(shapes["passes.capture-near.when"]).Right.Name);
        Assert.IsType<RuleShape.OfPair>(shapes["classify.rounding-diff.when"]);
    }

    [Fact]
    public void A_group_is_one_record_against_many()
    {
        var text = Card.Replace(
            "captured ~ value_date:", "captured ~ value_date: 5d\n    when: bank.note != null\n#",
            StringComparison.Ordinal);
        var load = PackCase.Load(text);
        Assert.Equal("", PackCase.Rendered(load));
        var shape = Assert.IsType<RuleShape.OfGroup>(
            load.Rules.Single(rule => rule.Rule.Path == "passes.payout-to-bank.when").Shape);
        Assert.Equal(("bank", "provider"), (shape.One.Name, shape.Many.Name));
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_default()
    {
        Assert.Equal("5.00 EUR", Cap(null));
        Assert.Equal("2.00 EUR", Cap("prod"));
        Assert.Equal("1.00 EUR", Cap("prod", ("auto_cap", "1.00 EUR")));
    }

    [Fact]
    public void Comments_layout_and_the_file_name_change_nothing()
    {
        var plain = PackCase.Load(Card).Pack!.Canonical;
        var other = Card.Replace("\n  - id:", "\n\n  # a remark\n  - id:", StringComparison.Ordinal)
            .Replace(
                "{ open: provider, toward: bank }", "\n      toward: bank\n      open: provider",
                StringComparison.Ordinal);
        Assert.NotEqual(Card, other);
        Assert.Equal(
            plain,
            PackLoader.Load(
                new PackText("other.yaml", System.Text.Encoding.UTF8.GetBytes(other)), null,
                PackOptions.Default).Pack!.Canonical);
        Assert.NotEqual(
            plain,
            PackCase.Load(
                Card.Replace("plus: debit", "plus: credit", StringComparison.Ordinal)).Pack!.Canonical);
    }

    [Fact]
    public void Legs_come_in_the_order_of_the_passes_with_sides_in_the_order_of_the_sources()
    {
        var pack = PackCase.Load(Card).Pack!;
        Assert.Equal(["ledger ~ provider", "provider ~ bank"], pack.Legs.Select(leg => leg.ToString()));
        Assert.Equal(
            ["ledger.amount ~ provider.gross", "ledger.booked ~ provider.captured"],
            pack.Pass("capture-near").Comparisons.Select(pair => pair.Name));
        Assert.Equal(new TieRule(TieKind.Oldest, "booked", "captured"), pack.Pass("capture-near").Tie);
    }

    [Fact]
    public void A_field_of_a_forbidden_name_keeps_back_only_the_code_that_asks_for_it()
    {
        var all = PackCase.Load(Card).Rules.Select(rule => rule.Rule).ToList();
        var forbidden = Card.Replace("kind: text", "class: text", StringComparison.Ordinal)
            .Replace(".kind", ".class", StringComparison.Ordinal);
        var kept = PackCase.Load(forbidden).Rules.Select(rule => rule.Rule.Path).ToList();
        Assert.NotEmpty(kept);
        Assert.Equal(
            all.Where(rule => !rule.Text.Contains(".kind", StringComparison.Ordinal)).Select(rule => rule.Path),
            kept);
        Assert.True(kept.Count < all.Count);
    }

    [Fact]
    public void A_pack_with_values_by_environment_takes_no_other_environment()
    {
        var load = PackLoader.Load(
            new PackText("pack.yaml", System.Text.Encoding.UTF8.GetBytes(Card)), null,
            PackOptions.Default with { Environment = "produktion" });
        Assert.Equal(["RC2207"], load.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    static string Cap(string? environment, params (string, string)[] parameters)
    {
        var options = new PackOptions(
            environment, parameters.ToDictionary(pair => pair.Item1, pair => pair.Item2), []);
        var pack = PackLoader.Load(
            new PackText("pack.yaml", System.Text.Encoding.UTF8.GetBytes(Card)), null, options).Pack!;
        return pack.Resolutions[0].Limit.Each[0].ToString();
    }
}
