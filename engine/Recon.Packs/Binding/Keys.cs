// One mapping and the keys it may have.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>Hands out the values of a mapping by key and reports what is unknown, missing or of the wrong shape.</summary>
sealed class Keys
{
    readonly MapNode _map;
    readonly Report _report;
    readonly string _what;
    readonly HashSet<string> _misspelt = new(StringComparer.Ordinal);

    /// <param name="owner">What a missing key is reported at: the name of the mapping's owner.</param>
    public Keys(MapNode map, Place owner, Shape shape, Report report)
        : this(map, owner, shape.Name, report, shape.Others is null ? shape.Keys : [.. shape.Keys, .. map.Entries.Select(entry => entry.Key.Text)])
    {
    }

    /// <summary>A mapping whose keys are names of the pack.</summary>
    /// <param name="owner">What a missing key is reported at: the name of the mapping's owner.</param>
    /// <param name="what">The mapping as a message names it: <c>a source</c>.</param>
    public Keys(MapNode map, Place owner, string what, Report report, params string[] known)
    {
        (_map, _report, _what, Owner) = (map, report, what, owner);
        foreach (var key in map.Entries.Select(entry => entry.Key).Where(key => !known.Contains(key.Text)))
        {
            if (LaterLanguage.Keys.Contains(key.Text))
            {
                report.Add(Findings.NotYet, key.Place, LaterLanguage.Hint(key.Text), key.Text);
            }
            else
            {
                report.Add(Findings.UnknownKey, key.Place, NearestName.Hint(key.Text, known), key.Text, what);
                _misspelt.Add(NearestName.Of(key.Text, known) ?? "");
            }
        }
    }

    public Place Owner { get; }

    public bool Has(string key) => _map.Find(key) is not null;

    /// <summary>True where an unknown key looks like this one.</summary>
    public bool IsMisspelt(string key) => _misspelt.Contains(key);

    /// <summary>The place of the key, or of the owner where the key is missing.</summary>
    public Place PlaceOf(string key) => _map.Find(key)?.Key.Place ?? Owner;

    /// <summary>The value as it stands; null where it is missing, empty or was refused before.</summary>
    public Node? Find(string key)
    {
        var entry = _map.Find(key);
        switch (entry?.Value)
        {
            case null or LostNode:
                return null;
            case ScalarNode { IsNull: true }:
                _report.Add(Findings.NoValue, entry.Key.Place, "write a value, or delete the key", key);
                return null;
            default:
                return entry.Value;
        }
    }

    /// <summary>As <see cref="Find"/>; a key that is not there is reported, unless a misspelt one stands for it.</summary>
    public Node? Need(string key, string? hint = null)
    {
        if (!Has(key) && !IsMisspelt(key))
        {
            _report.Add(Findings.MissingKey, Owner, hint, key, _what);
        }

        return Find(key);
    }

    public ScalarNode? Scalar(string key) => Shape<ScalarNode>(Find(key), "one value");

    public ScalarNode? NeedScalar(string key, string? hint = null) =>
        Shape<ScalarNode>(Need(key, hint), "one value");

    public MapNode? Map(string key) => Shape<MapNode>(Find(key), "a mapping");

    public MapNode? NeedMap(string key, string? hint = null) => Shape<MapNode>(Need(key, hint), "a mapping");

    public ListNode? List(string key) => Shape<ListNode>(Find(key), "a list");

    public ListNode? NeedList(string key, string? hint = null) => Shape<ListNode>(Need(key, hint), "a list");

    /// <summary>A list, or one value that stands for a list of one.</summary>
    public IReadOnlyList<Node> OneOrMore(string key) => Find(key) switch
    {
        null => [],
        ListNode list => list.Items,
        var single => [single],
    };

    /// <summary>Reports that a key stands here in vain.</summary>
    public void RefuseIfPresent(string key, string why, string? hint = null)
    {
        if (Has(key))
        {
            _report.Add(Findings.KeyDoesNothing, PlaceOf(key), hint ?? "delete it", key, why);
        }
    }

    /// <summary>The node as the shape asked for; another shape is reported.</summary>
    public T? Shape<T>(Node? node, string expected)
        where T : Node
    {
        if (node is not (null or T or LostNode))
        {
            _report.Add(Findings.WrongShape, node.Place, null, expected);
        }

        return node as T;
    }
}
