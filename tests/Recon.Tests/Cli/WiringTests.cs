// The files by which a repository wires reviews name commands and options that there are.
using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Recon.Tests.Cli;

public sealed partial class WiringTests
{
    static readonly string Wiring = RepositoryRoot.Of("examples", "pull-request", "wiring");

    public static TheoryData<string> Files =>
        new(Directory.EnumerateFiles(Wiring, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Wiring, file))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Commands_and_options_are_known(string file)
    {
        var text = File.ReadAllText(Path.Combine(Wiring, file));
        foreach (var command in Command().Matches(text).Select(match => match.Value))
        {
            var words = command.Split(' ');
            string[] verb = words[1] is "snapshot" ? words[1..3] : words[1..2];
            var help = await WarmCli.RunAsync(RepositoryRoot.Of(), [.. verb, "--help"]);
            Assert.True(help.ExitCode == 0, $"{command}: {help.Everything}");
            Assert.All(words.Where(word => word.StartsWith('-')), option => Assert.Contains(option, help.Out, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Shells_and_parsers_can_read_them(string file)
    {
        var path = Path.Combine(Wiring, file);
        if (!file.EndsWith(".yml", StringComparison.Ordinal))
        {
            Assert.Equal("", ErrorsOf(path));
            return;
        }

        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(path)));
        Assert.NotEmpty(yaml.Documents);
    }

    static string ErrorsOf(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-n", script]) { RedirectStandardError = true })!;
        return shell.StandardError.ReadToEnd();
    }

    [GeneratedRegex("(?<=run: |script: |^ +)recon [a-z].*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
