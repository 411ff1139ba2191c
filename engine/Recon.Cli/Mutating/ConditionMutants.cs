// Conditions in C# with one operator changed: the text of the pack with another word in one place.
using System.Text;
using Recon.Cli.Commands;
using Recon.Cli.Workspaces;
using Recon.Model.Rules;
using Recon.Runs.Mutating;

namespace Recon.Cli.Mutating;

sealed class ConditionMutants(OpenedWorkspace workspace, LoadedPack loaded, CancellationToken cancellation)
{
    static readonly (string Is, string Instead)[] Operators =
        [("==", "!="), ("!=", "=="), ("<=", "<"), (">=", ">"), ("&&", "||"), ("||", "&&"), ("<", "<="), (">", ">=")];

    /// <summary>Each is compiled when it is asked for; one that is no pack is passed over, as no test could meet it.</summary>
    /// <param name="opened">Takes what was loaded, to be given back when the mutant has been tried.</param>
    public IEnumerable<Mutant> All(Action<IDisposable> opened)
    {
        var pack = PackFiles.Read(Path.Combine(loaded.Directory, "pack.yaml"));
        var lines = Encoding.UTF8.GetString(pack.Bytes.Span).Split('\n');
        var options = CommonOptions.PackOptionsOf(workspace.Environment, [], workspace.Calendars.Keys) with { Connections = workspace.ConnectionNames };
        // Those of files that packs share are not the pack's own; one that was copied is one text.
        foreach (var rule in Conditions(loaded.Pack!).Where(rule => rule.Place.File == pack.Name).DistinctBy(rule => rule.Place))
        {
            foreach (var (line, column, change) in Changes(rule, lines))
            {
                var changed = string.Concat(lines[line].AsSpan(0, column), change.Instead, lines[line].AsSpan(column + change.Is.Length));
                var text = string.Join('\n', lines.Select((each, i) => i == line ? changed : each));
                var mutant = LoadedPack.From(loaded.Directory, pack with { Bytes = Encoding.UTF8.GetBytes(text) }, tests: null, options, cancellation);
                opened(mutant);
                if (!mutant.HasErrors)
                {
                    var place = rule.Place with { Line = line + 1, Column = column + 1, EndColumn = column + 1 + change.Is.Length, LineText = lines[line] };
                    yield return new Mutant(place, $"{rule.Path}: {change.Instead} instead of {change.Is}", mutant.Pack!, mutant.Rules!);
                }
            }
        }
    }

    static IEnumerable<RuleRef> Conditions(Pack pack) =>
        pack.Sources.Select(source => source.Where).Concat(pack.Passes.Select(pass => pass.When))
            .Concat(pack.Classes.Select(rule => rule.When)).OfType<RuleRef>();

    // Where the operator stands in the file: line and column from 0.
    static IEnumerable<(int Line, int Column, (string Is, string Instead) Change)> Changes(RuleRef rule, string[] lines)
    {
        foreach (var (number, text) in rule.Text.Split('\n').Index())
        {
            var line = rule.Place.Line - 1 + number;
            var start = line < lines.Length ? lines[line].IndexOf(text.TrimEnd('\r'), StringComparison.Ordinal) : -1;
            for (var at = 0; start >= 0 && at < text.Length;)
            {
                if (text[at] is '"' or '\'')
                {
                    at = EndOfLiteral(text, at);
                }
                else if (Array.Find(Operators, each => string.CompareOrdinal(text, at, each.Is, 0, each.Is.Length) == 0) is { Is: { } found } change
                    && text.AsSpan(at, Math.Min(2, text.Length - at)) is not "=>")
                {
                    yield return (line, start + at, change);
                    at += found.Length;
                }
                else
                {
                    at++;
                }
            }
        }
    }

    static int EndOfLiteral(string text, int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == text[start])
            {
                return at + 1;
            }
        }

        return text.Length;
    }
}
