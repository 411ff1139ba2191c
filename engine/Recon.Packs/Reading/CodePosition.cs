// Where in a pack the reader stands, and whether C# belongs there.
using Recon.Model;

namespace Recon.Packs.Reading;

/// <summary>The keys from the root to where the reader stands; <c>[]</c> for an item of a list.</summary>
sealed class CodePosition
{
    readonly List<string> _path = [];
    List<string> _lastPath = [];

    /// <summary>The key whose value is being read.</summary>
    public Place? KeyPlace
    {
        get;
        set
        {
            field = value;
            _lastPath = [.. _path];
        }
    }

    public string LastKey => _lastPath.Count == 0 ? "" : _lastPath[^1];

    /// <summary><c>when</c> of passes and classes, <c>where</c> of sources, the values of <c>derive</c>.</summary>
    public bool TakesCode => IsCode(_path);

    /// <summary>A derived field: C#, or a block mapping of <c>type</c> and <c>value</c>.</summary>
    public bool MayBeLong => _path is ["sources", _, "derive", _];

    public bool IsDerive => _path is ["sources", _, "derive"];

    public void Enter(string key) => _path.Add(key);

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>True where text at a place that is no YAML belongs to the value of the last key, and C# belongs there.</summary>
    public bool LastKeyTakesCode(Place error) =>
        KeyPlace is { } key && (IsCode(_lastPath) || _lastPath is ["sources", _, "derive"])
        && (error.Line == key.Line || Indentation(error) >= key.Column);

    /// <summary>True where the value of the last key is C# and nothing else.</summary>
    public bool LastKeyIsCode => IsCode(_lastPath);

    /// <summary>What stands behind the last key on its line; null on another line, or where a bracket closes.</summary>
    public string? TextBehindKey(int line)
    {
        var text = KeyPlace is { } key && key.Line == line
            ? key.LineText[(key.EndColumn - 1)..].TrimStart(':', ' ')
            : null;
        return text?.EndsWith('}') ?? true ? null : text;
    }

    static int Indentation(Place place) =>
        place.LineText.Length - place.LineText.AsSpan().TrimStart(' ').Length;

    static bool IsCode(List<string> path) => path
        is ["passes", "[]", "when"] or ["classify", "[]", "when"] or ["sources", _, "where"]
        or ["sources", _, "derive", _] or ["sources", _, "derive", _, "value"];
}
