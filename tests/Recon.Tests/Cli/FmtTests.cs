// recon fmt as its users see it.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class FmtTests
{
    const string Left = "recon:   1   \r\npack: {id: shop,version: 1.0.0}   # ours\r\n";
    const string Right = "recon: 1\npack: { id: shop, version: 1.0.0 } # ours\n";

    [Fact]
    public async Task A_file_is_written_anew_once()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("pack.yaml"), Left);
        var check = await WarmCli.RunAsync(folder.Path, "fmt", "--check");
        Assert.Equal((1, "pack.yaml would change\n", Left), (check.ExitCode, check.Out, File.ReadAllText(folder.Of("pack.yaml"))));
        var first = await WarmCli.RunAsync(folder.Path, "fmt");
        Assert.Equal((0, "pack.yaml changed\n", Right), (first.ExitCode, first.Out, File.ReadAllText(folder.Of("pack.yaml"))));
        var second = await WarmCli.RunAsync(folder.Path, "fmt", ".", "pack.yaml");
        Assert.Equal((0, ""), (second.ExitCode, second.Out));
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "fmt", "--check")).ExitCode);
    }

    [Fact]
    public async Task What_is_no_YAML_stays_as_it_is_and_says_why()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("pack.yaml"), "recon: [1\npack: x\n");
        var fmt = await WarmCli.RunAsync(folder.Path, "fmt");
        Assert.Equal(1, fmt.ExitCode);
        Assert.Contains("RC11", fmt.Error, StringComparison.Ordinal);
        Assert.Equal("recon: [1\npack: x\n", File.ReadAllText(folder.Of("pack.yaml")));
    }

    [Fact]
    public async Task All_files_of_a_workspace_and_its_packs_are_laid_out()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        foreach (var file in (string[])["rules/card-payments/pack.yaml", "rules/card-payments/pack.test.yaml", "examples/card-payments/recon.yaml"])
        {
            File.AppendAllText(folder.Of(file), "\n\n");
        }

        var fmt = await WarmCli.RunAsync(folder.Path, "fmt", "examples/card-payments");
        Assert.Equal(
            "rules/card-payments/pack.yaml changed\nrules/card-payments/pack.test.yaml changed\nexamples/card-payments/recon.yaml changed\n", fmt.Out);
    }
}
