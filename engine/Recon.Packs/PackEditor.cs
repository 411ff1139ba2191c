// The front door for editors: what may be written at a place of a pack, what a word there means, where it is declared.
using Recon.Model.Rules;
using Recon.Packs.Binding;
using Recon.Packs.Compiling;
using Recon.Packs.Editing;
using Recon.Packs.Vocabulary;

namespace Recon.Packs;

/// <summary>What kind of thing a proposal is.</summary>
public enum ProposalKind
{
    Key,
    Word,
    Source,
    Field,
    Rule,
    Parameter,
    Function,
}

/// <summary>A word that may be written.</summary>
/// <param name="What">One sentence, for who has to choose.</param>
public sealed record Proposal(string Text, ProposalKind Kind, string What);

/// <summary>Which of the three files is edited.</summary>
public enum EditedFile
{
    Pack,
    Tests,
    Workspace,
}

/// <summary>
/// One file as it stands in an editor, mostly unfinished: where the cursor is, is told by its lines; the names that exist by the last state that could be
/// read. Lines and columns count from 0, as in the Language Server Protocol.
/// </summary>
/// <param name="last">Of the newest text that could be read; null where none could.</param>
public sealed class PackEditor(string text, EditedFile file, PackLoad? last)
{
    static readonly string[] InCode = ["Params", "Fn", "Math", "Money", "DateOnly", "StringComparison"];

    readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');

    Form Root => Forms.Map(file switch
    {
        EditedFile.Pack => PackShapes.Pack,
        EditedFile.Tests => PackShapes.TestFile,
        _ => WorkspaceShapes.Workspace,
    });

