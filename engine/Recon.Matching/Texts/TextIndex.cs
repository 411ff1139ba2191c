// Finds texts that may meet a condition, without comparing all with all.
namespace Recon.Matching.Texts;

/// <summary>An index over texts of one side.</summary>
abstract class TextIndex
{
    /// <summary>
    /// Adds the indexes of all texts that meet the condition with a text of the other side, and perhaps of others; an index
    /// may be added twice.
    /// </summary>
    public abstract void Find(TextValue text, List<int> found);
}

/// <summary>Texts by their blocking keys: only texts that share one are looked at.</summary>
sealed class BlockIndex : TextIndex
{
    readonly Dictionary<string, (List<int> Members, TextIndex Index)> _groups = new(StringComparer.Ordinal);
    readonly List<int> _inGroup = [];

    BlockIndex()
    {
    }

    /// <summary>An index for each blocking key, or one for all texts where there are no blocks.</summary>
    public static TextIndex Of(IReadOnlyList<TextValue> texts, Func<IReadOnlyList<TextValue>, TextIndex> indexOf)
    {
        if (texts.All(text => text.Blocks is null))
        {
            return indexOf(texts);
        }

        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var key in texts[i].Blocks!)
            {
                if (!members.TryGetValue(key, out var group))
                {
                    members.Add(key, group = []);
                }

                group.Add(i);
            }
        }

        var blocks = new BlockIndex();
        foreach (var (key, group) in members)
        {
            blocks._groups.Add(key, (group, indexOf([.. group.Select(i => texts[i])])));
        }

        return blocks;
    }

    public override void Find(TextValue text, List<int> found)
    {
        foreach (var key in text.Blocks ?? [])
        {
            if (!_groups.TryGetValue(key, out var group))
            {
                continue;
            }

            _inGroup.Clear();
            group.Index.Find(text, _inGroup);
            foreach (var member in _inGroup)
            {
                found.Add(group.Members[member]);
            }
        }
    }
}
