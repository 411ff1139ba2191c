// The text of a proposed pack.
using System.Globalization;
using System.Text;

namespace Recon.Cli.Proposing;

/// <param name="Notes">Pass → what it matched, for the line above it; empty while it is measured.</param>
sealed record PackDraft(
    string Id, ProposedSource Left, ProposedSource Right, Pairing Pairing, IReadOnlyList<ProposedPass> Passes, IReadOnlyDictionary<string, string> Notes)
{
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Proposed by recon new from {Left.Profile.File} and {Right.Profile.File}. Read it through, and change what you know better.
            recon: 1
            pack: {"{"} id: {Id}, version: 0.1.0 {"}"}

            sources:

            """);
        Write(text, Left, derived: []);
        Write(text, Right, Derived());
        text.Append("passes:\n");
        foreach (var pass in Passes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  # {pass.Why}\n");
            if (Notes.TryGetValue(pass.Id, out var note))
            {
                text.Append(CultureInfo.InvariantCulture, $"  # here: {note}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  - id: {pass.Id}\n");
            text.AppendJoin("", pass.Lines.Select(line => $"    {line}\n"));
        }

        WriteJudging(text);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Where its inputs are and which date it is run for.</summary>
    public static string Workspace(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"""
        # The workspace: which packs are run, on which files, for which date.
        recon: 1
        packs: [.]
        inputs: in
        date: {date:yyyy-MM-dd}

        """).ReplaceLineEndings("\n");

    IEnumerable<string> Derived()
    {
        if (Pairing.References is { Pattern: { } pattern } facing)
        {
            yield return $"{ProposedPass.ReferenceName(facing)}: |";
            yield return $"  Fn.Extract({Right.Name}.{facing.Right.Name}, {ProposedSource.Quoted(pattern)})";
        }

        if (Pairing is { IsTurned: true, Amounts: { } amounts })
        {
            yield return $"{ProposedPass.ComparedName(Pairing)}:  # their plus is our minus";
            yield return "  type: optional money";
            yield return $"  value: -{Right.Name}.{amounts.Right.Name}";
        }
    }

    void Write(StringBuilder text, ProposedSource source, IEnumerable<string> derived)
    {
        var layout = source.Profile.Layout;
        string?[] read =
        [
            $"csv: {ProposedSource.Quoted(InputFileName.PatternOf(source.Profile.File, Left.Profile.File))}",
            layout.Separator == ',' ? null : $"separator: {(layout.Separator == '\t' ? "tab" : ProposedSource.Quoted(layout.Separator.ToString()))}",
            layout.Encoding == "utf-8" ? null : $"encoding: {layout.Encoding}",
            source.Profile.Numbers.Point == '.' ? null : $"decimal: {ProposedSource.Quoted(source.Profile.Numbers.Point.ToString())}",
            source.Profile.Numbers.Grouping is { } grouping ? $"grouping: {ProposedSource.Quoted(grouping.ToString())}" : null,
            layout.HasHeader ? null : "header: false",
        ];
        text.Append(CultureInfo.InvariantCulture, $"  {source.Name}:\n    role: {source.Role}\n");
        text.Append(CultureInfo.InvariantCulture, $"    read: {{ {string.Join(", ", read.OfType<string>())} }}\n");
        text.Append(CultureInfo.InvariantCulture, $"    id: {source.Id ?? "auto"}\n");
        if (source.Amounts.Count() > 1)
        {
            var value = Pairing.Amounts is { } pair ? source == Left ? pair.Left : pair.Right : source.Amounts.First();
            text.Append(CultureInfo.InvariantCulture, $"    value: {value.Name}\n");
        }

        text.Append("    fields:\n");
        text.AppendJoin("", source.Fields.Select(field => $"      {field.Name}: {{ {Spec(source, field)} }}\n"));
        string[] lines = [.. derived];
        if (lines.Length > 0)
        {
            text.Append("    derive:\n").AppendJoin("", lines.Select(line => $"      {line}\n"));
        }

        text.Append('\n');
    }

    string Spec(ProposedSource source, ProposedField field)
    {
        var kind = field.Column.HasEmpty ? $"optional {field.Kind}" : field.Kind;
        var column = !source.Profile.Layout.HasHeader ? string.Create(CultureInfo.InvariantCulture, $", position: {field.Column.Position}")
            : field.Column.Name == field.Name ? "" : $", column: {ProposedSource.Quoted(field.Column.Name)}";
        var isReference = Pairing.References is { } facing && (field == facing.Left || (field == facing.Right && facing.Pattern is null));
        return $"type: {kind}{column}{field.More}{(isReference && field.Name != source.Id ? ", clean: [trim, upper]" : "")}";
    }

    void WriteJudging(StringBuilder text)
    {
        List<(string Id, string Rule)> classes =
        [
            .. Passes.Where(pass => pass.MayDiffer).Select(pass => ("small-difference", $"status: settled, on: {{ match: {pass.Id} }}")),
            ($"missing-in-{Word(Right)}", $"status: suspicious, on: {{ open: {Left.Name}, toward: {Right.Name} }}"),
            ($"missing-in-{Word(Left)}", $"status: suspicious, on: {{ open: {Right.Name}, toward: {Left.Name} }}"),
            ("unexplained", "status: suspicious, otherwise: true"),
        ];
        text.Append("\nclassify:\n").AppendJoin("", classes.Select(rule => $"  - {{ id: {rule.Id}, {rule.Rule} }}\n"));
        text.Append("\n# Until you trust a rule, people settle what is left.\nresolve:\n");
        text.AppendJoin("", classes.Select(rule => $"  - {{ for: {rule.Id}, tier: manual }}\n"));
    }

    static string Word(ProposedSource source) => source.Name.Replace('_', '-');
}
