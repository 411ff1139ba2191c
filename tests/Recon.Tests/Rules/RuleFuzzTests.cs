// Rules that no author would write: diagnostics or an image, never an exception.
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class RuleFuzzTests
{
    const int RulesPerPack = 40;

    static readonly RuleCase Ground = new(CaseFiles.Read("tests/cases/rules/pairs.case"));

    static readonly string[] Texts =
    [
        .. CaseFiles.In("rules").Concat(CaseFiles.In("rules/bad"))
            .SelectMany(path => new RuleCase(CaseFiles.Read(path)).Rules)
            .Select(rule => rule.Rule.Text).Where(text => text.Length < 500),
    ];

    static readonly string[] Pieces =
    [
        "ledger", "provider", ".", "?.", ".amount", ".gross", ".order_ref", ".kind", ".Value",
        "Params.rounding", "(", ")", "[", "]", "{", "}",
        "==", "!=", "<", ">=", "&&", "||", "!", "-", "+", "*", "/", "%", "?", ":", "??", "=>", "x", "x => x",
        ";", "return ", "var y = ",
        "if (", "else ", "switch {", "_ => true", ",", "is ", "not ", "null", "and ", "or ", "1", "1.5m", "0",
        "\"a\"", "$\"{", "'c'", "true",
        "false", "Fn.After(", "Fn.Same(", "nulls: true", "Money.Of(", "new[] {", "(decimal)", "(int?)",
        "decimal", "string", "Math.Round(", "\n",
        "// x\n", "/*", "@", "#", "TimeSpan", "DayOfWeek.Monday", ".Where(", ".Select(", "default", "await ",
        "ref ", "out ", "<int>", "..", "^1",
    ];

    static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    static readonly Gen<string> Edit =
        from text in Gen.Int[0, Texts.Length - 1].Select(i => Texts[i])
        from edits in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 10_000], Gen.Int[0, 12], Piece).Array[1, 5]
        select edits.Aggregate(text, (now, edit) => Edited(now, edit.Item1, edit.Item2, edit.Item3, edit.Item4));

    [Fact]
    public void No_text_makes_the_compiler_throw() => Edit.Array[RulesPerPack].Sample(
        texts =>
        {
            var compiled = RuleCompiler.Compile(
                [.. texts.Select(Rule)], Ground.Sources, Ground.Parameters, TestContext.Current.CancellationToken);
            Assert.Equal(compiled.Image is null, compiled.Diagnostics.Count > 0);
            foreach (var place in compiled.Diagnostics.Select(diagnostic => diagnostic.Place))
            {
                Assert.InRange(place.Column, 1, place.EndColumn);
            }
        },
        iter: 10);

    static RuleToCompile Rule(string text, int index)
    {
        var place = new Place("pack.yaml", index + 1, 1, 1, text);
        return new RuleToCompile(
            new RuleRef($"fuzz{index}", text, place), Ground.Rules[index % Ground.Rules.Count].Shape);
    }

    static string Edited(string text, int kind, int at, int length, string piece)
    {
        var start = text.Length == 0 ? 0 : at % text.Length;
        var end = Math.Min(start + length, text.Length);
        return kind switch
        {
            0 => text[..start] + text[end..],
            1 => text[..start] + piece + text[start..],
            _ => text[..end] + text[start..],
        };
    }
}