    /// <summary>What may stand at the cursor and begins with what was typed, each once.</summary>
    public IReadOnlyList<Proposal> ProposalsAt(int line, int column)
    {
        var cursor = CursorPlace.Of(_lines, line, column);
        var forms = FormWalk.At(Root, cursor.Path);
        var proposals = forms.Exists(form => form is Form.Code) && (cursor.IsValue || cursor.IsInBlock) ? Code(cursor.Receiver)
            : cursor.IsValue ? forms.SelectMany(form => Values(form, cursor.Path)).Concat(ParametersOf("$"))
            : forms.SelectMany(form => Keys(form, cursor.Path));
        return
        [
            .. proposals.Where(proposal => proposal.Text.StartsWith(cursor.Typed, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(proposal => proposal.Text),
        ];
    }

    /// <summary>What the word at a place means; null where nobody knows.</summary>
    public string? MeaningAt(int line, int column)
    {
        if (WordAt(line, column) is not { Text: { Length: > 0 } word } at)
        {
            return null;
        }

        var cursor = CursorPlace.Of(_lines, line, at.Start);
        var member = FormWalk.At(Root, cursor.Path).SelectMany(FormWalk.ShapesOf).Select(shape => shape.Find(word)).FirstOrDefault(found => found is not null);
        if (member is not null && !cursor.IsInBlock && !cursor.IsValue)
        {
            return FormWalk.Told(member);
        }

        var source = Sources.FirstOrDefault(known => known.Name == word);
        return ParametersOf("").FirstOrDefault(parameter => parameter.Text == word.TrimStart('$'))?.What
            ?? (source is null ? null : $"source {word}: {FieldsIn(source)}")
            ?? (FieldsNamed(word) is { Count: > 0 } fields ? string.Join("\n", fields) : null)
            ?? Rules(word).FirstOrDefault()?.What;
    }

    /// <summary>Where a word is declared in this file; null where it is not.</summary>
    public (int Line, int Column, int Length)? DeclarationOf(string word) => Declarations.Find(_lines, word.TrimStart('$'));

    /// <summary>True for the id of a pass or class that this file declares.</summary>
    public bool IsRule(string word) => Rules(word).Any();

    /// <summary>Every place of this file where the word stands by itself, comments aside.</summary>
    public IReadOnlyList<(int Line, int Column, int Length)> Occurrences(string word) => Declarations.Occurrences(_lines, word);

    /// <summary>The word at a place, and where it begins.</summary>
    public (string Text, int Start)? WordAt(int line, int column) => Declarations.WordAt(_lines, line, column);

    IReadOnlyList<SourceSpec> Sources => last?.Sources ?? [];

    static IEnumerable<Proposal> Keys(Form form, IReadOnlyList<string> path) => FormWalk.ShapesOf(form)
        .SelectMany(shape => shape.Members).Select(member => new Proposal(member.Key, ProposalKind.Key, FormWalk.Told(member)))
        .Concat(path is [.., CursorPlace.Item] && FormWalk.WordsOf(form) is { } words ? words.Select(word => new Proposal(word, ProposalKind.Word, "")) : []);

    IEnumerable<Proposal> Values(Form form, IReadOnlyList<string> path) => form switch
    {
        Form.Word words => words.Words.Select(word => new Proposal(word, ProposalKind.Word, "")),
        Form.Name { Of: NameOf.Source } => Sources.Select(source => new Proposal(source.Name, ProposalKind.Source, FieldsIn(source))),
        Form.Name { Of: NameOf.Field } => FieldsFor(path),
        Form.Name { Of: NameOf.Pass } => Declarations.RulesOf(_lines, "passes").Select(id => new Proposal(id, ProposalKind.Rule, "a pass")),
        Form.Name { Of: NameOf.Class } => Declarations.RulesOf(_lines, "classify").Select(id => new Proposal(id, ProposalKind.Rule, "a class")),
        Form.Either either => either.Forms.SelectMany(each => Values(each, path)),
        Form.Text { Offered: { } offered } => offered.Select(word => new Proposal(word, ProposalKind.Word, "")),
        _ => [],
    };

    // Within a source its own fields; elsewhere those of all, with their source where more than one has the name.
    IEnumerable<Proposal> FieldsFor(IReadOnlyList<string> path)
    {
        var own = path is ["sources", var name, ..] ? Sources.Where(source => source.Name == name) : Sources;
        return own.SelectMany(source => source.Fields.Select(field => new Proposal(field.Name, ProposalKind.Field, Told(source, field))))
            .Concat(own.SelectMany(source => source.Fields.Select(field =>
                new Proposal($"{source.Name}.{field.Name}", ProposalKind.Field, Told(source, field)))));
    }

    IEnumerable<Proposal> Code(string? receiver) => receiver switch
    {
        null => Sources.Select(source => new Proposal(source.Name, ProposalKind.Source, FieldsIn(source)))
            .Concat(InCode.Select(name => new Proposal(name, ProposalKind.Function, ""))),
        "Params" => ParametersOf(""),
        _ when Sources.FirstOrDefault(source => source.Name == receiver) is { } source => source.Fields
            .Select(field => new Proposal(field.Name, ProposalKind.Field, Told(source, field)))
            .Append(new Proposal("Id", ProposalKind.Field, "the id of the record")),
        _ => AllowedSurface.MembersNamed(ProgramText.Aliases.GetValueOrDefault(receiver))
            .Select(name => new Proposal(name, ProposalKind.Function, $"{receiver}.{name}"))
            .Concat(FieldsNamed(receiver) is { Count: > 0 } ? AllowedSurface.MembersNamed(TypeOf(receiver))
                .Select(name => new Proposal(name, ProposalKind.Function, "")) : []),
    };

    string? TypeOf(string field) => Sources.SelectMany(source => source.Fields).FirstOrDefault(spec => spec.Name == field) is { } found
        ? found.Kind switch
        {
            Model.Columns.FieldKind.Text => "System.String",
            Model.Columns.FieldKind.Money => "Recon.Model.Money",
            Model.Columns.FieldKind.Number => "System.Decimal",
            Model.Columns.FieldKind.Date => "System.DateOnly",
            _ => "Recon.Model.Instant",
        }
        : null;

    IEnumerable<Proposal> ParametersOf(string sign) => (last?.Parameters ?? [])
        .Select(parameter => new Proposal($"{sign}{parameter.Name}", ProposalKind.Parameter, $"parameter {parameter.Name} = {parameter.Value}"));

    IEnumerable<Proposal> Rules(string id) => Declarations.RulesOf(_lines, "passes").Where(known => known == id)
        .Select(known => new Proposal(known, ProposalKind.Rule, $"the pass {known}"))
        .Concat(Declarations.RulesOf(_lines, "classify").Where(known => known == id)
            .Select(known => new Proposal(known, ProposalKind.Rule, $"the class {known}")));

    List<string> FieldsNamed(string name) =>
    [
        .. Sources.SelectMany(source => source.Fields.Where(field => field.Name == name).Select(field => $"{source.Name}.{name}: {Told(source, field)}")),
    ];

    static string FieldsIn(SourceSpec source) => string.Join(", ", source.Fields.Select(field => field.Name));

    static string Told(SourceSpec source, FieldSpec field) =>
        $"{(field.Optional ? "optional " : "")}{FieldBinder.Name(field.Kind)}, "
        + $"{(field.Derived is null ? $"column '{field.Column}'" : "derived")} of {source.Name}";
}
