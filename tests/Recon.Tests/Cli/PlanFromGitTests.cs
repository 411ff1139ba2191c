// recon plan against a reference of git: the commit that both histories have in common is the base.
using System.Diagnostics;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class PlanFromGitTests
{
    [Fact]
    public async Task The_rules_of_the_common_commit_are_the_base_and_the_author_does_not_approve()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        Git(folder, "init", "--quiet", "--initial-branch=main");
        Commit(folder, "the rules as they are");
        Git(folder, "checkout", "--quiet", "-b", "change");
        Change(folder, "default: 0.02 EUR", "default: 0.01 EUR");
        Commit(folder, "a smaller tolerance");
        Git(folder, "checkout", "--quiet", "main");
        Change(folder, "within: { amount ~ gross: 10.00 EUR", "within: { amount ~ gross: 20.00 EUR");
        Commit(folder, "what happens on main meanwhile is not this change");
        Git(folder, "checkout", "--quiet", "change");

        var plan = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--base", "main");
        Assert.True(plan.ExitCode == 0, plan.Everything);
        Assert.Contains("base main (", plan.Out, StringComparison.Ordinal);
        Assert.Contains("2 records of 158 would end otherwise", plan.Out, StringComparison.Ordinal);
        Assert.Contains("pass capture-near", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("20.00 EUR", plan.Out, StringComparison.Ordinal);

        var own = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--base", "main", "--approved-by", "ana@example.org");
        Assert.True(own.ExitCode == 64, own.Everything);
        Assert.Contains("this is the author of the change", own.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_pack_is_planned_against_nothing_and_needs_a_second_approver()
    {
        using var folder = new TemporaryFolder();
        Git(folder, "init", "--quiet", "--initial-branch=main");
        File.WriteAllText(folder.Of("README"), "rules");
        Commit(folder, "nothing yet");
        Git(folder, "checkout", "--quiet", "-b", "change");
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        Commit(folder, "a pack");

        string[] words = ["plan", "examples/card-payments", "--base", "main"];
        var plan = await WarmCli.RunAsync(folder.Path, words);
        Assert.True(plan.ExitCode == 0, plan.Everything);
        Assert.Contains("109 of 158 records fully matched", plan.Out, StringComparison.Ordinal);
        Assert.Contains("the pack is new", plan.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await WarmCli.RunAsync(folder.Path, [.. words, "--gate"])).ExitCode);
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, [.. words, "--gate", "--approved-by", "Ben"])).ExitCode);
        Assert.Equal(64, (await WarmCli.RunAsync(folder.Path, [.. words, "--gate", "--approved-by", "Ana"])).ExitCode);
    }

    [Fact]
    public async Task Why_there_is_no_base_is_said()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        await SaidAsync("is in no repository of git");
        Git(folder, "init", "--quiet", "--initial-branch=main");
        Commit(folder, "one");
        Git(folder, "checkout", "--quiet", "--orphan", "nowhere");
        Commit(folder, "other");
        await SaidAsync("no commit in common");
        Git(folder, "branch", "-D", "main");
        await SaidAsync("git knows no such reference");

        async Task SaidAsync(string why)
        {
            var plan = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--base", "main");
            Assert.True(plan.ExitCode == 66, plan.Everything);
            Assert.Contains(why, plan.Error, StringComparison.Ordinal);
        }
    }

    static void Change(TemporaryFolder folder, string before, string after)
    {
        var pack = folder.Of("rules", "card-payments", "pack.yaml");
        File.WriteAllText(pack, File.ReadAllText(pack).Replace(before, after, StringComparison.Ordinal));
    }

    internal static void Commit(TemporaryFolder folder, string message)
    {
        Git(folder, "add", "--all");
        Git(folder, "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "--quiet", "-m", message);
    }

    internal static void Git(TemporaryFolder folder, params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder.Path, .. words]) { RedirectStandardError = true })!;
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
    }
}
