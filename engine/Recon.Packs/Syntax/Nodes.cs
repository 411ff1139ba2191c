// The syntax of a pack as written: mappings, lists and scalars, each with its exact place.
using Recon.Model;

namespace Recon.Packs.Syntax;

/// <summary>One node of the tree. Its place is what a caret points at.</summary>
abstract class Node(Place place)
{
    public Place Place { get; } = place;
}

/// <summary>How a scalar was written.</summary>
enum ScalarForm
{
    Plain,
    Quoted,
    Literal,
    Folded,
}

/// <summary>A piece of text, decoded.</summary>
sealed class ScalarNode(string text, ScalarForm form, Place place) : Node(place)
{
    public string Text { get; } = text;

    public ScalarForm Form { get; } = form;

    /// <summary>True for nothing at all and for the spellings of null in YAML.</summary>
    public bool IsNull => Form == ScalarForm.Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The place of a part of the text, where text and source agree letter by letter; else of the whole.</summary>
    public Place PlaceOf(int offset, int length)
    {
        if (Form != ScalarForm.Plain || Place.EndColumn - Place.Column != Text.Length)
        {
            return Place;
        }

        var start = Place.Column + offset;
        return Place with { Column = start, EndColumn = start + Math.Max(1, length) };
    }
}

sealed class ListNode(IReadOnlyList<Node> items, Place place) : Node(place)
{
    public IReadOnlyList<Node> Items { get; } = items;
}

/// <summary>A mapping; keys are scalars and differ (a second entry of the same key was refused).</summary>
sealed class MapNode(IReadOnlyList<Entry> entries, Place place) : Node(place)
{
    public IReadOnlyList<Entry> Entries { get; } = entries;

    public Entry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}

sealed record Entry(ScalarNode Key, Node Value);

/// <summary>A value that was refused and reported: nobody complains about it again.</summary>
sealed class LostNode(Place place) : Node(place);
