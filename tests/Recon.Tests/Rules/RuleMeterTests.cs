// The budget of a rule: what counts, what it counts to, and what is said beyond.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Rules;

/// <summary>A rule of one record <c>one</c> and a list <c>many</c> of so many records, each with an amount and the note "a;b".</summary>
public sealed class RuleMeterTests
{
    [Theory]
    [InlineData("one.amount > 1m", 100, 0, 0)]
    [InlineData("many.Any(a => a.amount > 1000m)", 100, 100, 0)]
    [InlineData("many.Where(a => a.amount > 1000m).Select(a => a.amount).Sum() == 0m", 100, 300, 0)]
    [InlineData("many.All(a => many.Count(b => b.amount == a.amount) > 0)", 100, 10_100, 0)]
    [InlineData("many.Any(a => a.note.Trim().Length > 9)", 100, 100, 300)]
    [InlineData("many.Any(a => (a.note + \"-\" + a.note).Length > 9)", 100, 100, 700)]
    [InlineData("many.Any(a => $\"{a.note}!\".Length > 9)", 10, 10, 40)]
    [InlineData("one.note.Split(';').Any(part => part == \"c\")", 1, 4, 0)]
    [InlineData("one.memo?.Split(';').Any(part => part == \"c\") == true", 1, 0, 3)]
    [InlineData("one.memo?.Trim().Length > 9", 1, 0, 3)]
    [InlineData("new[] { 1m, 2m }.Contains(one.amount + 9m)", 1, 2, 0)]
    [InlineData("one.note == \"x\" + \"y\"", 1, 0, 0)]
    public void Records_and_characters_are_counted(string code, int count, long steps, long characters)
    {
        var (rules, rule) = Compiled(code);
        Ask(rules, rule, count);
        Assert.Equal(new RuleCost("test", 1, steps, characters), Assert.Single(rules.Costs.Asked()));
    }

    // Nothing passes the filter, and all of it is gone through for each record.
    [Fact]
    public void A_list_that_is_kept_counts_each_time()
    {
        var (rules, rule) = Compiled("var large = many.Where(a => a.amount > 1000m);\nreturn many.All(a => !large.Any());");
        Ask(rules, rule, 100);
        Assert.Equal(100 + (100 * 100), Assert.Single(rules.Costs.Asked()).Steps);
    }

    [Theory]
    [InlineData("many.All(a => many.Count(b => b.amount == a.amount) > 0)", "it looks at more than 5,000,000 records for one answer")]
    [InlineData("many.All(a => many.Any(b => (b.note + a.note).Length > 99) == false)", "it makes more than 4,000,000 characters of text")]
    [InlineData("var kept = many.Where(a => a.amount > 9000m);\nreturn many.All(a => !kept.Any());", "it looks at more than 5,000,000 records for one answer")]
    public void Beyond_the_budget_the_rule_the_record_and_the_bound_are_named(string code, string said)
    {
        var (rules, rule) = Compiled(code);
        var failed = Assert.Throws<RuleFailedException>(() => Ask(rules, rule, 2_300));
        Assert.StartsWith($"pack.yaml:1:1: test failed on one:O ~ many:0, many:1, many:2 and 2297 more: {said}", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_and_all_rules_together_have_an_end_in_each_run()
    {
        var costs = new RuleCosts();
        RuleTotal[] totals = [.. Enumerable.Range(0, 6).Select(i => costs.Of(new RuleRef($"r{i}", "", Place)))];
        totals[0].Add(RuleCosts.MostOfRule, 0, 0);
        Assert.Contains("r0 failed on all its records: it took more than 20,000,000,000 steps",
            Assert.Throws<RuleFailedException>(() => totals[0].Add(1, 0, 0)).Message, StringComparison.Ordinal);
        Array.ForEach(totals[1..5], total => total.Add(0, RuleCosts.MostOfRule - 1, 0));
        Assert.Contains("r5 failed on all its records: it and the others took more than 100,000,000,000 steps",
            Assert.Throws<RuleFailedException>(() => totals[5].Add(5, 0, 0)).Message, StringComparison.Ordinal);
        costs.Begin();
        totals[0].Add(7, 0, 0);
        Assert.Equal([new RuleCost("r0", 7, 0, 0)], costs.Asked());
    }

    static readonly Place Place = new("pack.yaml", 1, 1, 1, "");

    static (PackProgram Rules, RuleRef Rule) Compiled(string code)
    {
        var (one, many) = (MeteredRecords.Source("one", 0), MeteredRecords.Source("many", 1));
        var rule = new RuleRef("test", code, Place);
        var compiled = RuleCompiler.Compile(
            [new RuleToCompile(rule, new RuleShape.OfGroup(one, many))], [one, many], [], TestContext.Current.CancellationToken);
        Assert.True(compiled.Image is not null, string.Concat(compiled.Diagnostics.Select(RuleCase.Render)));
        return (PackProgram.Load(compiled, []), rule);
    }

    static void Ask(PackProgram rules, RuleRef rule, int count)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        rules.Group(rule)(MeteredRecords.Table("one", 0, ["O"]), 0, MeteredRecords.Table("many", 1, [.. rows.Select(row => $"{row}")]), rows);
    }
}
