// Rules that are like another: what it says, with the keys beside `like` in place of its own.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Reading;

/// <summary>The lists of a pack in which an entry may copy one that stands before it.</summary>
static class CopiedRules
{
    public const string Like = "like";

    // Each list, the key by which its entries are named, and what an entry is called.
    static readonly (string Section, string Name, string What)[] Lists =
        [("passes", "id", "pass"), ("classify", "id", "class"), ("resolve", "for", "resolution")];

    /// <summary>
    /// The pack with every copy written out. A copy takes all keys but the name; a key beside <c>like</c> replaces the copied one whole. Only what
    /// stands before can be copied, so that no two entries copy each other.
    /// </summary>
    public static MapNode WrittenOut(MapNode root, Report report) => new([.. root.Entries.Select(entry => WrittenOut(entry, report))], root.Place);

    static Entry WrittenOut(Entry section, Report report)
    {
        var (_, name, what) = Array.Find(Lists, list => list.Section == section.Key.Text);
        if (name is null || section.Value is not ListNode list || !list.Items.OfType<MapNode>().Any(item => item.Find(Like) is not null))
        {
            return section;
        }

        var before = new Dictionary<string, MapNode>(StringComparer.Ordinal);
        var items = new List<Node>();
        foreach (var item in list.Items)
        {
            var full = item is MapNode map && map.Find(Like) is { } like ? Copy(map, like, name, what, before, report) : item;
            items.Add(full);
            if (full is MapNode { } known && known.Find(name)?.Value is ScalarNode { Text: var id })
            {
                before.TryAdd(id, known);
            }
        }

        return section with { Value = new ListNode(items, list.Place) };
    }

    static Node Copy(MapNode map, Entry like, string name, string what, Dictionary<string, MapNode> before, Report report)
    {
        if (like.Value is not ScalarNode { IsNull: false } wanted)
        {
            report.Add(Findings.WrongShape, like.Value is LostNode ? like.Key.Place : like.Value.Place, null, $"the name of a {what}");
            return new LostNode(map.Place);
        }

        if (!before.TryGetValue(wanted.Text, out var original))
        {
            report.Add(Findings.NothingToCopy, wanted.Place, NearestName.Hint(wanted.Text, before.Keys), what, wanted.Text);
            return new LostNode(map.Place);
        }

        var own = map.Entries.Where(entry => entry != like).ToList();
        var copied = original.Entries.Where(entry => entry.Key.Text != name && map.Find(entry.Key.Text) is null);
        return new MapNode([.. own, .. copied], map.Place);
    }
}
