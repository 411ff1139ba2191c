// Whatever is done to a good pack, loading it ends in a pack or in diagnostics that point into the file.
using System.Diagnostics;
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class PackFuzzTests
{
    static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ": ", ",", "-", "- ", "\n", "\n\n", " ", "    ", "|", ">", "#", " #", "&a",
        "*a", "!x", "!!str", "<<: ",
        "\"", "'", "~", "null", "%", "@", "`", "? ", "---\n", "...\n", "\t", "\r", "\0", "\uFEFF", "\u2028",
        "$", "$rounding", "0", "-1",
        "1e9", "99999999999999999999999999999999999999999", "0.02 EUR", "EUR", "sum(", ")", " ~ ", "recon",
        "when: ", "where: ",
        "derive", "id: ", "otherwise: true", "\\", "\"\\uD800\"", "é", "\U0001F600", "\u202E",
    ];

    static readonly string[] Good =
        [.. PackCase.Names("good").Select(name => File.ReadAllText(PackCase.PathOf("good", name)))];

    internal static readonly Gen<(int Kind, double From, double Length, int Token)> Edit =
        Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Double[0, 0.03], Gen.Int[0, Tokens.Length - 1]);

    internal static readonly Gen<byte[]> Mutated =
        Gen.Select(Gen.Int[0, Good.Length - 1].Select(i => Good[i]), Edit.Array[1, 4], (text, edits) =>
        Encoding.UTF8.GetBytes(edits.Aggregate(text, Apply)));

    static readonly Gen<byte[]> Corrupted =
        Gen.Select(Mutated, Gen.Double[0, 1], Gen.Byte, (bytes, at, value) =>
    {
        var corrupted = bytes.ToArray();
        if (corrupted.Length > 0)
        {
            corrupted[(int)(at * (corrupted.Length - 1))] = value;
        }

        return corrupted;
    });

    /// <summary>500 a test run; a campaign sets CsCheck_Iter.</summary>
    internal static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("CsCheck_Iter"), out var rounds)
        ? rounds
        : 500;

    [Fact]
    public void A_mutated_pack_never_throws_and_every_diagnostic_points_into_it() =>
        Gen.OneOf(Mutated, Corrupted).Sample(Holds, iter: Rounds, threads: 1);

    static bool Holds(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        var load = PackLoader.Load(new PackText("pack.yaml", bytes), null, PackOptions.Default);
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')
            .Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return load.Diagnostics.All(
            diagnostic => PointsInto(lines, diagnostic) && DiagnosticText.Render(diagnostic).Length > 0)
            && load.Pack is null == load.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)
            && load.Diagnostics.Count <= 100
            && watch.Elapsed < TimeSpan.FromMinutes(1);
    }

    static bool PointsInto(string[] lines, Diagnostic diagnostic)
    {
        var place = diagnostic.Place;
        return place.Line >= 1 && place.Line <= lines.Length
            && place.Column >= 1 && place.Column <= place.LineText.Length + 1
            && place.EndColumn >= place.Column && place.EndColumn <= place.LineText.Length + 1
            && (place.LineText.Length == 0 || diagnostic.Code == "RC1003"
                || lines[place.Line - 1] == place.LineText);
    }

    internal static string Apply(string text, (int Kind, double From, double Length, int Token) edit)
    {
        var from = (int)(edit.From * text.Length);
        var length = Math.Min((int)(edit.Length * text.Length), text.Length - from);
        return edit.Kind switch
        {
            0 => text.Insert(from, Tokens[edit.Token]),
            1 => text.Remove(from, length),
            2 => text.Insert(from, text.Substring(from, length)),
            3 => text.Remove(from, length).Insert(from, Tokens[edit.Token]),
            _ => text[..from],
        };
    }
}
