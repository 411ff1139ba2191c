// Binds the steps of `clean`.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

static class CleaningSteps
{
    public static readonly (string Word, CleaningKind Kind)[] Bare =
    [
        ("trim", CleaningKind.Trim), ("upper", CleaningKind.Upper), ("lower", CleaningKind.Lower),
        ("digits", CleaningKind.Digits), ("alphanumeric", CleaningKind.Alphanumeric),
        ("collapse_spaces", CleaningKind.CollapseSpaces), ("no_leading_zeros", CleaningKind.NoLeadingZeros),
    ];

    static readonly (string Word, CleaningKind Kind)[] WithText =
        [("drop_prefix", CleaningKind.DropPrefix), ("remove", CleaningKind.Remove)];

    public static string Name(CleaningKind kind) =>
        Bare.Concat(WithText).First(pair => pair.Kind == kind).Word;

    /// <summary><c>trim</c>, or <c>{ drop_prefix: "INV-" }</c>.</summary>
    public static CleaningStep? Bind(Node node, Place owner, PackScope scope)
    {
        if (node is ScalarNode word)
        {
            return Words.Choose(word, Bare, scope.Report, out var kind) ? new CleaningStep(kind) : null;
        }

        var known = WithText.Select(pair => pair.Word).ToArray();
        var wrapped = new Keys(new MapNode([], node.Place), owner, "a cleaning step", scope.Report);
        if (wrapped.Shape<MapNode>(node, "a cleaning step") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, map.Place, SourceShapes.CleaningStep, scope.Report);
        var chosen = WithText.Where(pair => keys.Has(pair.Word)).ToList();
        if (chosen.Count != 1)
        {
            scope.Report.Add(
                Diagnosing.Findings.OneOf, map.Place, null, "a cleaning step", string.Join(", ", known));
            return null;
        }

        return scope.Text(keys.Scalar(chosen[0].Word)) is { } text
            ? new CleaningStep(chosen[0].Kind, text)
            : null;
    }
}
