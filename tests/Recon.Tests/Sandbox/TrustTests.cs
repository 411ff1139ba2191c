// Where the rules of a command are run.
using Recon.Cli;
using Recon.Cli.Confining;
using Recon.Sandbox;
using Xunit;

namespace Recon.Tests.Sandbox;

public sealed class TrustTests
{
    static readonly SandboxControls Able = new(FilesVersion: 4, HasCallFilter: true, HasOtherUser: false);
    static readonly SandboxControls Unable = new(FilesVersion: 0, HasCallFilter: true, HasOtherUser: false);

    [Theory]
    [InlineData("check p", false, "Here", "Here")]
    [InlineData("check p --untrusted", false, "Confined", "Nowhere")]
    [InlineData("check p", true, "Confined", "Here")]
    [InlineData("test p", true, "Confined", "Nowhere")]
    [InlineData("plan p", true, "Confined", "Nowhere")]
    [InlineData("run p", true, "Here", "Here")]
    [InlineData("run p --untrusted", false, "Confined", "Nowhere")]
    [InlineData("report latest", true, "Here", "Here")]
    public void Untrusted_rules_are_run_where_they_can_do_no_harm(string words, bool isCi, string able, string unable)
    {
        var parsed = CommandLine.Root().Parse(words.Split(' '));
        Assert.Equal(able, TrustOf.Command(parsed, Able, isCi).ToString());
        Assert.Equal(unable, TrustOf.Command(parsed, Unable, isCi).ToString());
    }

    [Fact]
    public void What_is_missing_is_named() =>
        Assert.Equal("landlock (which files a process sees)", Unable.Missing);
}
