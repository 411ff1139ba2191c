// Goes down the table of the language by the keys of a path.
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Editing;

static class FormWalk
{
    /// <summary>All forms that may stand at a path; none where the language has no such path.</summary>
    public static List<Form> At(Form root, IReadOnlyList<string> path) =>
        path.Aggregate(Flat([root]), (forms, key) => Flat(forms.SelectMany(form => Step(form, key))));

    /// <summary>The mappings among what may stand here.</summary>
    public static IEnumerable<Shape> ShapesOf(Form form) => form switch
    {
        Form.Mapping mapping => [mapping.Shape],
        Form.ByKey byKey => byKey.Marked.Select(marked => marked.Shape).Prepend(byKey.Otherwise),
        Form.Either either => either.Forms.SelectMany(ShapesOf),
        _ => [],
    };

    public static IReadOnlyList<string>? WordsOf(Form form) => form is Form.Word words ? words.Words : null;

    /// <summary>A key for who hovers over it: what it is, whether it must be there, what is taken without it, an example.</summary>
    public static string Told(Member member)
    {
        var needed = member.IsNeeded ? " Needed." : member.Standard is { } standard ? $" Without it: {standard}." : "";
        var example = member.Examples.Count > 0 ? $" Example: {member.Key}: {member.Examples[0]}" : "";
        return $"{member.What}{needed}{example}";
    }

    static IEnumerable<Form> Step(Form form, string key) => form switch
    {
        Form.Sequence list => key == CursorPlace.Item ? [list.Item] : [],
        Form.Named named => key == CursorPlace.Item ? [] : [named.Value],
        _ => ShapesOf(form).SelectMany(shape =>
            shape.Find(key) is { } member ? [member.Form] : shape.Others is { } others ? (Form[])[others.Value] : []),
    };

    static List<Form> Flat(IEnumerable<Form> forms) => [.. forms.SelectMany(form => form is Form.Either either ? Flat(either.Forms) : [form])];
}
