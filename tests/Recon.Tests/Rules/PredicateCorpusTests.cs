// The corpus: attempts to escape from a rule are refused, ordinary rules are not.
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Rules;

/// <summary>
/// The corpus speaks of records <c>L</c> and <c>R</c> and lists <c>Ls</c> and <c>Rs</c> with fixed members. Its names are
/// translated to sources and fields of a pack before the compiler sees them.
/// </summary>
public sealed partial class PredicateCorpusTests
{
    static readonly SourceSpec Left = Source("left", 0);
    static readonly SourceSpec Right = Source("right", 1);

    public static TheoryData<string> Rejected =>
        [.. Entries("escapes.yaml").Where(entry => entry.Expected == "rejected").Select(entry => entry.Name)];

    public static TheoryData<string> Bounded =>
        [.. Entries("escapes.yaml").Where(entry => entry.Expected == "bounded").Select(entry => entry.Name)];

    public static TheoryData<string> Benign =>
        [.. Entries("benign.yaml").Select(entry => entry.Name).Where(name => name != "ok-5")];

    [Theory]
    [MemberData(nameof(Rejected))]
    public void An_attempt_to_escape_is_refused_before_anything_is_emitted(string name)
    {
        var compiled = Compile(Entries("escapes.yaml").Single(entry => entry.Name == name).Code);
        Assert.NotEmpty(compiled.Diagnostics);
        Assert.Null(compiled.Image);
    }

