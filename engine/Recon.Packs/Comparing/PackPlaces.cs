// Where the entries of a pack stand in its text: for who points at a change.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;
using Recon.Packs.Syntax;

namespace Recon.Packs.Comparing;

/// <summary>The places of one text. What is not in it has the place of the nearest that is: its section, else the beginning.</summary>
public sealed class PackPlaces
{
    readonly MapNode? _root;
    readonly Place _start;

    public PackPlaces(PackText pack)
    {
        var report = new Report();
        var file = PackFileReader.Read(pack, report);
        _start = file?.Start ?? new Place(pack.Name, 1, 1, 1, "");
        _root = file is null ? null : SyntaxReader.Read(file, report);
    }

    /// <summary>Where the version of the pack stands.</summary>
    public Place Version => ValueOf(_root?.Find("pack")?.Value, "version") ?? _root?.Find("pack")?.Key.Place ?? _start;

    /// <summary>Where the entry stands that was changed; its section where it is gone or the order is another.</summary>
    public Place Of(PackChange change)
    {
        var section = _root?.Find(SectionOf(change.Part));
        return Of(section?.Value, change) ?? section?.Key.Place ?? _start;
    }

    /// <param name="gate">As the pack writes it, from its keys: <c>auto_posts.added</c>.</param>
    public Place OfGate(string gate)
    {
        var place = _root?.Find("gates")?.Key.Place ?? _start;
        var node = _root?.Find("gates")?.Value;
        foreach (var key in gate.Split('.'))
        {
            var entry = (node as MapNode)?.Find(key);
            (place, node) = (entry?.Key.Place ?? place, entry?.Value);
        }

        return place;
    }

    static Place? Of(Node? section, PackChange change) => section switch
    {
        MapNode map => map.Find(change.Name)?.Key.Place,
        ListNode list => list.Items.OfType<MapNode>().Select(entry => ValueOf(entry, change.Part == PackPart.Resolution ? "for" : "id", change.Name))
            .FirstOrDefault(place => place is not null),
        _ => null,
    };

    static Place? ValueOf(Node? entry, string key, string? wanted = null) =>
        (entry as MapNode)?.Find(key)?.Value is ScalarNode value && (wanted is null || value.Text == wanted) ? value.Place : null;

    static string SectionOf(PackPart part) => part switch
    {
        PackPart.Parameter => "params",
        PackPart.Source => "sources",
        PackPart.Trust => "trust",
        PackPart.Pass => "passes",
        PackPart.Class => "classify",
        PackPart.Resolution => "resolve",
        PackPart.Breaker => "breaker",
        PackPart.Exposure => "exposure",
        _ => "gates",
    };
}
