// --untrusted as its users see it: the same answers, nothing recorded, and no file but those of the checkout.
using System.Text.Json;
using Recon.Tests.Sandbox;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class UntrustedTests
{
    [Theory(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    [InlineData("check", "rules/card-payments", "--out", "json=-")]
    [InlineData("test", "rules/card-payments")]
    [InlineData("plan", "examples/card-payments", "--out", "md=-")]
    [InlineData("plan", "examples/card-payments", "--base", "HEAD", "--out", "json=-")]
    [InlineData("plan", "examples/card-payments", "--base", "HEAD", "--gate", "--approved-by", "Ana")]
    public async Task The_answers_are_the_same(params string[] words)
    {
        using var folder = Checkout();
        var trusted = await WarmCli.RunAsync(folder.Path, words);
        var untrusted = await WarmCli.RunAsync(folder.Path, [.. words, "--untrusted"]);
        Assert.Equal(Comparable(trusted, folder), Comparable(untrusted, folder));
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task A_run_shows_what_it_decides_and_records_nothing()
    {
        using var folder = Checkout();
        var run = await WarmCli.RunAsync(
            folder.Path, "run", "examples/card-payments", "--untrusted", "--out", "json=reports/{pack}.json", "--out", "pretty=-");
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("109 of 158 records fully matched", run.Out, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(
            folder.Of("reports", "payments.card.json"), TestContext.Current.CancellationToken));
        Assert.Equal("payments.card", result.RootElement.GetProperty("run").GetProperty("pack").GetString());
        Assert.False(Directory.Exists(folder.Of("examples", "card-payments", ".recon")));
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task What_was_recorded_before_is_carried_forward()
    {
        using var folder = Checkout();
        await WarmCli.RunAsync(folder.Path, "run", "examples/card-payments");
        string[] words = ["plan", "examples/card-payments", "--date", "2026-03-02", "--out", "json=-"];
        var trusted = await WarmCli.RunAsync(folder.Path, words);
        var untrusted = await WarmCli.RunAsync(folder.Path, [.. words, "--untrusted"]);
        Assert.Equal(Comparable(trusted, folder), Comparable(untrusted, folder));
    }

    [Theory(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    [InlineData("../outside.csv")]
    [InlineData(".env")]
    [InlineData("linked.csv")]
    public async Task A_file_outside_of_the_checkout_or_hidden_in_it_is_not_read(string path)
    {
        using var folder = Checkout();
        File.WriteAllText(folder.Of(".env"), "name;date\nTOP-SECRET;2026-01-01\n");
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside.Of("secret.csv"), "name;date\nTOP-SECRET;2026-01-01\n");
        File.CreateSymbolicLink(folder.Of("linked.csv"), outside.Of("secret.csv"));
        var workspace = folder.Of("recon.yaml");
        File.WriteAllText(workspace, $"recon: 1\npacks: [rules/card-payments]\ncalendars: {{ MINE: \"{path}\" }}\n");
        var run = await WarmCli.RunAsync(folder.Path, "check", ".", "--untrusted");
        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("TOP-SECRET", run.Everything, StringComparison.Ordinal);
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task Without_a_repository_the_folder_that_was_named_is_shown_and_no_other()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "pack");
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "check", "pack/pack.yaml", "--untrusted")).ExitCode);
        Directory.CreateDirectory(folder.Of("workspace"));
        File.WriteAllText(folder.Of("workspace", "recon.yaml"), "recon: 1\npacks: [../pack]\n");
        var beside = await WarmCli.RunAsync(folder.Path, "check", "workspace", "--untrusted");
        Assert.Equal(74, beside.ExitCode);
        Assert.Contains("untrusted rules are shown the repository around the pack", beside.Error, StringComparison.Ordinal);
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task A_wrong_pack_says_what_is_wrong_as_ever()
    {
        using var folder = Checkout();
        var pack = folder.Of("rules", "card-payments", "pack.yaml");
        File.WriteAllText(pack, File.ReadAllText(pack).Replace("amount ~ gross: $rounding", "amount ~ gros: $rounding", StringComparison.Ordinal));
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/card-payments", "--untrusted");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("gross", check.Out, StringComparison.Ordinal);
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task The_doctor_sees_a_confined_process_fail_at_all_it_tries()
    {
        using var folder = Checkout();
        var doctor = await WarmCli.RunAsync(folder.Path, "doctor", "examples/card-payments", "--out", "json=-");
        Assert.True(doctor.ExitCode == 0, doctor.Everything);
        using var findings = JsonDocument.Parse(doctor.Out);
        var states = findings.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("area").GetString() == "sandbox" && finding.GetProperty("name").GetString() != "own user")
            .Select(finding => finding.GetProperty("state").GetString()).ToList();
        Assert.Equal(16, states.Count);
        Assert.All(states, state => Assert.Equal("fine", state));
    }

    [Fact]
    public async Task The_doctor_names_what_a_workspace_lacks()
    {
        using var folder = Checkout();
        var file = folder.Of("examples", "card-payments", "recon.yaml");
        File.AppendAllText(
            file, "connections: { LEDGER: { postgresql: \"Host=127.0.0.1;Database=d;Username=u\", password: secret:NO_SUCH_VARIABLE } }\n");
        var doctor = await WarmCli.RunAsync(folder.Path, "doctor", "examples/card-payments");
        Assert.Equal(9, doctor.ExitCode);
        Assert.Contains("NO_SUCH_VARIABLE", doctor.Out, StringComparison.Ordinal);
    }

    [Theory(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    [InlineData("tests.xml", "junit=tests.xml")]
    [InlineData("out", "junit=out/tests.xml")]
    public async Task Nothing_is_written_through_a_link_that_came_with_the_checkout(string link, string asked)
    {
        using var folder = Checkout();
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside.Of("tests.xml"), "kept");
        File.CreateSymbolicLink(folder.Of(link), link == "out" ? outside.Path : outside.Of("tests.xml"));
        var run = await WarmCli.RunAsync(folder.Path, "test", "rules/card-payments", "--untrusted", "--out", asked);
        Assert.True(run.ExitCode == 7, run.Everything);
        Assert.Contains("is a link in the checkout", run.Error, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(outside.Of("tests.xml")));
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task What_another_workspace_recorded_is_not_shown_by_a_link()
    {
        using var other = Checkout();
        await WarmCli.RunAsync(other.Path, "run", "examples/card-payments");
        using var folder = Checkout();
        File.CreateSymbolicLink(folder.Of("examples", "card-payments", ".recon"), other.Of("examples", "card-payments", ".recon"));
        var plan = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--untrusted", "--date", "2026-03-02");
        Assert.True(plan.ExitCode == 7, plan.Everything);
        Assert.Contains("a link leads out of the checkout", plan.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack.yaml")]
    [InlineData("pack.test.yaml")]
    public async Task No_line_of_a_file_outside_of_the_checkout_is_shown(string file)
    {
        using var folder = Checkout();
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside.Of("secret"), "TOP-SECRET: 1\n");
        File.Delete(folder.Of("rules", "card-payments", file));
        File.CreateSymbolicLink(folder.Of("rules", "card-payments", file), outside.Of("secret"));
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/card-payments");
        Assert.Equal(7, check.ExitCode);
        Assert.DoesNotContain("TOP-SECRET", check.Everything, StringComparison.Ordinal);
    }

    static TemporaryFolder Checkout()
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        PlanFromGitTests.Git(folder, "init", "--quiet", "--initial-branch=main");
        PlanFromGitTests.Commit(folder, "the rules as they are");
        return folder;
    }

    // Times are measured, and the folder of a base is made anew each time.
    static string Comparable(CliResult result, TemporaryFolder folder) => System.Text.RegularExpressions.Regex.Replace(
        result.Everything.Replace(folder.Path, "", StringComparison.Ordinal),
        "(\"(id|started|finished|at|by|seconds|duration_ms)\": (\"[^\"]*\"|[0-9.]+))|recon-base-\\w+|[0-9.]+ m?s\\b", "…");
}
