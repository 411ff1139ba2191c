// The law of formatting (9): a pack that is written as text and bound again is the same pack.
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Recon.Model;
using Recon.Packs;
using Recon.Tests.Packs;
using Xunit;

namespace Recon.Tests.Laws;

/// <summary>Over the good packs of the cases, in which values have changed places with others of their key and lines are gone.</summary>
public sealed partial class FormatLaws
{
    static readonly string[][] Good =
        [.. PackCase.Names("good").Select(name => File.ReadAllLines(PackCase.PathOf("good", name)))];

    static readonly ILookup<string, string> ValuesOfKey = Good.SelectMany(lines => lines).SelectMany(line => Entry().Matches(line))
        .ToLookup(entry => entry.Groups["key"].Value, entry => entry.Groups["value"].Value, StringComparer.Ordinal);

    static readonly Gen<string> Changed = Gen.Select(
        Gen.Int[0, Good.Length - 1], Gen.Select(Gen.Bool, Gen.Int[0, 100_000], Gen.Int[0, 100_000]).Array[0, 3], (pack, edits) =>
            string.Join('\n', edits.Aggregate(Good[pack], (lines, edit) => Edited(lines, edit.Item1, edit.Item2, edit.Item3))));

    [Fact]
    public void A_pack_that_is_written_and_bound_again_is_the_same_pack_law_9()
    {
        var bound = 0;
        Changed.Holds(text =>
        {
            if (Load(text).Pack is { } pack)
            {
                Interlocked.Increment(ref bound);
                var again = Load(pack.Canonical);
                Assert.DoesNotContain(again.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
                Assert.Equal(pack.Canonical, again.Pack!.Canonical);
            }
        });
        Assert.True(bound > Law.Books / 4, $"only {bound} of {Law.Books} packs were good");
    }

    static PackLoad Load(string text) => PackLoader.Load(
        new PackText("pack.yaml", Encoding.UTF8.GetBytes(text)), null, PackOptions.Default with { Calendars = ["BANK-NL"] });

    static string[] Edited(string[] lines, bool drop, int which, int other)
    {
        if (lines.Length == 0 || drop)
        {
            return [.. lines.Where((_, i) => i != which % Math.Max(lines.Length, 1))];
        }

        var at = which % lines.Length;
        var entries = Entry().Matches(lines[at]);
        if (entries.Count == 0)
        {
            return lines;
        }

        var value = entries[other % entries.Count].Groups["value"];
        var values = ValuesOfKey[entries[other % entries.Count].Groups["key"].Value].ToList();
        return
        [
            .. lines[..at],
            lines[at].Remove(value.Index, value.Length).Insert(value.Index, values[other / entries.Count % values.Count]),
            .. lines[(at + 1)..],
        ];
    }

    [GeneratedRegex(@"(?<key>[a-z_]+): (?<value>(?:\[[^\[\]]*\]|\{[^{}]*\}|[^,{}\[\]]+))")]
    private static partial Regex Entry();
}
