// Packs too large or too wild for a case file: each bound is named when it is met, and met fast.
using System.Diagnostics;
using System.Text;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class PackBoundsTests
{
    /// <summary>Code that must come → pack, made up.</summary>
    public static IReadOnlyDictionary<string, string> Packs { get; } = new Dictionary<string, string>
    {
        ["RC1001"] = "recon: 1\n#" + new string('x', 256 * 1024),
        ["RC1104"] = "recon: 1\ntrust:\n" + string.Concat(
            Enumerable.Range(0, 12_000).Select(i => $"  f{i}: []\n")),
        ["RC2008"] = "recon: 1\nclassify:\n" + string.Concat(
            Enumerable.Range(0, 501).Select(i => $"- {{ id: c{i} }}\n")),
        ["RC9001"] = "recon: 1\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"unknown{i}: x\n")),
    };

    public static TheoryData<string> Codes => [.. Packs.Keys];

    public static TheoryData<string> Deep => [.. Wild.Keys];

    static IReadOnlyDictionary<string, string> Wild { get; } = new Dictionary<string, string>
    {
        ["100,000 open lists"] = new string('[', 100_000),
        ["100,000 open mappings"] = string.Concat(Enumerable.Repeat("{a: ", 60_000)),
        ["100,000 dashes"] = string.Concat(Enumerable.Repeat("- ", 100_000)),
        ["100,000 lists in lines"] = string.Concat(Enumerable.Repeat("[\n", 100_000)),
        ["one line of 250 KB"] = "recon: " + new string('a', 250_000),
        ["one key of 250 KB"] = new string('a', 250_000) + ": 1",
        ["only blanks"] = new string(' ', 250_000),
        ["only line ends"] = new string('\n', 250_000),
        ["only question marks"] = string.Concat(Enumerable.Repeat("? ", 100_000)),
        ["only quotes"] = new string('"', 250_000),
        ["only tags"] = new string('!', 250_000),
        ["only anchors"] = new string('&', 250_000),
        ["only tabs"] = string.Concat(Enumerable.Repeat("\t\n", 100_000)),
        ["only bells"] = string.Concat(Enumerable.Repeat("\a\n", 100_000)),
        ["a long sum"] = "recon: 1\npasses:\n- { id: a, join: b 1:1 c, within: { x" + string.Concat(
            Enumerable.Repeat("+x", 3_000)) + " ~ y: 0 } }",
        ["nested sums"] = "recon: 1\npasses:\n- { id: a, join: b 1:1 c, within: { " + string.Concat(
            Enumerable.Repeat("sum(", 2_000)) + " ~ y: 0 } }",
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_bound_that_is_met_is_named(string code) =>
        Assert.Contains(PackCase.Load(Packs[code]).Diagnostics, diagnostic => diagnostic.Code == code);

    [Theory]
    [MemberData(nameof(Deep))]
    public void Wild_text_is_refused_and_hangs_nothing(string name)
    {
        PackCase.Load("recon: 1");
        var watch = Stopwatch.StartNew();
        var load = PackCase.Load(Wild[name]);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{name}: {watch.Elapsed}");
        Assert.Null(load.Pack);
        Assert.InRange(load.Diagnostics.Count, 1, 100);
    }

    /// <summary>Every value of a good pack in turn is a text of thousands of characters.</summary>
    [Theory]
    [InlineData('x')]
    [InlineData('!')]
    [InlineData('&')]
    public void Long_texts_are_shortened_in_what_is_said_about_them(char character)
    {
        const int widest = 1000;
        var wild = new string(character, 8000);
        var lines = File.ReadAllLines(Path.Combine(PackCase.Folder, "good", "card-payments.yaml"));
        for (var i = 0; i < lines.Length; i++)
        {
            var value = lines[i].LastIndexOf(' ') + 1;
            var load = PackCase.Load(string.Join('\n', [.. lines[..i], lines[i][..value] + wild, .. lines[(i + 1)..]]));
            Assert.All(
                load.Diagnostics.SelectMany(diagnostic => DiagnosticText.Render(diagnostic).Split('\n')),
                line => Assert.True(line.Length < widest, $"line {i + 1}: {line[..Math.Min(line.Length, widest)]}"));
        }
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        var text = File.ReadAllText(Path.Combine(PackCase.Folder, "good", "card-payments.yaml"));
        var lines = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        byte[] windows = [0xEF, 0xBB, 0xBF, .. lines];
        var (plain, marked) = (
            PackCase.Load(text),
            PackLoader.Load(new PackText("pack.yaml", windows), null, PackOptions.Default));
        Assert.Equal(plain.Pack!.Canonical, marked.Pack!.Canonical);
        Assert.Equal(plain.Rules.Select(rule => rule.Rule), marked.Rules.Select(rule => rule.Rule));
    }
}
