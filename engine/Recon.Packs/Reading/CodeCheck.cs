// The raw check of C# inside YAML: only forms that arrive letter by letter are let through.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Recon.Packs.Reading;

static class CodeCheck
{
    /// <summary>The code with the exact place of its first character, or a lost node where YAML would change it.</summary>
    public static Node Check(PackFile file, Scalar scalar, bool inFlow, CodePosition position, Report report)
    {
        var line = (int)scalar.Start.Line;
        var whole = file.At(line, (int)scalar.Start.Column, int.MaxValue);
        if (file.HasLostCode(line))
        {
            return new LostNode(whole);
        }

        var refusal = Refusal(file, scalar, inFlow);
        if (refusal == Findings.CodeMissing)
        {
            var place = position.KeyPlace ?? whole;
            report.Add(refusal, place, "write one C# expression, or delete the key", position.LastKey);
            return new LostNode(place);
        }

        if (refusal is not null)
        {
            report.Offer(
                refusal, whole, BlockHint(position, scalar.Style == ScalarStyle.Plain ? null : scalar.Value),
                refusal == Findings.CodeQuoted ? OfferedEdits.Block(position.KeyPlace, whole, scalar.Value)
                    : refusal == Findings.CodeFolded && whole.LineText[whole.Column - 1] == '>'
                        ? new Edit(whole with { EndColumn = whole.Column + 1 }, "|")
                        : null);
            return new LostNode(whole);
        }

        return scalar.Style == ScalarStyle.Literal
            ? Block(file, scalar)
            : new ScalarNode(
                scalar.Value, ScalarForm.Plain,
                file.At(line, (int)scalar.Start.Column, (int)scalar.End.Column));
    }

    /// <summary>What to write instead: a block with the code as the author wrote it.</summary>
    public static string BlockHint(CodePosition position, string? code)
    {
        if (position.IsDerive)
        {
            return "write each field on a line of its own below 'derive:'";
        }

        var text = code?.ReplaceLineEndings(" ").Trim();
        return text is null or { Length: 0 or > 60 } || text.Contains("//", StringComparison.Ordinal)
            ? $"write '{position.LastKey}: |' and the C# on lines of its own below, indented"
            : $"write '{position.LastKey}: |' and below it, indented: {text}";
    }

    static Finding? Refusal(PackFile file, Scalar scalar, bool inFlow) => scalar.Style switch
    {
        _ when string.IsNullOrWhiteSpace(scalar.Value) => Findings.CodeMissing,
        ScalarStyle.Folded => Findings.CodeFolded,
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => Findings.CodeQuoted,
        ScalarStyle.Literal => null,
        _ when inFlow => Findings.CodeInFlow,
        _ when scalar.Start.Line != scalar.End.Line => Findings.CodeOverLines,
        _ when IsCut(file, scalar) => Findings.CodeCut,
        _ => null,
    };

    /// <summary>True where a comment follows on the line: YAML cannot tell it from a '#' inside the code.</summary>
    static bool IsCut(PackFile file, Scalar scalar)
    {
        var line = file.Line((int)scalar.End.Line);
        var end = Math.Min((int)scalar.End.Column - 1, line.Length);
        return line.AsSpan(end).TrimStart() is ['#', ..];
    }

    /// <summary>
    /// Line i of the text stands on line <c>Place.Line</c> + i of the file, from column <c>Place.Column</c> on.
    /// </summary>
    static ScalarNode Block(PackFile file, Scalar scalar)
    {
        var lines = scalar.Value.Split('\n');
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var fileLine = (int)scalar.Start.Line + 1 + first;
        var column = Blanks(file.Line(fileLine)) - Blanks(lines[first]) + 1;
        var code = string.Join('\n', lines[first..]).TrimEnd();
        return new ScalarNode(code, ScalarForm.Literal, file.At(fileLine, column, int.MaxValue));
    }

    static int Blanks(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
