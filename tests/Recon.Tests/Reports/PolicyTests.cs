// Every shipped pack can be told in words.
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Reports;

public sealed class PolicyTests
{
    public static TheoryData<string> Packs => new(Directory.EnumerateDirectories(RepositoryRoot.Of("rules"))
        .Where(folder => File.Exists(Path.Combine(folder, "pack.yaml"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task A_policy_names_every_pass_class_and_test(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", name), name);
        folder.Copy(RepositoryRoot.Of("examples", name == "bank-to-ledger" ? "bank-statement" : name), "example");
        var docs = await WarmCli.RunAsync(folder.Path, "docs", name, "--out", "md=policy.md", "--out", "html=policy.html");
        Assert.True(docs.ExitCode == 0, docs.Everything);
        var (markdown, html) = (File.ReadAllText(folder.Of("policy.md")), File.ReadAllText(folder.Of("policy.html")));
        var ids = File.ReadLines(folder.Of(name, "pack.yaml")).Select(line => line.Trim())
            .Where(line => line.StartsWith("- id: ", StringComparison.Ordinal)).Select(line => line[6..].Split(' ')[0]);
        Assert.All(ids, id => Assert.Contains(id, markdown, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.Contains($">{id}<", html, StringComparison.Ordinal));
        Assert.DoesNotContain("Recon.Model", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Card_payments_read_as_this()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "card-payments");
        var docs = await WarmCli.RunAsync(folder.Path, "docs", "card-payments", "--out", "md=-");
        Assert.True(docs.ExitCode == 0, docs.Everything);
        ExpectedText.Matches(RepositoryRoot.Of("tests", "cases", "policy", "card-payments.md"), docs.Out);
    }
}
