// What a pack takes from files that several packs share: sections of YAML, and functions in C#.
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Reading;

/// <summary>A pack with the sections of its fragments in it, and the files of its helpers.</summary>
sealed record UsedFiles(MapNode Root, IReadOnlyList<PackFile> Helpers)
{
    const string Use = "use";
    const string HelperEnd = ".cs";

    // They say which pack it is: a fragment is part of many.
    static readonly string[] OfThePack = ["recon", "pack", Use];

    /// <summary>
    /// A section that only one file has is taken from there. Mappings of names (params, sources, trust) are put together, and a name in two files
    /// is reported; lists are put one behind the other, fragments in the order of <c>use</c> first, the pack's own last.
    /// </summary>
    public static UsedFiles Merge(MapNode root, PackText pack, Report report)
    {
        if (root.Find(Use) is not { } use)
        {
            return new UsedFiles(root, []);
        }

        var helpers = new List<PackFile>();
        var fragments = new List<MapNode>();
        foreach (var name in Names(use, report))
        {
            if (!pack.Used.TryGetValue(name.Text, out var text))
            {
                report.Add(Findings.NoUsedFile, name.Place, "a .yaml or .cs file in the folder of the pack, below it, or in a folder beside it", name.Text);
            }
            else if (PackFileReader.Read(text, report) is { } file)
            {
                Take(file, report, fragments, helpers);
            }
        }

        var own = new MapNode([.. root.Entries.Where(entry => entry != use)], root.Place);
        return new UsedFiles(new MapNode(Merged([.. fragments, own], report), root.Place), helpers);
    }

    static IEnumerable<ScalarNode> Names(Entry use, Report report)
    {
        IReadOnlyList<Node> items = use.Value is ListNode list ? list.Items : [use.Value];
        foreach (var item in items)
        {
            if (item is ScalarNode { IsNull: false } name)
            {
                yield return name;
            }
            else if (item is not LostNode)
            {
                report.Add(Findings.WrongShape, item.Place, "use: [../_shared/sources.yaml, lib/Refs.cs]", "the name of a file");
            }
        }
    }

    static void Take(PackFile file, Report report, List<MapNode> fragments, List<PackFile> helpers)
    {
        if (file.Name.EndsWith(HelperEnd, StringComparison.Ordinal))
        {
            helpers.Add(file);
        }
        else if (SyntaxReader.Read(file, report) is { } root)
        {
            foreach (var entry in root.Entries.Where(entry => OfThePack.Contains(entry.Key.Text)))
            {
                report.Add(Findings.UnknownKey, entry.Key.Place, "it stands in the pack itself", entry.Key.Text, "a file that packs use");
            }

            fragments.Add(new MapNode([.. root.Entries.Where(entry => !OfThePack.Contains(entry.Key.Text))], root.Place));
        }
    }

    static List<Entry> Merged(IReadOnlyList<MapNode> files, Report report)
    {
        var merged = new List<Entry>();
        foreach (var entry in files.SelectMany(file => file.Entries))
        {
            var at = merged.FindIndex(known => known.Key.Text == entry.Key.Text);
            if (at < 0)
            {
                merged.Add(entry);
            }
            else if (Together(merged[at].Value, entry, report) is { } both)
            {
                merged[at] = entry with { Value = both };
            }
            else
            {
                report.Add(Findings.DuplicateKey, entry.Key.Place, FirstIn(merged[at]), entry.Key.Text);
            }
        }

        return merged;
    }

    static Node? Together(Node first, Entry second, Report report)
    {
        switch (first, second.Value)
        {
            case (ListNode one, ListNode other):
                return new ListNode([.. one.Items, .. other.Items], other.Place);
            case (MapNode one, MapNode other) when second.Key.Text is "params" or "sources" or "trust":
                foreach (var entry in other.Entries.Where(entry => one.Find(entry.Key.Text) is not null))
                {
                    report.Add(Findings.DuplicateKey, entry.Key.Place, FirstIn(one.Find(entry.Key.Text)!), entry.Key.Text);
                }

                return new MapNode([.. one.Entries, .. other.Entries.Where(entry => one.Find(entry.Key.Text) is null)], other.Place);
            default:
                return null;
        }
    }

    static string FirstIn(Entry entry) => $"the first is in {entry.Key.Place.File}, line {entry.Key.Place.Line}";
}
