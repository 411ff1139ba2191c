// Binds `expect` of a test.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ExpectationBinder(PackScope scope, IReadOnlyList<BoundClass> classes)
{
    public static readonly (string, string)[] States = Same("queued", "proposed", "escalated");

    public static readonly (string, bool)[] Again = [("nothing", true)];

    public static Expectation Nothing { get; } = new(
        null, null, null, null, null, AgainNothing: false, Exactly: null);

    public Expectation Bind(MapNode map, Place owner)
    {
        var keys = new Keys(map, owner, TestShapes.Expect, scope.Report);
        return new Expectation(
            Section(keys, "matched", TestShapes.Matched), Section(keys, "breaks", TestShapes.Breaks), Section(keys, "posts", TestShapes.Posts),
            Section(keys, "rejects", TestShapes.Rejects), Section(keys, "duplicates", TestShapes.Duplicates),
            Words.Choose(keys, "again", Again, false, scope.Report),
            Words.Choose(keys, "exactly", Words.TrueFalse, false, scope.Report) ? keys.PlaceOf("exactly") : null);
    }

    static (string, string)[] Same(params string[] words) => [.. words.Select(word => (word, word))];

    List<ExpectedItem>? Section(Keys keys, string section, Shape shape)
    {
        if (keys.List(section) is not { } list)
        {
            return null;
        }

        var items = new List<ExpectedItem>();
        foreach (var node in list.Items)
        {
            if (keys.Shape<MapNode>(node, $"{{ {string.Join(": …, ", shape.Keys)}: … }}") is { } map)
            {
                items.Add(Item(map, shape));
            }
        }

        return items;
    }

    ExpectedItem Item(MapNode map, Shape shape)
    {
        var keys = new Keys(map, map.Place, shape, scope.Report);
        var found = new List<KeyValuePair<string, string>>();
        foreach (var member in shape.Keys.Where(member => member != "records"))
        {
            if (keys.Scalar(member) is { } node && Member(member, node) is { } value)
            {
                found.Add(new KeyValuePair<string, string>(member, value));
            }
        }

        var records = keys.Has("records") ? Records(keys) : null;
        return new ExpectedItem(found, records, map.Place);
    }

    static List<string> Records(Keys keys)
    {
        var ids = keys.OneOrMore("records").Select(node => keys.Shape<ScalarNode>(node, "an id")?.Text);
        return [.. ids.OfType<string>()];
    }

    string? Member(string member, ScalarNode node)
    {
        switch (member)
        {
            case "class" or "rule":
                CheckClass(node);
                return node.Text;
            case "pass":
                _ = (BuiltInPasses.IsOwnPostings(node.Text) && scope.Sources.Exists(source => source.Spec.PostingKey is not null)) || scope.KnowsPass(node);
                return node.Text;
            case "to" or "source":
                return scope.Source(node.Text, node.Place)?.Name;
            case "amount":
                return scope.Value(node, FieldKind.Money);
            case "status":
                return Words.Choose(node, ClassBinder.Statuses, scope.Report, out _) ? node.Text : null;
            case "tier":
                return Words.Choose(node, ResolutionBinder.Tiers, scope.Report, out _) ? node.Text : null;
            case "state":
                return Words.Choose(node, States, scope.Report, out var state) ? state : null;
            default:
                return node.Text;
        }
    }

    void CheckClass(ScalarNode node)
    {
        var known = classes.Select(rule => rule.Spec.Id)
            .Concat(BuiltInClasses.All.Order(StringComparer.Ordinal)).ToList();
        if (classes.Count > 0 && !known.Contains(node.Text))
        {
            scope.Report.Add(
                Findings.UnknownClass, node.Place, NearestName.Hint(node.Text, known), node.Text);
        }
    }
}
