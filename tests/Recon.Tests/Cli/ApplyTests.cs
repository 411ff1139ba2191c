// What was reviewed is run, or nothing is.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class ApplyTests
{
    const string Example = "examples/card-payments";

    [Fact]
    public async Task A_reviewed_plan_is_applied_once()
    {
        using var folder = await Planned();
        var first = await WarmCli.RunAsync(folder.Path, "apply", "plan.json", "-w", Example);
        Assert.True(first.ExitCode == 0, first.Everything);
        Assert.Contains("it is what was reviewed, with 10 postings", first.Out, StringComparison.Ordinal);
        var second = await WarmCli.RunAsync(folder.Path, "apply", "plan.json", "-w", Example);
        Assert.True(second.ExitCode == 0, second.Everything);
        Assert.Contains("nothing was posted again", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_rules_are_refused_and_nothing_is_recorded()
    {
        using var folder = await Planned();
        Change(folder.Of("rules/card-payments/pack.yaml"), "default: 0.02 EUR", "default: 0.01 EUR");
        await RefusedAsync(folder, "the rules of payments.card are not those that were reviewed");
    }

    [Fact]
    public async Task Other_inputs_are_refused()
    {
        using var folder = await Planned();
        Change(folder.Of($"{Example}/in/ledger/2026-02-27.csv"), "79.00", "79.01");
        await RefusedAsync(folder, "the inputs of payments.card 2026-02-27");
    }

    [Theory]
    [InlineData("\"amount\": \"3.50 EUR\"", "\"amount\": \"3.40 EUR\"", "now, and not reviewed")]
    [InlineData("\"state\": \"escalated\"", "\"state\": \"queued\"", "reviewed, and not now")]
    public async Task A_plan_in_which_a_posting_was_changed_is_refused(string before, string after, string said)
    {
        using var folder = await Planned();
        Change(folder.Of("plan.json"), before, after);
        await RefusedAsync(folder, said);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"run\": { \"pack\": null } }")]
    [InlineData("no JSON at all")]
    public async Task What_is_no_plan_is_said_to_be_none(string text)
    {
        using var folder = await Planned();
        File.WriteAllText(folder.Of("plan.json"), text);
        var apply = await WarmCli.RunAsync(folder.Path, "apply", "plan.json", "-w", Example);
        Assert.True(apply.ExitCode == 7, apply.Everything);
        Assert.Contains("this is no plan of a run", apply.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_of_rules_is_not_applied()
    {
        using var folder = await Planned();
        var plan = await WarmCli.RunAsync(folder.Path, "plan", Example, "--base", "rules/card-payments", "--out", "json=compared.json");
        Assert.True(plan.ExitCode == 0, plan.Everything);
        var apply = await WarmCli.RunAsync(folder.Path, "apply", "compared.json", "-w", Example);
        Assert.True(apply.ExitCode == 7, apply.Everything);
        Assert.Contains("without --base", apply.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_masked_plan_is_not_applied()
    {
        using var folder = await Planned();
        var make = await WarmCli.RunAsync(folder.Path, "snapshot", "make", Example, "--mask", "--name", "masked");
        Assert.True(make.ExitCode == 0, make.Everything);
        await WarmCli.RunAsync(folder.Path, "plan", Example, "--data", "masked", "--out", "json=plan.json");
        await RefusedAsync(folder, "the inputs of payments.card 2026-02-27");
    }

    static async Task<TemporaryFolder> Planned()
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), Example);
        var plan = await WarmCli.RunAsync(folder.Path, "plan", Example, "--out", "json=plan.json");
        Assert.True(plan.ExitCode == 0, plan.Everything);
        return folder;
    }

    static async Task RefusedAsync(TemporaryFolder folder, string said)
    {
        var apply = await WarmCli.RunAsync(folder.Path, "apply", "plan.json", "-w", Example);
        Assert.True(apply.ExitCode == 9, apply.Everything);
        Assert.Contains(said, apply.Error, StringComparison.Ordinal);
        var runs = await WarmCli.RunAsync(folder.Path, "runs", "list", "-w", Example);
        Assert.DoesNotContain("payments.card 1.0.0", runs.Out, StringComparison.Ordinal);
    }

    static void Change(string file, string before, string after)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(before, after, StringComparison.Ordinal));
    }
}
