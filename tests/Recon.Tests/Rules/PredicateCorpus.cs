// The corpus of attempts and of ordinary rules, in the words of a pack.
using System.Text.Json;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules;

/// <summary>
/// The corpus speaks of records <c>L</c> and <c>R</c> and lists <c>Ls</c> and <c>Rs</c> with fixed members. Its names are
/// translated to sources and fields of a pack before the compiler sees them.
/// </summary>
static partial class PredicateCorpus
{
    internal static readonly SourceSpec Left = Source("left", 0);
    internal static readonly SourceSpec Right = Source("right", 1);

    internal static IReadOnlyList<CorpusEntry> Attempts { get; } = Entries("escapes.yaml");

    internal static IReadOnlyList<CorpusEntry> Ordinary { get; } = Entries("benign.yaml");

    internal static bool IsOfGroup(string code) => ListName().IsMatch(code);

    internal static CompiledImage Compile(string code) => CompileText(Translate(code), IsOfGroup(code), RuleLayers.All);

    internal static CompiledImage CompileText(string text, bool isGroup, RuleLayers layers)
    {
        var place = new Place("corpus", 1, 1, 1, text.Split('\n')[0]);
        RuleShape shape = isGroup
            ? new RuleShape.OfGroup(Left, Right)
            : new RuleShape.OfPair(Left, Right);
        return RuleCompiler.CompileThrough(
            layers,
            [new RuleToCompile(new RuleRef("corpus", text, place), shape)], [Left, Right], [],
            TestContext.Current.CancellationToken);
    }

    /// <summary>How it ends over the records of the corpus; null where it answers.</summary>
    internal static Exception? Failure(CorpusEntry entry, CompiledImage compiled)
    {
        using var rules = PackProgram.Load(compiled, []);
        int[] rows = [.. Enumerable.Range(0, CorpusRecords.Count)];
        var (left, right) = (CorpusRecords.Table(Left), CorpusRecords.Table(Right));
        var rule = new RuleRef("corpus", Translate(entry.Code), new Place("corpus", 1, 1, 1, ""));
        return Record.Exception(() =>
        {
            if (IsOfGroup(entry.Code))
            {
                rules.Group(rule)(left, 0, right, rows);
            }
            else
            {
                rules.Pair(rule)(left, right, rows, rows, new bool[rows.Length]);
            }
        });
    }

    internal static string Translate(string code)
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
    static List<CorpusEntry> Entries(string file)
    {
        var entries = new List<CorpusEntry>();
        foreach (var line in CaseFiles.Read($"tests/cases/predicates/{file}").Split('\n'))
        {
            var (key, value) = line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? (line[..end], line[(end + 2)..]) : (line, "");
            switch (key)
            {
                case "- name":
                    entries.Add(new CorpusEntry(value, "", "", "benign"));
                    break;
                case "  category":
                    entries[^1] = entries[^1] with { Category = value };
                    break;
                case "  code":
                    entries[^1] = entries[^1] with { Code = JsonSerializer.Deserialize<string>(value)! };
                    break;
                case "  expected":
                    entries[^1] = entries[^1] with { Expected = value };
                    break;
            }
        }

        return entries;
    }
}

/// <param name="Expected">rejected, bounded, or benign for an ordinary rule.</param>
sealed record CorpusEntry(string Name, string Category, string Code, string Expected);
