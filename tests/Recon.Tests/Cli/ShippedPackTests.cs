// Every pack that ships is free of findings and its own tests pass.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class ShippedPackTests
{
    public static TheoryData<string> Packs =>
        new(Directory.EnumerateFiles(RepositoryRoot.Of("rules"), "pack.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task A_shipped_pack_is_checked_and_tested(string name)
    {
        using var folder = new TemporaryFolder();
        var pack = folder.Copy(RepositoryRoot.Of("rules", name), name);
        var check = await WarmCli.RunAsync(folder.Path, "check", pack, "--fail-on", "warning");
        Assert.True(check.ExitCode == 0, check.Everything);
        var test = await WarmCli.RunAsync(folder.Path, "test", pack, "--require-tests");
        Assert.True(test.ExitCode == 0, test.Everything);
    }
}