    // Digits of a text without any are missing here, and the corpus compares two of them with ==.
    [Fact]
    public void Digits_on_both_sides_are_compared_with_Same()
    {
        var code = Entries("benign.yaml").Single(entry => entry.Name == "ok-5").Code;
        Assert.Equal("RC3040", Assert.Single(Compile(code).Diagnostics).Code);
        Assert.NotNull(Compile(code.Replace(
            "Fn.Digits(L.Reference) == Fn.Digits(R.Reference)",
            "Fn.Same(Fn.Digits(L.Reference), Fn.Digits(R.Reference), nulls: false)")).Image);
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void A_dear_rule_does_not_hang_the_compiler(string name)
    {
        var clock = Stopwatch.StartNew();
        Compile(Entries("escapes.yaml").Single(entry => entry.Name == name).Code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void A_dear_rule_that_is_accepted_ends_within_its_budget(string name)
    {
        var code = Entries("escapes.yaml").Single(entry => entry.Name == name).Code;
        var compiled = Compile(code);
        if (compiled.Image is null)
        {
            return;
        }

        using var rules = PackProgram.Load(compiled, []);
        int[] rows = [.. Enumerable.Range(0, CorpusRecords.Count)];
        var (left, right) = (CorpusRecords.Table(Left), CorpusRecords.Table(Right));
        var rule = new RuleRef("corpus", Translate(code), new Place("corpus", 1, 1, 1, ""));
        var clock = Stopwatch.StartNew();
        var failed = Record.Exception(() =>
        {
            if (ListName().IsMatch(code))
            {
                rules.Group(rule)(left, 0, right, rows);
            }
            else
            {
                rules.Pair(rule)(left, right, rows, rows, new bool[rows.Length]);
            }
        });
        Assert.True(failed is null or RuleFailedException, $"{failed}");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    // A part of a rule may well be constant.
    [Fact]
    public void An_attempt_in_another_dress_is_refused_as_well()
    {
        var dresses = Entries("escapes.yaml").Where(entry => entry.Expected == "rejected" && entry.Name != "always-true")
            .SelectMany(entry => AttemptVariants.Of(Translate(entry.Code)).Select(dress => (entry.Name, entry.Code, Dress: dress))).ToList();
        Assert.InRange(dresses.Count, 2_500, int.MaxValue);
        var accepted = dresses.Where(each => CompileText(each.Dress, ListName().IsMatch(each.Code)) is not { Image: null, Diagnostics.Count: > 0 });
        Assert.Empty(accepted.Select(each => $"{each.Name}: {each.Dress}"));
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public void An_ordinary_rule_is_accepted(string name)
    {
        var code = Entries("benign.yaml").Single(entry => entry.Name == name).Code;
        var compiled = Compile(code);
        var said = string.Concat(compiled.Diagnostics.Select(RuleCase.Render));
        Assert.True(compiled.Image is not null, $"{Translate(code)}\n{said}");
    }

    static CompiledImage Compile(string code)
    {
        return CompileText(Translate(code), ListName().IsMatch(code));
    }

    static CompiledImage CompileText(string text, bool isGroup)
    {
        var place = new Place("corpus", 1, 1, 1, text.Split('\n')[0]);
        RuleShape shape = isGroup
            ? new RuleShape.OfGroup(Left, Right)
            : new RuleShape.OfPair(Left, Right);
        return RuleCompiler.Compile(
            [new RuleToCompile(new RuleRef("corpus", text, place), shape)], [Left, Right], [],
            TestContext.Current.CancellationToken);
    }

    static string Translate(string code)
    {
        var text = ListName().Replace(code, "right");
        text = Name("L").Replace(text, "left");
        text = Name("R").Replace(text, ListName().IsMatch(code) ? "left" : "right");
        text = text.Replace(".Text(\"nope\")", ".nope").Replace(".Number(\"fee\")", ".fee");
        text = Member()
            .Replace(text, match => match.Value.ToLowerInvariant().Replace("valuedate", "value_date"));
        text = Norm().Replace(text, "$1.Trim().ToUpperInvariant()");
        text = Digits().Replace(text, "Fn.Digits($1)");
        text = Within().Replace(text, "Math.Abs($1 - $2) <= $3");
        text = DaysBetween().Replace(text, "Math.Abs($2.DayNumber - $1.DayNumber)");
        return text.Replace("Fn.Round(", "Math.Round(");
    }

    static Regex Name(string letter) => new($@"\b{letter}\b(?![\\""'])");

    [GeneratedRegex(@"\b[LR]s\b")]
    private static partial Regex ListName();

    [GeneratedRegex(@"(?<=\.)(Reference|Amount|Currency|ValueDate)\b")]
    private static partial Regex Member();

    [GeneratedRegex(@"Fn\.Norm\(([\w.]+)\)")]
    private static partial Regex Norm();

    [GeneratedRegex(@"Fn\.Digits\(([\w.]+)\)")]
    private static partial Regex Digits();

    [GeneratedRegex(@"Fn\.Within\(([\w.]+), ([\w.]+), ([\w.]+)\)")]
    private static partial Regex Within();

    [GeneratedRegex(@"Fn\.DaysBetween\(([\w.]+), ([\w.]+)\)")]
    private static partial Regex DaysBetween();

    static SourceSpec Source(string name, int index) => new(
        name, index, SourceRole.External, new ReadSpec(ReadFormat.Csv, "x.csv", false, null),
        null, null, null,
        [
            Field("reference", FieldKind.Text), Field("currency", FieldKind.Text),
            Field("amount", FieldKind.Number),
            Field("value_date", FieldKind.Date), Field("fee", FieldKind.Number, optional: true),
            Field("nope", FieldKind.Text, optional: true),
        ],
        "UTC", null, null, []);

    static FieldSpec Field(string name, FieldKind kind, bool optional = false) =>
        new(name, kind, optional, name, null, null, [], null, null, null, null, null);

    // The corpus is written plainly: one key a line, code as a JSON string.
    static List<(string Name, string Code, string Expected)> Entries(string file)
    {
        var (name, code) = ("", "");
        var entries = new List<(string, string, string)>();
        foreach (var line in CaseFiles.Read($"tests/cases/predicates/{file}").Split('\n'))
        {
            if (line.StartsWith("- name: ", StringComparison.Ordinal))
            {
                name = line["- name: ".Length..];
                entries.Add((name, "", "benign"));
            }
            else if (line.StartsWith("  code: ", StringComparison.Ordinal))
            {
                code = JsonSerializer.Deserialize<string>(line["  code: ".Length..])!;
                entries[^1] = (name, code, "benign");
            }
            else if (line.StartsWith("  expected: ", StringComparison.Ordinal))
            {
                entries[^1] = (name, code, line["  expected: ".Length..]);
            }
        }

        return entries;
    }
}
